import { Page, html, nothing, styled } from '../core/element.js';
import { act, get, may, part, post, put } from '../core/api.js';
import { to } from '../core/router.js';
import { count, plural, words } from '../core/format.js';
import { empty, state } from '../components/basics.js';
import { confirm } from '../components/dialogs.js';
import { attempt } from '../components/toasts.js';
import { icon } from '../core/icons.js';

const LANES = ['HIGH', 'NORMAL', 'LOW'];
const PLACEMENTS = ['ROUND_ROBIN', 'LEAST_LOADED', 'RESOURCE_AWARE', 'CONSISTENT_HASH'];

class Pools extends Page {
  constructor() {
    super();
    this.families = ['job.', 'pool.', 'agent.'];
  }

  async read(signal) {
    return (await get('/pools', {}, signal)).items;
  }

  async change(pool, verb, title, text) {
    const answer = await confirm({ title, text, action: verb === 'pause' ? 'Pause' : 'Drain', reason: true });
    if (answer && (await attempt(() => post(`/pools/${part(pool.name)}:${verb}`, answer)))) this.refreshSoon();
  }

  async resume(pool) {
    if (await attempt(() => act(`/pools/${part(pool.name)}:resume`), `${pool.name} gives out jobs again.`)) this.refreshSoon();
  }

  async place(pool, placement) {
    await attempt(() => put(`/pools/${part(pool.name)}`, { placement }), `${pool.name}: ${words(placement)}.`);
    this.refreshSoon();
  }

  view(pools) {
    if (!pools.length) return empty('No pools', 'A pool comes into being with the first agent or job that names it.', 'hodei run --pool default -- echo hello');
    const most = Math.max(1, ...pools.flatMap((pool) => LANES.map((lane) => pool.queued?.[lane] ?? 0)));
    return html`<div class="page-head"><div><h1>Pools</h1><p>Where jobs wait, by priority, and who takes them.</p></div></div>
      <div class="halves even">${pools.map((pool) => this.pool(pool, most))}</div>`;
  }

  pool(pool, most) {
    const waits = LANES.reduce((sum, lane) => sum + (pool.queued?.[lane] ?? 0), 0);
    return html`<section class="panel"><header><h2 class="clip">${pool.name}</h2>${state(pool.state)}</header><div class="body stack">
      ${waits && !pool.agents ? html`<div class="note s-blocked">${icon('warning')}<span class="grow">${plural(waits, 'job')} wait, and no agent serves this pool.</span></div>` : nothing}
      ${pool.reason && pool.state !== 'ACTIVE' ? html`<div class="note">${icon('blocked')}<span class="grow">${pool.reason}</span></div>` : nothing}
      <div class="lanes">${LANES.map((lane) => html`<span class="muted">${words(lane)}</span><span class="meter s-queued" aria-hidden="true"><i ${styled({ '--part': (pool.queued?.[lane] ?? 0) / most })}></i></span><b class="num">${count(pool.queued?.[lane] ?? 0)}</b>`)}</div>
      <div class="row wrap small"><a href=${to('jobs', { q: `pool:${pool.name} state:running` })}>${count(pool.running)} running</a><span class="muted">·</span><a href=${to('jobs', { q: `pool:${pool.name} state:waiting` })}>${count(waits)} waiting</a><span class="muted">·</span><span>${plural(pool.agents, 'agent')}</span></div>
      ${may('POOLS_CONTROL') ? html`<div class="row wrap"><label class="row small grow"><span class="muted">Placement</span><select aria-label="Placement of ${pool.name}" @change=${(event) => this.place(pool, event.target.value)}>${PLACEMENTS.map((each) => html`<option value=${each} ?selected=${each === pool.placement}>${words(each)}</option>`)}</select></label>
        ${pool.state === 'ACTIVE'
          ? html`<button @click=${() => this.change(pool, 'pause', `Pause ${pool.name}?`, 'Its jobs wait. What runs goes on.')}>Pause…</button><button @click=${() => this.change(pool, 'drain', `Drain ${pool.name}?`, 'It refuses new jobs; those that wait are still given out.')}>Drain…</button>`
          : html`<button class="solid" @click=${() => this.resume(pool)}>Resume</button>`}</div>` : nothing}
    </div></section>`;
  }
}
customElements.define('hodei-pools', Pools);
