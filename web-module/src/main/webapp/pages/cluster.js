import { Page, html, nothing, styled } from '../core/element.js';
import { get } from '../core/api.js';
import { compact, count, NONE, plural, relative } from '../core/format.js';
import { ago, empty, state, time } from '../components/basics.js';
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
    const { nodes = [], duties = [], caches = [], pools = [], grid } = data;
    const alive = nodes.filter(isAlive);
    return html`<div class="page-head"><div><h1>Cluster</h1><p>${plural(alive.length, 'node')} alive${grid ? html`, grid ${(grid.state ?? '').toLowerCase()}${grid.members === undefined ? '' : ` with ${plural(Array.isArray(grid.members) ? grid.members.length : grid.members, 'member')}`}` : nothing}. PostgreSQL decides; losing the grid loses nothing.</p></div></div>
      <div class="stack">
        ${this.table('Nodes', ['State', 'Node', 'Address', 'Version', 'Started', 'Heartbeat'], nodes.map((node) => [state(isAlive(node) ? 'ONLINE' : 'LOST'), html`<b>${node.name ?? node.id ?? node.node}</b>`, html`<span class="soft">${node.url ?? NONE}</span>`, node.version ?? NONE, time(node.startedAt), ago(node.lastHeartbeatAt)]))}
        <div class="halves">
          ${this.table('Duties', ['Duty', 'Held by', 'Term', 'Until'], duties.map((duty) => [html`<b>${duty.name}</b>`, duty.holder === undefined || duty.holder === null ? html`<span class="muted">nobody</span>` : duty.holderName ?? `node ${duty.holder}`, count(duty.term), duty.until ? relative(duty.until) : NONE]), 'Each duty is done by one node at a time; a higher term ends the older holder.')}
          ${this.table('Caches', ['Cache', 'Entries', 'Hits', 'Hit rate'], caches.map((cache) => [html`<b>${cache.name}</b>`, compact(cache.size ?? cache.entries), compact(cache.hits), rate(cache)]))}
        </div>
        ${this.table('Database pools', ['Pool', 'In use', 'Idle', 'Waiting', 'Most', ''], pools.map((pool) => [html`<b>${pool.name}</b>`, count(pool.active), count(pool.idle), count(pool.waiting), count(pool.maximum ?? pool.max), meter(pool.active, pool.maximum ?? pool.max)]))}
        ${this.config()}
      </div>`;
  }

  table(title, heads, rows, note) {
    return html`<section class="panel flush"><header><h2>${title}</h2></header>${rows.length ? html`<div class="simple-scroll" tabindex="0" role="region" aria-label=${title}><table class="simple"><thead><tr>${heads.map((head) => html`<th scope="col">${head || html`<span class="sr">Share</span>`}</th>`)}</tr></thead><tbody>${rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>` : empty('None', 'This node reports none.')}${note ? html`<div class="table-foot">${note}</div>` : nothing}</section>`;
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

function rate(cache) {
  const asked = (cache.hits ?? 0) + (cache.misses ?? 0);
  const share = cache.hitRate ?? (asked ? cache.hits / asked : undefined);
  return share === undefined ? NONE : html`<span class="row"><span class="meter grow c-ink" aria-hidden="true"><i ${styled({ '--part': share })}></i></span><span class="num">${(share * 100).toFixed(1)} %</span></span>`;
}

const meter = (value, most) => (most ? html`<span class="meter c-ink" role="img" aria-label="${value} of ${most} in use"><i ${styled({ '--part': Math.min(1, value / most) })}></i></span>` : NONE);
