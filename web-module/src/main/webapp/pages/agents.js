import { Page, html } from '../core/element.js';
import { all } from '../core/api.js';
import { go, to } from '../core/router.js';
import { count, NONE, plural } from '../core/format.js';
import { ago, empty, labels, state } from '../components/basics.js';
import { styled } from '../core/element.js';
import '../components/data-table.js';

const COLUMNS = [
  { id: 'state', title: 'State', width: 118, cell: (agent) => state(agent.state) },
  { id: 'name', title: 'Name', cell: (agent) => html`<a href=${to('agents', agent.id)}>${agent.name}</a>` },
  { id: 'slots', title: 'Slots in use', width: 170, cell: (agent) => slots(agent) },
  { id: 'cpu', title: 'Load', width: 74, from: 620, num: true, cell: (agent) => (agent.sample?.cpuLoad === undefined ? NONE : `${Math.round(agent.sample.cpuLoad * 100)} %`) },
  { id: 'pools', title: 'Pools', width: 160, from: 760, cell: (agent) => agent.pools.join(', ') },
  { id: 'labels', title: 'Labels', width: 200, from: 1080, cell: (agent) => html`<span class="row">${labels(agent.labels)}</span>` },
  { id: 'version', title: 'Version', width: 130, from: 980, cell: (agent) => agent.version },
  { id: 'seen', title: 'Heartbeat', width: 116, from: 560, num: true, cell: (agent) => ago(agent.lastHeartbeatAt) },
];

export const slots = (agent) => html`<span class="row"><span class="meter grow s-running" role="img" aria-label="${agent.running} of ${agent.slots} slots in use"><i ${styled({ '--part': agent.slots ? agent.running / agent.slots : 0 })}></i></span><span class="num nowrap">${count(agent.running)} / ${count(agent.slots)}</span></span>`;

class Agents extends Page {
  constructor() {
    super();
    this.families = ['agent.', 'job.leased', 'job.ended'];
    this.tick();
  }

  connectedCallback() {
    super.connectedCallback();
    this.pulse = setInterval(() => document.hidden || this.refreshSoon(), 5000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.pulse);
  }

  async read(signal) {
    return all('/agents', {}, 2000, signal);
  }

  view({ items, more }) {
    const online = items.filter((agent) => agent.state === 'ONLINE');
    const sum = (list, name) => list.reduce((total, agent) => total + (agent[name] ?? 0), 0);
    return html`<div class="page-head"><div><h1>Agents</h1><p>${plural(online.length, 'agent')} online, ${count(sum(items, 'running'))} of ${count(sum(online, 'slots'))} slots in use${more ? '; the newest 2,000 are shown' : ''}</p></div></div>
      <div class="panel flush">${items.length
        ? html`<hodei-table name="Agents" .columns=${COLUMNS} .rows=${items} .open=${(agent) => go('agents', agent.id)}></hodei-table>`
        : empty('No agents', 'Without an agent no job starts. An agent runs on any host that reaches this address; it dials out and listens on nothing.', `hodei agent --server ${location.origin} --token-file agent.token`)}</div>`;
  }
}
customElements.define('hodei-agents', Agents);
