import { svg, html, nothing } from './element.js';

// Drawn for this console on a 16 px grid, 1.5 px lines. Each state has a shape of its own: colour is never the only sign.
const PATHS = {
  scheduled: svg`<circle cx="8" cy="8" r="6"/><path d="M8 4.6V8l2.4 1.6"/>`,
  queued: svg`<circle cx="8" cy="8" r="6" stroke-dasharray="2.2 2.5"/>`,
  blocked: svg`<circle cx="8" cy="8" r="6"/><path d="M6.4 5.8v4.4M9.6 5.8v4.4"/>`,
  leased: svg`<circle cx="8" cy="8" r="6"/><path d="M5.2 8h5.2M8.4 5.8 10.6 8l-2.2 2.2"/>`,
  running: svg`<circle cx="8" cy="8" r="6" opacity=".32"/><path d="M8 2a6 6 0 0 1 6 6"/>`,
  succeeded: svg`<circle cx="8" cy="8" r="6"/><path d="m5.4 8.2 1.8 1.8 3.4-3.8"/>`,
  failed: svg`<circle cx="8" cy="8" r="6"/><path d="m5.9 5.9 4.2 4.2m0-4.2-4.2 4.2"/>`,
  'timed-out': svg`<path d="M4.5 2.5h7M4.5 13.5h7M5.2 2.5c0 3 2.8 3.8 2.8 5.5s-2.8 2.5-2.8 5.5M10.8 2.5c0 3-2.8 3.8-2.8 5.5s2.8 2.5 2.8 5.5"/>`,
  cancelled: svg`<circle cx="8" cy="8" r="6"/><path d="m3.9 12.1 8.2-8.2"/>`,
  expired: svg`<circle cx="8" cy="8" r="6" stroke-dasharray="2.2 2.5"/><path d="m5.9 5.9 4.2 4.2m0-4.2-4.2 4.2"/>`,
  skipped: svg`<path d="m3 4 4.5 4L3 12M8.5 4 13 8l-4.5 4"/>`,
  overview: svg`<path d="M2.5 13.5v-4M6.2 13.5v-8M9.8 13.5V8M13.5 13.5v-11"/>`,
  jobs: svg`<path d="M2.5 4h11M2.5 8h11M2.5 12h7"/>`,
  pipelines: svg`<circle cx="3.5" cy="8" r="1.7"/><circle cx="12.5" cy="3.8" r="1.7"/><circle cx="12.5" cy="12.2" r="1.7"/><path d="M5.2 7.4c2.6 0 2.8-3.6 5.6-3.6M5.2 8.6c2.6 0 2.8 3.6 5.6 3.6"/>`,
  runs: svg`<path d="M2.5 3.8h6M4.5 8h7M8.5 12.2h5"/>`,
  templates: svg`<rect x="2.8" y="2.5" width="10.4" height="11" rx="1.5"/><path d="M5.5 6h5M5.5 9h3"/>`,
  prompts: svg`<path d="M2.5 3.5h11v7.5H8l-3 2.5V11H2.5z"/>`,
  schedules: svg`<rect x="2.5" y="3.2" width="11" height="10.3" rx="1.5"/><path d="M2.5 6.6h11M5.4 1.8v2.6M10.6 1.8v2.6"/>`,
  agents: svg`<rect x="2.5" y="3" width="11" height="4" rx="1"/><rect x="2.5" y="9" width="11" height="4" rx="1"/><path d="M5 5h.01M5 11h.01"/>`,
  pools: svg`<ellipse cx="8" cy="4.2" rx="5.5" ry="2"/><path d="M2.5 4.2v7.6c0 1.1 2.5 2 5.5 2s5.5-.9 5.5-2V4.2M2.5 8c0 1.1 2.5 2 5.5 2s5.5-.9 5.5-2"/>`,
  cluster: svg`<circle cx="8" cy="3.6" r="1.8"/><circle cx="3.4" cy="11.8" r="1.8"/><circle cx="12.6" cy="11.8" r="1.8"/><path d="M7.1 5.2 4.3 10.2M8.9 5.2l2.8 5M5.2 11.8h5.6"/>`,
  profiles: svg`<path d="M2.5 5h6M11.5 5h2M2.5 11h2M7.5 11h6"/><circle cx="10" cy="5" r="1.6"/><circle cx="6" cy="11" r="1.6"/>`,
  audit: svg`<path d="M8 1.9 13 4v3.6c0 3-2 5.4-5 6.5-3-1.1-5-3.5-5-6.5V4z"/><path d="m5.8 7.9 1.6 1.6 2.8-3"/>`,
  access: svg`<circle cx="5.2" cy="10.6" r="2.7"/><path d="m7.2 8.7 5.6-5.6M10.4 5.5l2 2"/>`,
  tenants: svg`<path d="M2.5 13.5v-9l5-2v11M7.5 6.5h6v7M2 13.5h12M5 6v.01M5 9v.01M10.5 9.2v.01"/>`,
  search: svg`<circle cx="7" cy="7" r="4.4"/><path d="m10.3 10.3 3.4 3.4"/>`,
  menu: svg`<path d="M2.5 4h11M2.5 8h11M2.5 12h11"/>`,
  close: svg`<path d="m4 4 8 8m0-8-8 8"/>`,
  sun: svg`<circle cx="8" cy="8" r="2.8"/><path d="M8 1.6v1.6M8 12.8v1.6M1.6 8h1.6M12.8 8h1.6M3.5 3.5l1.1 1.1M11.4 11.4l1.1 1.1M12.5 3.5l-1.1 1.1M4.6 11.4l-1.1 1.1"/>`,
  moon: svg`<path d="M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z"/>`,
  system: svg`<rect x="2" y="3" width="12" height="8" rx="1.2"/><path d="M6 13.5h4"/>`,
  exit: svg`<path d="M6.5 2.8H3.2v10.4h3.3M6.8 8h6.4M10.8 5.4 13.4 8l-2.6 2.6"/>`,
  copy: svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1.3"/><path d="M10.5 5.5v-3h-8v8h3"/>`,
  down: svg`<path d="M8 2.5v8M4.8 7.6 8 10.8l3.2-3.2M2.8 13.5h10.4"/>`,
  chevron: svg`<path d="m6 3.8 4.2 4.2L6 12.2"/>`,
  plus: svg`<path d="M8 3v10M3 8h10"/>`,
  minus: svg`<path d="M3 8h10"/>`,
  fit: svg`<path d="M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10"/>`,
  columns: svg`<rect x="2.5" y="3" width="11" height="10" rx="1.2"/><path d="M6.2 3v10M9.8 3v10"/>`,
  warning: svg`<path d="M8 2.4 14 13H2zM8 6.4v3M8 11.4v.01"/>`,
  snow: svg`<path d="M8 2v12M2.8 5l10.4 6M13.2 5 2.8 11"/>`,
  play: svg`<path d="M4.5 2.8v10.4L13 8z"/>`,
  pause: svg`<path d="M5.2 3v10M10.8 3v10"/>`,
  wrap: svg`<path d="M2.5 3.5h11M2.5 8h9a2.2 2.2 0 0 1 0 4.5H8M9.6 10.8 8 12.5l1.6 1.6M2.5 12.5h2.5"/>`,
  follow: svg`<path d="m4 3 4 4 4-4M4 8l4 4 4-4"/>`,
};

// Which shape a state has that is not one of the ten of jobs.
const SHAPES = {
  waiting: 'queued', ready: 'queued', buffered: 'queued', started: 'running', held: 'blocked', paused: 'blocked', draining: 'blocked',
  cancelling: 'cancelled', online: 'succeeded', active: 'succeeded', ok: 'succeeded', lost: 'failed', offline: 'failed', refused: 'failed',
  bad: 'failed', disabled: 'cancelled', returned: 'cancelled', deleted: 'cancelled', ended: 'cancelled',
};

export const stateClass = (state) => String(state ?? '').toLowerCase().replaceAll('_', '-');

/** @param {string} name */
export function icon(name) {
  const shape = PATHS[name] ?? PATHS[SHAPES[name]];
  if (!shape) return nothing;
  return html`<svg class="glyph i-${name}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">${shape}</svg>`;
}

export const logo = html`<svg viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2.6" stroke-linejoin="round"><path d="M8 23.5a6 6 0 0 1 .7-11.96A9 9 0 0 1 26 13.1 5.4 5.4 0 0 1 26.4 23.5z"/></svg>`;
