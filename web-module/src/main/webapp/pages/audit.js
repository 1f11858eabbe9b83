import { Page, html, nothing } from '../core/element.js';
import { get } from '../core/api.js';
import { amend, to } from '../core/router.js';
import { count } from '../core/format.js';
import { ask } from '../components/dialogs.js';
import { empty, facts, json, time } from '../components/basics.js';
import { attempt, toast } from '../components/toasts.js';
import '../components/data-table.js';

/** Pages of what an action was done to. */
const DOORS = { job: 'jobs', run: 'runs', agent: 'agents', schedule: 'schedules', pipeline: 'pipelines', template: 'templates', prompt: 'prompts' };
const door = (entry) => {
  const page = DOORS[entry.action.split('.')[0]];
  return page && entry.target && !entry.target.includes(' ') ? to(page, entry.target) : undefined;
};

const COLUMNS = [
  { id: 'at', title: 'When', width: 104, cell: (entry) => time(entry.at) },
  { id: 'actor', title: 'Who', width: 110, cell: (entry) => html`<b title=${entry.actor}>${entry.actor}</b>` },
  { id: 'action', title: 'What', cell: (entry) => html`<code>${entry.action}</code>` },
  { id: 'target', title: 'To what', width: 200, from: 620, cell: (entry) => (door(entry) ? html`<a href=${door(entry)}>${entry.target}</a>` : (entry.target ?? '')) },
  { id: 'detail', title: 'Detail', from: 760, cell: (entry) => html`<span class="muted">${entry.detail ? (entry.detail.reason ?? JSON.stringify(entry.detail)) : ''}</span>` },
];

class Audit extends Page {
  key() {
    return this.route?.query.toString();
  }

  get query() {
    const { query } = this.route;
    return { actor: query.get('actor'), action: query.get('action'), target: query.get('target') };
  }

  read(signal) {
    return get('/audit', { ...this.query, limit: 100 }, signal);
  }

  async more() {
    if (this.loading || !this.data?.nextCursor) return;
    this.loading = true;
    const before = this.data;
    const page = await get('/audit', { ...this.query, limit: 200, cursor: before.nextCursor }).catch(() => null);
    if (page && this.data?.nextCursor === before.nextCursor) this.data = { items: [...this.data.items, ...page.items], nextCursor: page.nextCursor };
    this.loading = false;
  }

  async verify() {
    const verdict = await attempt(() => get('/audit/verification'));
    if (!verdict) return;
    if (verdict.whole) toast(`The chain of ${count(verdict.entries)} entries is whole.`);
    else toast(`The chain is broken at entry ${verdict.brokenAt}.`, 'bad');
  }

  show(entry) {
    ask((close) => html`<div class="box"><h2>Entry ${entry.id}</h2>${facts([['When', time(entry.at)], ['Who', entry.actor], ['Their id', entry.actorId ? html`<code>${entry.actorId}</code>` : undefined], ['What', html`<code>${entry.action}</code>`], ['To what', entry.target]])}
      ${entry.detail ? json(entry.detail) : nothing}<div class="buttons"><button class="solid" autofocus @click=${() => close()}>Close</button></div></div>`);
  }

  view({ items, nextCursor }) {
    const field = (name, title, hint) => html`<label class="row small"><span class="muted">${title}</span><input aria-label=${title} placeholder=${hint} .value=${this.route.query.get(name) ?? ''} @change=${(event) => amend({ [name]: event.target.value.trim() })}></label>`;
    return html`<div class="filled"><h1 class="sr">Audit</h1><div class="toolbar">${field('actor', 'Who', 'admin')}${field('action', 'What', 'job.cancel')}${field('target', 'To what', 'an id or name')}<span class="grow"></span><button @click=${() => this.verify()}>Verify the chain</button></div>
      <div class="panel flush">${items.length
        ? html`<hodei-table fills name="Audit" .columns=${COLUMNS} .rows=${items} .more=${Boolean(nextCursor)} .open=${(entry) => this.show(entry)} @more=${() => this.more()}></hodei-table><div class="table-foot">${count(items.length)} loaded${nextCursor ? ', older ones come as you scroll' : ', that is all'}</div>`
        : empty('No entries', 'Nobody has done what these fields ask for.')}</div></div>`;
  }
}
customElements.define('hodei-audit', Audit);
