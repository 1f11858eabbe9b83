import { Page, html, nothing, styled } from '../core/element.js';
import { act, get, may, part, post, remove } from '../core/api.js';
import { amend, go, to } from '../core/router.js';
import { count, duration, full, plural, relative, span, words } from '../core/format.js';
import { ago, empty, facts, json, state, time } from '../components/basics.js';
import { ask, confirm } from '../components/dialogs.js';
import { attempt } from '../components/toasts.js';
import { rhythm } from './schedules.js';
import '../components/tick-calendar.js';
import '../components/data-table.js';

const FLAGS = { GAP: 'the clock skips this time', OVERLAP: 'the clock shows this time twice', CALENDAR: 'kept off by a calendar', FREEZE: 'frozen' };

class Schedule extends Page {
  constructor() {
    super();
    this.families = ['schedule.', 'freeze.'];
    this.tick();
  }

  concerns(event) {
    return !event.data.name || !this.data || event.data.name === this.data.schedule.name;
  }

  get path() {
    return `/schedules/${part(this.route.parts[1])}`;
  }

  async read(signal) {
    const [schedule, firings, backfills] = await Promise.all([get(this.path, {}, signal), get(`${this.path}/firings`, { limit: 200 }, signal), get('/backfills', { schedule: this.route.parts[1], limit: 20 }, signal)]);
    const preview = schedule.state === 'ENDED' ? { items: [] } : await get(`${this.path}/preview`, { limit: 500, to: new Date(Date.now() + 62 * 86_400_000).toISOString() }, signal);
    clearTimeout(this.asking);
    if (backfills.items.some((each) => each.state === 'RUNNING')) this.asking = setTimeout(() => this.isConnected && this.refreshSoon(), 1500);
    return { schedule, firings: firings.items, backfills: backfills.items, preview };
  }

  async verb(verb, title, text, action) {
    const answer = await confirm({ title, text, action, reason: true });
    if (answer && (await attempt(() => post(`${this.path}:${verb}`, answer)))) this.refreshSoon();
  }

  async resume() {
    if (await attempt(() => act(`${this.path}:resume`), 'It fires again.')) this.refreshSoon();
  }

  async runNow() {
    const firing = await attempt(() => post(`${this.path}:run`, {}), 'Started.');
    if (firing?.job) go('jobs', firing.job);
  }

