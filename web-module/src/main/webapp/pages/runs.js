import { Page, html, nothing } from '../core/element.js';
import { get } from '../core/api.js';
import { amend, go } from '../core/router.js';
import { parseRunFilter, RUN_STATES } from '../core/filter.js';
import { count } from '../core/format.js';
import { empty } from '../components/basics.js';
import { RUN_COLUMNS } from '../components/run-table.js';
import '../components/filter-bar.js';

const MOST = 10_000;

class Runs extends Page {
  constructor() {
    super();
    this.families = ['run.'];
    this.tick();
  }

  key() {
    return this.route?.query.get('q') ?? '';
  }

  async read(signal) {
    const { query, errors } = parseRunFilter(this.key());
    this.errors = errors;
    this.query = query;
    // As many as are shown already: news must not take away what was scrolled to.
    const limit = Math.min(500, Math.max(100, this.data?.items.length ?? 0));
    return get('/runs', { ...query, limit }, signal);
  }

  async more() {
    if (this.loading || !this.data?.nextCursor || this.data.items.length >= MOST) return;
    this.loading = true;
    const before = this.data;
    const page = await get('/runs', { ...this.query, limit: 200, cursor: before.nextCursor }).catch(() => null);
    if (page && this.data?.nextCursor === before.nextCursor) this.data = { items: [...this.data.items, ...page.items], nextCursor: page.nextCursor };
    this.loading = false;
  }

  fields() {
    return [
      { key: 'state', hint: RUN_STATES.map((each) => each.toLowerCase()).join(', '), example: 'state:failed', values: () => RUN_STATES.map((each) => each.toLowerCase()) },
      { key: 'pipeline', hint: 'its name', example: 'pipeline:release', values: () => [...new Set((this.data?.items ?? []).map((run) => run.pipeline))] },
      { key: 'created', hint: 'since or before', example: 'created:>-1d', values: () => ['>-1h', '>-24h', '>-7d'] },
      { key: 'parent', hint: 'the id of the run that started it' },
    ];
  }

  render() {
    const items = this.data?.items ?? [];
    return html`<div class="filled"><h1 class="sr">Runs</h1>
      <div class="toolbar"><hodei-filter class="grow" .value=${this.key()} .fields=${this.fields()} .errors=${this.errors ?? new Map()} @filter=${(event) => amend({ q: event.detail })}></hodei-filter></div>
      ${this.problem ? html`<hodei-problem .problem=${this.problem} .retry=${() => this.refresh()}></hodei-problem>` : nothing}
      ${this.data === undefined ? (this.problem ? nothing : this.skeleton()) : items.length
        ? html`<div class="panel flush"><hodei-table fills name="Runs" .columns=${RUN_COLUMNS} .rows=${items} .more=${Boolean(this.data.nextCursor)} .open=${(run) => go('runs', run.id)} @more=${() => this.more()}></hodei-table>
          <div class="table-foot">${count(items.length)} loaded${this.data.nextCursor ? ', older ones come as you scroll' : ', that is all'}</div></div>`
        : html`<div class="panel">${this.key() ? html`<div class="empty"><h2>No run fits this filter</h2><button @click=${() => amend({ q: '' })}>Show all runs</button></div>`
          : empty('No runs yet', 'A run is one execution of a pipeline. Start one on the page of a pipeline, or from a terminal.', 'hodei pipeline run NAME')}</div>`}
    </div>`;
  }
}
customElements.define('hodei-runs', Runs);
