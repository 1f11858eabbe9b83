import { Page, html, nothing } from '../core/element.js';
import { get, may, part, post } from '../core/api.js';
import { go } from '../core/router.js';
import { plural } from '../core/format.js';
import { ago, json, time } from '../components/basics.js';
import { askParameters, terminalLines } from '../components/param-form.js';
import { attempt } from '../components/toasts.js';

class Template extends Page {
  static properties = { difference: { state: true } };

  constructor() {
    super();
    this.families = ['template.', 'prompt.'];
  }

  get kind() {
    return this.route.parts[0];
  }

  get path() {
    return `/${this.kind}/${part(this.route.parts[1])}`;
  }

  async read(signal) {
    const [item, versions] = await Promise.all([get(this.path, {}, signal), get(`${this.path}/versions`, { limit: 50 }, signal)]);
    return { item, versions: versions.items };
  }

  async run() {
    const { item } = this.data;
    const parameters = item.document.parameters ?? [];
    const noun = this.kind === 'prompts' ? 'prompt' : 'template';
    const values = await askParameters({
      title: `Run ${item.name}`, action: 'Run', memory: `${noun}.${item.name}`, parameters,
      lines: (shown) => terminalLines(`${noun} run ${item.name}`, `${this.path}:run`, parameters, shown),
      preview: async (filled) => {
        const job = await attempt(() => post(`${this.path}:preview`, { parameters: filled }));
        return job ? json(job) : nothing;
      },
    });
    if (!values) return;
    const job = await attempt(() => post(`${this.path}:run`, { parameters: values }), 'Submitted.');
    if (job) go('jobs', job.id);
  }

  async compare(from, to) {
    const found = await attempt(() => get(`${this.path}/diff`, { from, to }));
    if (found) this.difference = { from, to, lines: found.lines };
  }

  view({ item, versions }) {
    const { document } = item;
    return html`<div class="page-head"><div><h1>${item.title ?? item.name}</h1><p><code>${item.name}</code> v${item.version}, changed ${ago(item.updatedAt)}${item.tool ? html`, for <code>${item.tool}</code>` : nothing}</p></div>
        <div class="actions">${may('JOBS_SUBMIT') ? html`<button class="solid" @click=${() => this.run()}>Run…</button>` : nothing}</div></div>
      <div class="stack">
        ${item.description ? html`<p class="soft">${item.description}</p>` : nothing}
        <section class="panel flush"><header><h2>${plural((document.parameters ?? []).length, 'parameter')}</h2></header>${document.parameters?.length ? html`<ul class="list">${document.parameters.map((each) => html`<li><code>${each.name}</code><span class="muted small">${each.type ?? 'string'}${each.required ? ', required' : ''}</span><span class="grow soft clip">${each.description ?? ''}</span><span class="muted small clip">${each.default === undefined ? '' : `${each.default}`}</span></li>`)}</ul>` : html`<div class="body muted">It takes none.</div>`}</section>
        ${document.content === undefined ? nothing : html`<section class="panel"><header><h2>Content</h2></header><div class="body"><pre class="code wrapped" tabindex="0">${document.content}</pre></div></section>`}
        ${document.job ? html`<section class="panel"><header><h2>Job</h2></header><div class="body">${json(document.job)}</div></section>` : nothing}
        <section class="panel flush"><header><h2>Versions</h2></header><ul class="list">${versions.map((version, at) => html`<li><b class="num">v${version.version}</b><span class="grow muted clip">${version.createdBy ?? ''} ${time(version.createdAt)} <code>${version.digest?.slice(0, 12)}</code></span>
          ${versions[at + 1] ? html`<button class="mini" @click=${() => this.compare(versions[at + 1].version, version.version)}>Changes</button>` : nothing}</li>`)}</ul>
          ${this.difference ? html`<div class="pad stack tight"><h3>v${this.difference.from} → v${this.difference.to}</h3><pre class="diff" tabindex="0">${this.difference.lines.map((line) => html`<div class=${line.startsWith('+') ? 'plus' : line.startsWith('-') ? 'minus' : ''}>${line}</div>`)}</pre></div>` : nothing}</section>
      </div>`;
  }
}
customElements.define('hodei-template', Template);
