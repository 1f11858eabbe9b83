import { Page, html, nothing } from '../core/element.js';
import { all, get, may, post, remove } from '../core/api.js';
import { go, to } from '../core/router.js';
import { full, NONE, plural, relative } from '../core/format.js';
import { ago, empty, state, time } from '../components/basics.js';
import { ask, confirm } from '../components/dialogs.js';
import { attempt } from '../components/toasts.js';
import { icon } from '../core/icons.js';
import '../components/data-table.js';

/** How often, in the words of the definition. */
export const rhythm = (schedule) => schedule.cron ?? (schedule.every ? `every ${schedule.every}` : schedule.delay ? `${schedule.delay} after the end` : schedule.at ? `once, ${full(schedule.at)}` : NONE);

const contents = (calendar) => [plural(calendar.dates?.length ?? 0, 'date'), plural(calendar.annual?.length ?? 0, 'day of each year', 'days of each year'), plural(calendar.periods?.length ?? 0, 'period'), Object.keys(calendar.weekly ?? {}).join(', ')].filter((text) => text && !text.startsWith('0 ')).join(', ');

const COLUMNS = [
  { id: 'state', title: 'State', width: 112, cell: (schedule) => state(schedule.state) },
  { id: 'name', title: 'Name', cell: (schedule) => html`<a href=${to('schedules', schedule.name)}>${schedule.name}</a>` },
  { id: 'rhythm', title: 'When', width: 200, from: 560, cell: (schedule) => html`<code>${rhythm(schedule)}</code>` },
  { id: 'zone', title: 'Zone', width: 150, from: 980, cell: (schedule) => schedule.zone ?? 'UTC' },
  { id: 'next', title: 'Next', width: 140, num: true, cell: (schedule) => (schedule.state === 'ACTIVE' && schedule.nextTick ? html`<time datetime=${schedule.nextTick} title=${full(schedule.nextTick)}>${relative(schedule.nextTick)}</time>` : NONE) },
  { id: 'last', title: 'Last tick', width: 140, from: 760, num: true, cell: (schedule) => (schedule.lastTick ? ago(schedule.lastTick) : NONE) },
  { id: 'failures', title: 'Failures in a row', width: 132, from: 1060, num: true, cell: (schedule) => schedule.failures ?? 0 },
];

class Schedules extends Page {
  constructor() {
    super();
    this.families = ['schedule.', 'freeze.'];
    this.tick();
  }

  async read(signal) {
    const [schedules, freezes, calendars] = await Promise.all([all('/schedules', {}, 2000, signal), get('/freezes', {}, signal), get('/calendars', {}, signal)]);
    return { ...schedules, freezes: freezes.items, calendars: calendars.items };
  }

  async freeze() {
    const body = await ask((close) => html`<form method="dialog" @submit=${(event) => {
      event.preventDefault();
      const form = new FormData(event.target);
      const hours = Number(form.get('hours'));
      close({ reason: form.get('reason').trim(), ...(hours ? { until: new Date(Date.now() + hours * 3.6e6).toISOString() } : {}) });
    }}><h2>Freeze all schedules?</h2><p class="soft">No schedule of this tenant fires until it is lifted. What runs goes on.</p>
      <label class="field"><span>Reason</span><input name="reason" required maxlength="500" autocomplete="off" autofocus></label>
      <label class="field"><span>For how many hours</span><input name="hours" type="number" min="0" step="any" placeholder="until it is lifted"></label>
      <div class="buttons"><button type="button" @click=${() => close()}>Back</button><button class="solid">Freeze</button></div></form>`);
    if (body && (await attempt(() => post('/freezes', body), 'Frozen.'))) this.refreshSoon();
  }

  async lift(freeze) {
    const answer = await confirm({ title: 'Lift the freeze?', text: 'Schedules fire again. What each does with missed ticks is its own setting.', action: 'Lift' });
    if (answer && (await attempt(() => remove(`/freezes/${freeze.id}`), 'Lifted.'))) this.refreshSoon();
  }

  view({ items, freezes, calendars, more }) {
    return html`<div class="page-head"><div><h1>Schedules</h1><p>${more ? 'The first 2,000.' : 'What starts by itself, and when.'}</p></div>
        <div class="actions">${may('FREEZES_WRITE') ? html`<button @click=${() => this.freeze()}>Freeze…</button>` : nothing}</div></div>
      <div class="stack">
      ${freezes.map((freeze) => html`<div class="note s-blocked" role="status">${icon('snow')}<span class="grow"><b>${freeze.everything ? 'The whole installation is frozen' : 'Schedules are frozen'}</b> by ${freeze.who} since ${time(freeze.from)}${freeze.until ? html`, until ${time(freeze.until)}` : ''}: ${freeze.reason}</span>
        ${may('FREEZES_WRITE') ? html`<button class="mini" @click=${() => this.lift(freeze)}>Lift…</button>` : nothing}</div>`)}
      <div class="panel flush">${items.length
        ? html`<hodei-table name="Schedules" .columns=${COLUMNS} .rows=${items} .keyOf=${(schedule) => schedule.name} .open=${(schedule) => go('schedules', schedule.name)}></hodei-table>`
        : empty('No schedules yet', 'A schedule starts a job by a cron line, an interval, or once.', "hodei schedule create nightly --cron '0 2 * * *' --zone Europe/Madrid -- ./report.sh")}</div>
      ${calendars.length ? html`<section class="panel flush"><header><h2>Calendars</h2></header><ul class="list">${calendars.map((calendar) => html`<li><b>${calendar.name}</b><span class="muted">${calendar.zone ?? 'UTC'}</span><span class="grow soft clip">${contents(calendar)}</span><span class="muted small nowrap">changed ${ago(calendar.updatedAt)}</span></li>`)}</ul></section>` : nothing}</div>`;
  }
}
customElements.define('hodei-schedules', Schedules);
