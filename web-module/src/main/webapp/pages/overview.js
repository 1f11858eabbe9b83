import { Page, html, nothing } from '../core/element.js';
import { get } from '../core/api.js';
import { to } from '../core/router.js';
import { compact, count, plural, span } from '../core/format.js';
import { icon } from '../core/icons.js';
import { ago, empty, state } from '../components/basics.js';
import '../components/spark.js';

const WAITING = ['SCHEDULED', 'QUEUED', 'BLOCKED'];
/** Numbers are read again this often, and sooner when something happens. */
const PULSE = 10_000;

/** Where an entry of "needs attention" leads, by what it is about. */
const DOORS = {
  job: (item) => (item.id ? to('jobs', item.id) : to('jobs', { q: `name:${item.name}` })),
  name: (item) => to('jobs', { q: `name:${item.name}` }),
  agent: (item) => (item.id ? to('agents', item.id) : to('agents')),
  pool: () => to('pools'),
  queue: () => to('pools'),
  freeze: () => to('schedules'),
  schedule: (item) => to('schedules', item.id ?? item.name),
  run: (item) => to('runs', item.id),
};

class Overview extends Page {
  constructor() {
    super();
    this.families = ['job.', 'agent.', 'pool.', 'run.'];
  }

  connectedCallback() {
    super.connectedCallback();
    this.pulse = setInterval(() => document.hidden || this.refreshSoon(), PULSE);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.pulse);
  }

  read(signal) {
    return get('/overview', {}, signal);
  }

  view(data) {
    const minutes = data.minutes ?? [];
    const column = (name) => minutes.map((minute) => minute[name]);
    const counts = data.counts ?? {};
    const waiting = WAITING.reduce((sum, each) => sum + (counts[each] ?? 0), 0);
    const failed = column('failed').reduce((sum, each) => sum + (each ?? 0), 0);
    const agents = data.agents ?? {};
    const lost = (agents.offline ?? 0) + (agents.OFFLINE ?? 0);
    return html`<h1 class="sr">Overview</h1><div class="stack">
      <div class="cards">
        ${this.figure('running', 'Running', counts.RUNNING ?? 0, `${count(counts.LEASED ?? 0)} being dispatched`, column('running'), to('jobs', { q: 'state:running' }))}
        ${this.figure('queued', 'Waiting', waiting, `${count(counts.SCHEDULED ?? 0)} for their time`, column('queued'), to('jobs', { q: 'state:waiting' }))}
        ${this.figure('failed', 'Failed, last hour', failed, failed ? share(failed, column('finished')) : 'nothing failed', column('failed'), to('jobs', { q: 'state:broken created:>-1h' }))}
        ${this.figure(lost ? 'offline' : 'online', 'Agents online', agents.online ?? agents.ONLINE ?? 0, lost ? `${plural(lost, 'agent')} offline` : 'none offline', [], to('agents'))}
      </div>
      <section class="panel flush"><header><h2>Needs attention</h2>${data.attention?.length ? html`<span class="muted small">${count(data.attention.length)}</span>` : nothing}</header>${this.attention(data.attention ?? [])}</section>
      <div class="halves">
        <section class="panel"><header><h2>Jobs per minute</h2></header><div class="body">
          <hodei-chart name="Jobs per minute" .times=${column('at')} .series=${[{ name: 'submitted', values: column('submitted'), cls: 'c-ink', dashed: true }, { name: 'finished', values: column('finished'), cls: 's-succeeded' }, { name: 'failed', values: column('failed'), cls: 's-failed' }]}></hodei-chart></div></section>
        <section class="panel"><header><h2>From submit to start</h2></header><div class="body">
          <hodei-chart name="From submit to start" .unit=${span} .times=${column('at')} .series=${[{ name: 'half of the jobs within', values: column('startP50Millis'), cls: 'c-1' }, { name: '95 of 100 within', values: column('startP95Millis'), cls: 'c-2', dashed: true }]}></hodei-chart></div></section>
      </div>
      ${data.nodes?.length ? html`<section class="panel flush"><header><h2>Nodes</h2><a class="small" href=${to('cluster')}>Cluster</a></header>
        <ul class="list">${data.nodes.map((node) => html`<li>${state(isAlive(node) ? 'ONLINE' : 'LOST')}<b>${node.name ?? `node ${node.node}`}</b><span class="muted grow clip">${node.url ?? ''}</span><span class="muted small nowrap">up since ${ago(node.startedAt)}</span></li>`)}</ul></section>` : nothing}
    </div>`;
  }

  figure(kind, name, value, sub, series, href) {
    return html`<a class="panel figure plain s-${kind}" href=${href}><span class="name">${icon(kind)}${name}</span><span class="value" title=${count(value)}>${compact(value)}</span>
      <hodei-spark .values=${series}></hodei-spark><span class="sub">${sub}</span></a>`;
  }

  attention(items) {
    if (!items.length) return empty('All is well', 'No name fails twice in a row, no job waits unusually long, no agent is lost, every queue has agents, nothing is frozen.');
    return html`<ul class="list">${items.map((item) => {
      const door = DOORS[item.target ?? item.kind?.toLowerCase()]?.(item);
      return html`<li class=${/FAIL|LOST|OFFLINE/.test(item.kind) ? 's-failed' : 's-blocked'}>${icon(/FREEZE|FROZEN/.test(item.kind) ? 'snow' : 'warning')}<span class="grow">${item.message}</span>${item.since ? html`<span class="muted small nowrap">${ago(item.since)}</span>` : nothing}
        ${door ? html`<a class="button mini" href=${door}>Look</a>` : nothing}</li>`;
    })}</ul>`;
  }
}
customElements.define('hodei-overview', Overview);

/** A node that has not said a word for 15 seconds is not counted on. */
export const isAlive = (node) => node.alive ?? Date.now() - Date.parse(node.lastHeartbeatAt ?? 0) < 15_000;

function share(failed, finished) {
  const all = finished.reduce((sum, each) => sum + (each ?? 0), 0);
  return all ? `${((failed / Math.max(all, failed)) * 100).toFixed(1)} % of those that ended` : '';
}
