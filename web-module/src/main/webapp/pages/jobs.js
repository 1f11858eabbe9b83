import { Page, html, nothing } from '../core/element.js';
import { act, all, get, may, post } from '../core/api.js';
import { amend, go, to } from '../core/router.js';
import { JOB_STATES, parseJobFilter } from '../core/filter.js';
import { between, count, NONE, plural, span } from '../core/format.js';
import { remember, remembered } from '../core/prefs.js';
import { ago, empty, labels, state } from '../components/basics.js';
import { confirm } from '../components/dialogs.js';
import { attempt } from '../components/toasts.js';
import { columnChoice } from '../components/data-table.js';
import '../components/filter-bar.js';

const FIELDS = 'id,name,state,pool,priority,labels,attempt,agentName,exitCode,reason,createdAt,startedAt,finishedAt,runId,step,version';
/** As many rows as the browser keeps; more are found by a narrower filter, and the foot says so. */
const MOST = 20_000;
const ACTIVE = new Set(['SCHEDULED', 'QUEUED', 'BLOCKED', 'LEASED', 'RUNNING']);

const COLUMNS = [
  { id: 'state', title: 'State', width: 124, cell: (job) => state(job.state) },
  { id: 'name', title: 'Name', cell: (job) => html`<a href=${to('jobs', job.id)} title=${job.name}>${job.name}</a>` },
  { id: 'labels', title: 'Labels', width: 200, from: 1180, cell: (job) => html`<span class="row">${labels(job.labels)}</span>` },
  { id: 'pool', title: 'Pool', width: 110, from: 760, cell: (job) => job.pool },
  { id: 'agent', title: 'Agent', width: 150, from: 980, cell: (job) => job.agentName ?? html`<span class="muted">${NONE}</span>` },
  { id: 'attempt', title: 'Attempt', width: 84, from: 900, num: true, cell: (job) => count(job.attempt) },
  { id: 'took', title: 'Took', width: 104, from: 480, num: true, cell: (job) => (job.startedAt ? span(between(job.startedAt, job.finishedAt)) : NONE) },
  { id: 'created', title: 'Created', width: 132, from: 620, num: true, cell: (job) => ago(job.createdAt) },
  { id: 'id', title: 'Id', width: 142, from: 1080, num: true, cell: (job) => html`<code class="muted">${job.id}</code>` },
];

/** The list as it was left, if it was scrolled. */
let left;

class Jobs extends Page {
  static properties = { selected: { state: true }, hidden_: { state: true }, loadingMore: { state: true }, news: { state: true } };

  constructor() {
    super();
    this.families = ['job.'];
    this.selected = new Set();
    this.hidden_ = new Set(remembered('jobs.hidden', []));
    this.changed = new Set();
    this.pools = [];
    this.tick();
  }

  key() {
    return this.route?.query.get('q') ?? '';
  }

  /** Who comes back from a job finds the list where it was left; its rows are read again by id. */
  willUpdate(changed) {
    if (changed.has('route') && this.data === undefined && left?.key === this.key()) {
      this.lastKey = this.key();
      ({ query: this.query, errors: this.errors } = parseJobFilter(this.key()));
      this.data = left.data;
      this.data.items.forEach((job) => this.changed.add(job.id));
      this.updateComplete.then(async () => {
        const table = this.querySelector('hodei-table');
        await table?.updateComplete;
        table?.scrollBack(left.top);
      });
      this.patchRows();
    }
    super.willUpdate(changed);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    const top = this.querySelector('hodei-table')?.top ?? 0;
    left = this.data && top > 0 ? { key: this.lastKey, data: this.data, top } : undefined;
  }

  async read(signal) {
    const { query, errors } = parseJobFilter(this.key());
    this.errors = errors;
    this.query = query;
    const page = await get('/jobs', { ...query, fields: FIELDS, limit: 100 }, signal);
    this.news = 0;
    if (!this.pools.length && may('POOLS_READ')) get('/pools').then((found) => (this.pools = found.items.map((pool) => pool.name)), () => {});
    return page;
  }

  /** Rows in sight are read again by id; new ones come on top when the top is in sight, else they are only counted. */
  onEvents(events, reset) {
    if (reset || !this.data) return this.refreshSoon();
    const table = this.querySelector('hodei-table');
    let created = 0;
    for (const event of events) {
      if (event.topic === 'job.created') created++;
      else if (event.data.job) this.changed.add(event.data.job);
    }
    if (created && (table?.atTop ?? true) && this.data.items.length <= 100) return this.refreshSoon();
    this.news = (this.news ?? 0) + created;
    this.patching ||= setTimeout(() => this.patchRows(), 250);
  }

