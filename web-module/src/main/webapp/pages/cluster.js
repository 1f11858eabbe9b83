import { Page, html, nothing, styled } from '../core/element.js';
import { get } from '../core/api.js';
import { compact, count, NONE, plural, relative } from '../core/format.js';
import { ago, empty, state, time } from '../components/basics.js';
import { icon } from '../core/icons.js';
import { isAlive } from './overview.js';

class Cluster extends Page {
  static properties = { words: { state: true } };

  constructor() {
    super();
    this.words = '';
    this.tick();
  }

  connectedCallback() {
    super.connectedCallback();
    this.pulse = setInterval(() => document.hidden || this.refreshSoon(), 3000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.pulse);
  }

  async read(signal) {
    this.settings ??= (await get('/config', {}, signal)).items;
    return get('/cluster', {}, signal);
  }

  view(data) {
    const { nodes = [], duties = [], caches = [], databasePools = [], grid, database } = data;
    const here = nodes.find((node) => node.self)?.name ?? 'the node that answers';
    const alive = nodes.filter(isAlive);
    return html`<div class="page-head"><div><h1>Cluster</h1><p>${plural(alive.length, 'node')} alive${grid ? html`, ${grid.members ? `a grid of ${plural(grid.members, 'member')}` : 'no grid'}` : nothing}. PostgreSQL decides; losing the grid loses nothing.</p></div></div>
      <div class="stack">
        ${database?.hanging ? html`<div class="note s-failed" role="alert">${icon('warning')}<span class="grow"><b>The database hangs.</b> Requests that need it are refused until it answers.</span></div>` : nothing}
        ${this.table('Nodes', ['State', 'Node', 'Address', 'Version', 'Started', 'Heartbeat'], nodes.map((node) => [state(isAlive(node) ? 'ONLINE' : 'LOST'), html`<b>${node.name ?? `node ${node.node}`}</b>${node.self ? html` <span class="muted small">this one</span>` : nothing}`, html`<span class="soft">${node.url ?? NONE}</span>`, node.version ?? NONE, time(node.startedAt), ago(node.lastHeartbeatAt)]))}
        <div class="halves">
          ${this.table('Duties', ['Duty', 'Held by', 'Term', 'Until'], duties.map((duty) => [html`<b>${duty.name}</b>`, duty.held ? (duty.nodeName ?? `node ${duty.node}`) : html`<span class="muted">nobody now</span>`, count(duty.term), duty.until ? relative(duty.until) : NONE]), 'Each duty is done by one node at a time; a higher term ends the older holder. Some are held only while there is something to do.')}
          ${this.table('Caches', ['Cache', 'Entries', 'Asked', 'Hit rate'], caches.map((cache) => [html`<b>${cache.name}</b>`, compact(cache.entries), compact((cache.localHits ?? 0) + (cache.sharedHits ?? 0) + (cache.misses ?? 0)), rate(cache.hitRate)]), `Of ${here}.`)}
        </div>
        ${this.table('Database pools', ['Pool', 'Connections lent', 'Refused', 'Mean wait'], databasePools.map((pool) => [html`<b>${pool.name}</b>`, count(pool.borrowed), count(pool.failures), pool.averageWaitMillis === undefined ? NONE : `${pool.averageWaitMillis.toFixed(2)} ms`]), `Of ${here}.`)}
        ${this.config()}
      </div>`;
  }

  table(title, heads, rows, note) {
    return html`<section class="panel flush"><header><h2>${title}</h2></header>${rows.length ? html`<div class="simple-scroll" tabindex="0" role="region" aria-label=${title}><table class="simple"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>` : empty('None', 'This node reports none.')}${note ? html`<div class="table-foot">${note}</div>` : nothing}</section>`;
  }

  config() {
    const sought = this.words.toLowerCase();
    const shown = (this.settings ?? []).filter((setting) => `${setting.key} ${setting.description}`.toLowerCase().includes(sought));
    return html`<section class="panel flush"><header><h2>Settings of this node</h2><input type="search" data-find aria-label="Find a setting" placeholder="Find a setting" @input=${(event) => (this.words = event.target.value)}></header>
      <div class="simple-scroll" tabindex="0" role="region" aria-label="Settings"><table class="simple"><thead><tr><th scope="col">Setting</th><th scope="col">Value</th><th scope="col">Meaning</th></tr></thead><tbody>${shown.map((setting) => html`<tr><td><code>${setting.key}</code></td>
        <td><code>${setting.secret ? '…' : setting.value}</code>${setting.source !== 'default' ? html` <span class="muted small">from ${setting.source}, else ${setting.secret ? '…' : setting.default || 'nothing'}</span>` : nothing}</td><td class="soft">${setting.description}${setting.range ? html` <span class="muted">${setting.range}</span>` : nothing}</td></tr>`)}</tbody></table></div></section>`;
  }
}
customElements.define('hodei-cluster', Cluster);

const rate = (share) => (share === undefined ? NONE : html`<span class="row"><span class="meter grow c-ink" aria-hidden="true"><i ${styled({ '--part': share })}></i></span><span class="num">${(share * 100).toFixed(1)} %</span></span>`);
