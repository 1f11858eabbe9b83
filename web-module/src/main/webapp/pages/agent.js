import { Page, html, nothing, styled } from '../core/element.js';
import { act, get, may, part } from '../core/api.js';
import { bytes, count, plural } from '../core/format.js';
import { ago, facts, labels, state, time } from '../components/basics.js';
import { confirm } from '../components/dialogs.js';
import { attempt } from '../components/toasts.js';
import { slots } from './agents.js';
import '../components/spark.js';

/** Samples this window has seen: about ten minutes. */
const KEPT = 200;

class Agent extends Page {
  constructor() {
    super();
    this.families = ['agent.'];
    this.samples = [];
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
    const agent = await get(`/agents/${part(this.route.parts[1])}`, {}, signal);
    if (agent.sample && this.samples.at(-1)?.at !== agent.lastHeartbeatAt) {
      this.samples = [...this.samples, { at: agent.lastHeartbeatAt, ...agent.sample }].slice(-KEPT);
    }
    return agent;
  }

  async drain() {
    const answer = await confirm({ title: `Drain ${this.data.name}?`, text: 'It gets no new work. What runs there goes on until it ends.', action: 'Drain' });
    if (answer && (await attempt(() => act(`/agents/${this.data.id}:drain`), 'It gets no new work.'))) this.refreshSoon();
  }

  async resume() {
    if (await attempt(() => act(`/agents/${this.data.id}:resume`), 'It gets work again.')) this.refreshSoon();
  }

  view(agent) {
    const { sample = {}, host = {} } = agent;
    const memory = host.memoryBytes ? sample.memoryUsedBytes / host.memoryBytes : undefined;
    return html`<div class="page-head"><div><div class="row wrap"><h1>${agent.name}</h1>${state(agent.state)}</div><p>Last heartbeat ${ago(agent.lastHeartbeatAt)}.</p></div>
        <div class="actions">${may('AGENTS_CONTROL') ? (agent.state === 'DRAINING' || agent.state === 'DISABLED' ? html`<button @click=${() => this.resume()}>Give it work again</button>` : html`<button @click=${() => this.drain()}>Drain…</button>`) : nothing}</div></div>
      <div class="grid-2"><div class="stack">
        <section class="panel"><header><h2>Slots</h2></header><div class="body">${slots(agent)}</div></section>
        <section class="panel"><header><h2>Load</h2><span class="muted small">since this page was opened</span></header><div class="body">${this.samples.length > 1
          ? html`<hodei-chart name="Load" .unit=${(value) => `${Math.round(value)} %`} .times=${this.samples.map((each) => each.at)} .series=${[
            { name: 'processors', values: this.samples.map((each) => each.cpuLoad * 100), cls: 'c-1' },
            { name: 'memory', values: this.samples.map((each) => (host.memoryBytes ? (each.memoryUsedBytes / host.memoryBytes) * 100 : null)), cls: 'c-2', dashed: true }]}></hodei-chart>`
          : html`<p class="muted">The next samples draw a line here.</p>`}</div></section>
        <section class="panel"><header><h2>Now</h2></header><div class="body">
          ${this.meter('Processors', sample.cpuLoad, sample.cpuLoad === undefined ? '' : `${Math.round(sample.cpuLoad * 100)} % of ${plural(host.cpus, 'processor')}`)}
          ${this.meter('Memory', memory, memory === undefined ? '' : `${bytes(sample.memoryUsedBytes)} of ${bytes(host.memoryBytes)}`)}
          ${facts([['Disk free', bytes(sample.diskFreeBytes)], ['Spool', bytes(sample.spoolBytes)], ['Output so far', `${count(sample.logLines)} lines, ${bytes(sample.logBytes)}`]])}</div></section>
      </div><aside class="stack" aria-label="Facts">
        <section class="panel"><div class="body">${facts([
          ['Id', html`<code>${agent.id}</code>`], ['Pools', agent.pools.join(', ')], ['Executors', agent.executors.join(', ')], ['Version', agent.version],
          ['Labels', Object.keys(agent.labels).length ? html`<span class="labels">${labels(agent.labels)}</span>` : undefined],
          ['Host', host.hostname], ['System', [host.os, host.arch].filter(Boolean).join(', ')], ['Processes', host.containment ? `held by ${host.containment}` : undefined]])}</div></section>
        <section class="panel"><div class="body">${facts([['Connected', agent.connectedAt ? time(agent.connectedAt) : undefined], ['At node', agent.node], ['Session', agent.session ? html`<code>${agent.session}</code>` : undefined], ['First seen', time(agent.createdAt)]])}</div></section>
      </aside></div>`;
  }

  meter(name, share, text) {
    if (share === undefined || Number.isNaN(share)) return nothing;
    return html`<div class="gauge"><span class="muted">${name}</span><span class="meter c-ink" role="img" aria-label="${name}: ${text}"><i ${styled({ '--part': Math.min(1, share) })}></i></span><span class="num">${text}</span></div>`;
  }
}
customElements.define('hodei-agent', Agent);