  async patchRows() {
    const ids = this.data.items.map((job) => job.id).filter((id) => this.changed.has(id)).slice(0, 500);
    this.changed.clear();
    if (ids.length) {
      const found = await post('/jobs:batchGet', { ids }).catch(() => null);
      if (found && this.data) {
        const fresh = new Map(found.items.map((job) => [job.id, job]));
        const gone = new Set(found.missing);
        this.data = { ...this.data, items: this.data.items.filter((job) => !gone.has(job.id)).map((job) => fresh.get(job.id) ?? job) };
      }
    }
    this.patching = 0;
  }

  async more() {
    if (this.loadingMore || !this.data?.nextCursor || this.data.items.length >= MOST) return;
    this.loadingMore = true;
    const before = this.data;
    const page = await get('/jobs', { ...this.query, fields: FIELDS, limit: 200, cursor: before.nextCursor }).catch((e) => ((this.problem = e), null));
    if (page && this.data?.nextCursor === before.nextCursor) this.data = { items: [...this.data.items, ...page.items], nextCursor: page.nextCursor };
    this.loadingMore = false;
  }

  /** A filter that is not understood finds too much; then nothing can be done to all it finds. */
  async bulk(verb) {
    const chosen = this.data.items.filter((job) => this.selected.has(job.id));
    if (!chosen.length) return this.bulkByFilter(verb);
    const fit = chosen.filter((job) => ACTIVE.has(job.state) === (verb === 'cancel'));
    const answer = await confirm({
      title: `${verb === 'cancel' ? 'Cancel' : 'Run again'} ${plural(fit.length, 'job')}?`,
      text: fit.length < chosen.length ? `${plural(chosen.length - fit.length, 'selected job')} cannot: ${verb === 'cancel' ? 'they have ended' : 'they have not ended'}.` : '',
      action: verb === 'cancel' ? 'Cancel jobs' : 'Run again',
      reason: verb === 'cancel',
      atOnce: verb === 'cancel',
    });
    if (!answer || !fit.length) return;
    const ends = await Promise.allSettled(fit.map((job) => (verb === 'cancel' ? post(`/jobs/${job.id}:cancel`, answer) : act(`/jobs/${job.id}:retry`))));
    const refused = ends.filter((end) => end.status === 'rejected');
    await attempt(async () => {
      if (refused.length) throw refused[0].reason;
    }, `${plural(fit.length, 'job')} asked.`);
    this.selected = new Set();
    this.refreshSoon();
  }

  async bulkByFilter(verb) {
    const states = verb === 'cancel' ? JOB_STATES.filter((each) => ACTIVE.has(each)) : ['FAILED', 'TIMED_OUT', 'EXPIRED'];
    const state = (this.query.state ?? states).filter((each) => states.includes(each));
    const query = { ...this.query, state };
    const found = state.length ? await attempt(() => all('/jobs', { ...query, fields: 'id' }, 1000)) : { items: [], more: false };
    if (!found) return;
    const many = found.more ? 'more than 1,000 jobs; the first 1,000' : plural(found.items.length, 'job');
    const answer = await confirm({
      title: `${verb === 'cancel' ? 'Cancel' : 'Replay'} by filter`,
      text: found.items.length
        ? html`<p>The filter <code>${this.key() || 'everything'}</code> finds now <b>${many}</b> in the states ${state.join(', ').toLowerCase().replaceAll('_', ' ')}.</p>`
        : 'The filter finds no job for which this can be done.',
      action: found.items.length ? `${verb === 'cancel' ? 'Cancel' : 'Replay'} ${found.items.length === 1000 ? '1,000' : found.items.length}` : 'Close',
      reason: verb === 'cancel' && found.items.length > 0,
      atOnce: verb === 'cancel' && found.items.length > 0,
    });
    if (!answer || !found.items.length) return;
    if (verb === 'cancel') await attempt(() => post('/jobs:cancel', answer, query), (end) => `Asked ${plural(end.requested, 'job')} to end.`);
    else await attempt(() => act('/jobs:replay', query), (end) => `${plural(end.replayed, 'job')} replayed${end.more ? '; there are more' : ''}.`);
    this.refreshSoon();
  }

