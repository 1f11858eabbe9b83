import { Page, html } from '../core/element.js';
import { all, currentSession, patch, post } from '../core/api.js';
import { ago, empty, state } from '../components/basics.js';
import { ask, confirm } from '../components/dialogs.js';
import { attempt } from '../components/toasts.js';
import '../components/data-table.js';

class Tenants extends Page {
  async read(signal) {
    return all('/tenants', {}, 2000, signal);
  }

  async create() {
    const made = await ask((close) => html`<form method="dialog" @submit=${async (event) => {
      event.preventDefault();
      const tenant = await attempt(() => post('/tenants', { name: new FormData(event.target).get('name').trim() }));
      if (tenant) close(tenant);
    }}><h2>New tenant</h2><p class="soft">It sees nothing of the others, and they nothing of it.</p><label class="field"><span>Name</span><input name="name" required maxlength="63" autocomplete="off" autofocus></label>
      <div class="buttons"><button type="button" @click=${() => close()}>Back</button><button class="solid">Make it</button></div></form>`);
    if (!made) return;
    this.refreshSoon();
    await ask((close) => html`<div class="box"><h2>${made.name}</h2><p>The token of its administrator. This is the only time it is shown.</p><hodei-command .text=${made.adminToken}></hodei-command><div class="buttons"><button class="solid" @click=${() => close()}>I have it</button></div></div>`);
  }

  async toggle(tenant) {
    const disabled = !tenant.disabled;
    const answer = disabled ? await confirm({ title: `Disable ${tenant.name}?`, text: 'Its tokens are refused and nothing of it starts. Nothing is deleted.', action: 'Disable' }) : {};
    if (answer && (await attempt(() => patch(`/tenants/${tenant.id}`, { disabled }, 0), disabled ? 'Disabled.' : 'Enabled.'))) this.refreshSoon();
  }

  view({ items }) {
    const columns = [
      { id: 'state', title: 'State', width: 120, cell: (tenant) => state(tenant.disabled ? 'DISABLED' : 'ACTIVE') },
      { id: 'name', title: 'Name', cell: (tenant) => html`<b>${tenant.name}</b>${tenant.id === currentSession()?.tenant?.id ? html` <span class="muted small">yours</span>` : ''}` },
      { id: 'id', title: 'Id', width: 150, from: 620, cell: (tenant) => html`<code class="muted">${tenant.id}</code>` },
      { id: 'created', title: 'Made', width: 132, from: 480, num: true, cell: (tenant) => ago(tenant.createdAt) },
      { id: 'do', title: '', width: 104, num: true, cell: (tenant) => (tenant.id === currentSession()?.tenant?.id ? '' : html`<button class="mini" @click=${() => this.toggle(tenant)}>${tenant.disabled ? 'Enable' : 'Disable…'}</button>`) },
    ];
    return html`<div class="page-head"><div><h1>Tenants</h1><p>Each has its own jobs, agents, tokens and limits.</p></div><div class="actions"><button class="solid" @click=${() => this.create()}>New tenant…</button></div></div>
      <div class="panel flush">${items.length ? html`<hodei-table name="Tenants" .columns=${columns} .rows=${items}></hodei-table>` : empty('No tenants', 'You see only what your token may see.')}</div>`;
  }
}
customElements.define('hodei-tenants', Tenants);