  async backfill() {
    const day = (back) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 16);
    const body = await ask((close) => html`<form method="dialog" @submit=${(event) => {
      event.preventDefault();
      const form = new FormData(event.target);
      close({ from: new Date(`${form.get('from')}Z`).toISOString(), to: new Date(`${form.get('to')}Z`).toISOString(), concurrency: Number(form.get('concurrency')), continueOnFailure: form.get('continue') === 'on', reprocess: form.get('reprocess') === 'on' });
    }}><h2>Backfill ${this.data.schedule.name}</h2><p class="soft">Runs the ticks of a past range. Times are UTC.</p>
      <div class="form"><div class="two"><label class="field"><span>From</span><input type="datetime-local" name="from" required .value=${day(1)}></label><label class="field"><span>Until</span><input type="datetime-local" name="to" required .value=${day(0)}></label>
      <label class="field"><span>At the same time</span><input type="number" name="concurrency" min="1" max="100" value="1"></label></div>
      <label class="check"><input type="checkbox" name="continue">Go on after a failure</label><label class="check"><input type="checkbox" name="reprocess">Also ticks that have fired before</label></div>
      <div class="buttons"><button type="button" @click=${() => close()}>Back</button><button class="solid">Start</button></div></form>`);
    if (body && (await attempt(() => post(`${this.path}:backfill`, body), (made) => `${plural(made.total ?? 0, 'tick')} to run.`))) this.refreshSoon();
  }

  async drop() {
    const { schedule } = this.data;
    const answer = await confirm({ title: `Remove ${schedule.name}?`, text: 'Its history goes with it; jobs it started stay.', action: 'Remove' });
    if (answer && (await attempt(() => remove(this.path, schedule.version), 'Removed.'))) go('schedules');
  }

  view({ schedule, firings, backfills, preview }) {
    const tab = this.route.query.get('tab') ?? 'calendar';
    const write = may('SCHEDULES_WRITE');
    return html`${this.problem ? html`<hodei-problem .problem=${this.problem}></hodei-problem>` : nothing}
      <div class="page-head"><div><div class="row wrap"><h1>${schedule.name}</h1>${state(schedule.state)}</div><p>${schedule.description ?? ''} <code>${rhythm(schedule)}</code> ${schedule.zone ?? ''}${schedule.state === 'ACTIVE' && schedule.nextTick ? html`, next ${relative(schedule.nextTick)}` : nothing}</p></div>
        <div class="actions">${write ? html`<button @click=${() => this.drop()}>Remove…</button><button @click=${() => this.backfill()}>Backfill…</button>
          ${schedule.state === 'PAUSED' ? html`<button @click=${() => this.resume()}>Resume</button>` : schedule.state === 'ACTIVE' ? html`<button @click=${() => this.verb('pause', `Pause ${schedule.name}?`, 'It does not fire until it is resumed.', 'Pause')}>Pause…</button>` : nothing}
          <button class="solid" @click=${() => this.runNow()}>Run now</button>` : nothing}</div></div>
      <div class="grid-2"><div class="stack">
        ${backfills.filter((each) => each.state === 'RUNNING').map((each) => this.running(each))}
        <section class="panel flush"><hodei-tabs name="Parts of the schedule" .chosen=${tab} .tabs=${[{ id: 'calendar', title: 'Calendar' }, { id: 'next', title: 'Coming' }, { id: 'past', title: 'Past' }, { id: 'backfills', title: 'Backfills', count: backfills.length || undefined }, { id: 'target', title: 'Starts' }]} @choose=${(event) => amend({ tab: event.detail === 'calendar' ? '' : event.detail })}></hodei-tabs>
          ${tab === 'next' ? this.coming(preview) : tab === 'past' ? this.past(firings) : tab === 'backfills' ? this.backfills(backfills) : tab === 'target' ? html`<div class="pad">${json(schedule.target)}</div>`
            : html`<hodei-tick-calendar .firings=${firings} .coming=${preview.items} .more=${preview.more} .zone=${schedule.zone ?? 'UTC'}></hodei-tick-calendar>`}
        </section></div>
        <aside class="stack" aria-label="Facts"><section class="panel"><div class="body">${facts([
          ['Next', schedule.nextTick ? html`<span title=${full(schedule.nextTick)}>${time(schedule.nextTick)}</span>` : undefined], ['Last tick', schedule.lastTick ? time(schedule.lastTick) : undefined],
          ['Fired', count(schedule.fired)], ['Missed', count(schedule.missed)], ['Failures in a row', count(schedule.failures)], ['Reason', schedule.reason],
          ['When it still runs', words(schedule.overlap)], ['Clock skips', words(schedule.dst?.gap)], ['Clock repeats', words(schedule.dst?.overlap)],
          ['Catches up', schedule.misfire ? `at most ${schedule.misfire.maximum} within ${span(duration(schedule.misfire.window))}` : undefined], ['Jitter', schedule.jitter ? span(duration(schedule.jitter)) : undefined],
          ['Calendars', [...(schedule.calendars?.include ?? []), ...(schedule.calendars?.exclude ?? []).map((each) => `not ${each}`)].join(', ')]])}</div></section></aside></div>`;
  }

  running(each) {
    return html`<section class="panel"><header><h2>Backfill</h2><span class="num small">${Math.round((each.progress ?? 0) * 100)} %</span>${may('SCHEDULES_WRITE') ? html`<button class="mini" @click=${() => attempt(() => act(`/backfills/${each.id}:cancel`), 'Asked to end.').then(() => this.refreshSoon())}>Cancel</button>` : nothing}</header>
      <div class="body stack tight"><div class="progress" role="img" aria-label="${Math.round((each.progress ?? 0) * 100)} percent"><i class="s-succeeded" ${styled({ '--part': each.total ? each.succeeded / each.total : 0 })}></i><i class="s-failed" ${styled({ '--part': each.total ? each.failed / each.total : 0 })}></i><i class="s-skipped" ${styled({ '--part': each.total ? each.skipped / each.total : 0 })}></i></div>
      <p class="muted small">${count(each.succeeded)} succeeded, ${count(each.failed)} failed, ${count(each.skipped)} skipped of ${count(each.total)}, now at ${time(each.cursor)}</p></div></section>`;
  }

  coming(preview) {
    if (!preview.items.length) return empty('Nothing is coming', 'It has ended, or no tick falls into the next two months.');
    return html`<div class="simple-scroll" tabindex="0" role="region" aria-label="Coming ticks"><table class="simple"><thead><tr><th scope="col">Local time</th><th scope="col">UTC</th><th scope="col">Fires</th><th scope="col">Remarks</th></tr></thead><tbody>${preview.items.slice(0, 100).map((each) => html`<tr>
      <td>${each.localTime}</td><td class="muted">${each.tick.slice(0, 19).replace('T', ' ')}</td><td>${each.fires ? 'yes' : state('SKIPPED')}</td><td>${(each.flags ?? []).map((flag) => FLAGS[flag]).join(', ')}</td></tr>`)}</tbody></table></div>`;
  }

  past(firings) {
    if (!firings.length) return empty('It has not fired yet', 'Each tick stands here with what became of it.');
    const columns = [
      { id: 'state', title: 'State', width: 124, cell: (firing) => state(firing.state) },
      { id: 'tick', title: 'Tick', width: 140, cell: (firing) => time(firing.tick) },
      { id: 'kind', title: 'Kind', width: 96, from: 640, cell: (firing) => words(firing.kind) },
      { id: 'job', title: 'Job', width: 150, cell: (firing) => (firing.job ? html`<a href=${to('jobs', firing.job)}><code>${firing.job}</code></a>` : html`<span class="muted">none</span>`) },
      { id: 'reason', title: 'Reason', from: 560, cell: (firing) => html`<span title=${firing.reason ?? ''}>${firing.reason ?? ''}</span>` },
      { id: 'fired', title: 'Fired', width: 120, from: 760, num: true, cell: (firing) => ago(firing.firedAt) },
    ];
    return html`<hodei-table name="Firings" .columns=${columns} .rows=${firings}></hodei-table>`;
  }

  backfills(backfills) {
    if (!backfills.length) return empty('No backfills', 'A backfill runs the ticks of a past range, a few at a time.', `hodei schedule backfill ${this.data.schedule.name} --from 2026-11-01T00:00:00Z --to 2026-11-02T00:00:00Z`);
    return html`<ul class="list">${backfills.map((each) => html`<li>${state(each.state)}<span class="grow clip">${time(each.from)} to ${time(each.to)}</span><span class="muted small nowrap">${count(each.succeeded)} of ${count(each.total)}, ${count(each.failed)} failed</span></li>`)}</ul>`;
  }
}
customElements.define('hodei-schedule', Schedule);