  setFilter(text) {
    this.selected = new Set();
    amend({ q: text });
  }

  fields() {
    return [
      { key: 'state', hint: 'failed, running, …; ended, waiting, broken', example: 'state:failed', values: () => [...JOB_STATES.map((each) => each.toLowerCase().replaceAll('_', '-')), 'ended', 'waiting', 'broken'] },
      { key: 'name', hint: 'exact, or a beginning and *', example: 'name:nightly*', values: () => [...new Set((this.data?.items ?? []).map((job) => job.name.toLowerCase()))] },
      { key: 'created', hint: 'since or before', example: 'created:>-1h', values: () => ['>-15m', '>-1h', '>-24h', '>-7d', '<-1h'] },
      { key: 'label.', hint: 'label.team=pay', values: () => [...new Set((this.data?.items ?? []).flatMap((job) => Object.entries(job.labels ?? {}).map(([key, value]) => `label.${key}=${value}`)))].filter((text) => !/\s/.test(text)) },
      { key: 'pool', hint: '', values: () => this.pools },
      { key: 'run', hint: 'the id of a run' },
      { key: 'execution', hint: 'how it is called where the servers execute it' },
    ];
  }

  render() {
    const items = this.data?.items ?? [];
    return html`<div class="filled">
      <h1 class="sr">Jobs</h1>
      <div class="toolbar">
        <hodei-filter class="grow" .value=${this.key()} .fields=${this.fields()} .errors=${this.errors ?? new Map()} @filter=${(event) => this.setFilter(event.detail)}></hodei-filter>
        ${columnChoice(COLUMNS.filter((column) => column.id !== 'name'), this.hidden_, (next) => { this.hidden_ = next; remember('jobs.hidden', [...next]); })}
        ${may('JOBS_SUBMIT') ? html`<button @click=${() => this.bulk('replay')} ?disabled=${!items.length || this.errors?.size}>${this.selected.size ? 'Run again' : 'Replay…'}</button>` : nothing}
        ${may('JOBS_CONTROL') ? html`<button @click=${() => this.bulk('cancel')} ?disabled=${!items.length || this.errors?.size}>Cancel…</button>` : nothing}
        ${may('JOBS_SUBMIT') ? html`<button class="solid" @click=${() => this.submit()}>New job</button>` : nothing}
      </div>
      ${this.problem ? html`<hodei-problem .problem=${this.problem} .retry=${() => this.refresh()}></hodei-problem>` : nothing}
      ${this.data === undefined ? (this.problem ? nothing : this.skeleton()) : items.length ? this.table(items) : this.nothingHere()}
    </div>`;
  }

  async submit() {
    const { newJob } = await import('../components/new-job.js');
    const job = await newJob();
    if (job) go('jobs', job.id);
  }

  table(items) {
    return html`<div class="panel flush">
      ${this.selected.size ? html`<div class="bulk"><b>${plural(this.selected.size, 'job')} selected</b><button class="mini quiet" @click=${() => (this.selected = new Set())}>Clear</button></div>` : nothing}
      <hodei-table fills name="Jobs" .columns=${COLUMNS} .rows=${items} .more=${Boolean(this.data.nextCursor) && items.length < MOST} .selected=${this.selected} .hidden_=${this.hidden_}
        .open=${(job) => go('jobs', job.id)} @more=${() => this.more()} @selection=${(event) => (this.selected = event.detail)}></hodei-table>
      <div class="table-foot"><span class="grow">${count(items.length)} loaded${this.data.nextCursor ? (items.length >= MOST ? '; narrow the filter to see older ones' : ', older ones come as you scroll') : ', that is all'}</span>
        ${this.news ? html`<button class="mini" @click=${() => this.refresh()}>${plural(this.news, 'new job')}: show</button>` : nothing}</div>
    </div>`;
  }

  nothingHere() {
    return html`<div class="panel">${this.key()
      ? html`<div class="empty"><h2>No job fits this filter</h2><p>Retention removes ended jobs after a while; a wider filter may find more.</p><button @click=${() => this.setFilter('')}>Show all jobs</button></div>`
      : empty('No jobs yet', 'Nobody has submitted a job in this tenant, or retention has removed them all.', 'hodei run -- echo hello')}</div>`;
  }
}
customElements.define('hodei-jobs', Jobs);
