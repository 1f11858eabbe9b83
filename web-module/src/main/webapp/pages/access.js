import { Page, html, nothing } from '../core/element.js';
import { all, currentSession, may, post, remove } from '../core/api.js';
import { NONE, words } from '../core/format.js';
import { ago, empty, facts, labels, state, time } from '../components/basics.js';
import { ask, confirm } from '../components/dialogs.js';
import { attempt } from '../components/toasts.js';
import '../components/data-table.js';

const ROLES = {
  ADMIN: 'everything in this tenant',
  OPERATOR: 'controls jobs, runs, agents and pools',
  SUBMITTER: 'submits jobs and starts runs',
  VIEWER: 'only reads',
  AGENT: 'connects an agent',
};
const standing = (token) => (token.revokedAt ? 'CANCELLED' : token.expiresAt && Date.parse(token.expiresAt) < Date.now() ? 'EXPIRED' : 'ACTIVE');

class Access extends Page {
  async read(signal) {
    return all('/tokens', {}, 2000, signal);
  }

  async create() {
    const installation = currentSession()?.installationAdmin;
    const issued = await ask((close) => html`<form method="dialog" @submit=${async (event) => {
      event.preventDefault();
      const form = new FormData(event.target);
      const expiresIn = form.get('expiresIn').trim();
      const made = await attempt(() => post('/tokens', { name: form.get('name').trim(), role: form.get('role'), ...(expiresIn ? { expiresIn } : {}), ...(form.get('installation') ? { installation: true } : {}) }));
      if (made) close(made);
    }}><h2>New token</h2>
      <label class="field"><span>Name</span><input name="name" required maxlength="100" autocomplete="off" autofocus placeholder="who or what uses it"></label>
      <label class="field"><span>Role</span><select name="role">${Object.entries(ROLES).map(([role, may]) => html`<option value=${role} ?selected=${role === 'SUBMITTER'}>${words(role)}: ${may}</option>`)}</select></label>
      <label class="field"><span>Ends after</span><input name="expiresIn" placeholder="90d, or never" pattern="\\d+(s|m|h|d)" autocomplete="off" title="90d, 12h"></label>
      ${installation ? html`<label class="check"><input type="checkbox" name="installation">For the whole installation, all tenants</label>` : nothing}
      <div class="buttons"><button type="button" @click=${() => close()}>Back</button><button class="solid">Make it</button></div></form>`);
    if (!issued) return;
    this.refreshSoon();
    await ask((close) => html`<div class="box"><h2>${issued.name}</h2><p>This is the only time its text is shown. Keep it where secrets are kept.</p><hodei-command .text=${issued.token}></hodei-command><div class="buttons"><button class="solid" @click=${() => close()}>I have it</button></div></div>`);
  }

  async revoke(token) {
    const own = token.id === currentSession()?.token?.id;
    const answer = await confirm({ title: `Revoke ${token.name}?`, text: own ? 'It is the token of this login: you will be signed out.' : 'Whoever uses it is refused within seconds; logins made with it end at once.', action: 'Revoke' });
    if (answer && (await attempt(() => remove(`/tokens/${token.id}`), 'Revoked.'))) this.refreshSoon();
  }

  view({ items }) {
    const me = currentSession();
    const columns = [
      { id: 'state', title: 'State', width: 116, from: 480, cell: (token) => (standing(token) === 'CANCELLED' ? html`<span class="soft">${state('DELETED')}</span>` : state(standing(token))) },
      { id: 'name', title: 'Name', cell: (token) => html`<b title=${token.name}>${token.name}</b>${token.id === me?.token?.id ? html` <span class="muted small">this login</span>` : nothing}` },
      { id: 'role', title: 'Role', width: 116, cell: (token) => html`${words(token.role)}${token.installation ? html` <span class="muted small">all</span>` : nothing}` },
      { id: 'prefix', title: 'Begins with', width: 130, from: 760, cell: (token) => html`<code class="muted">${token.prefix}…</code>` },
      { id: 'created', title: 'Made', width: 132, from: 620, num: true, cell: (token) => ago(token.createdAt) },
      { id: 'expires', title: 'Ends', width: 132, from: 900, num: true, cell: (token) => (token.revokedAt ? time(token.revokedAt) : token.expiresAt ? time(token.expiresAt) : NONE) },
      { id: 'do', title: '', width: 104, num: true, cell: (token) => (may('TOKENS_MANAGE') && standing(token) === 'ACTIVE' ? html`<button class="mini" @click=${() => this.revoke(token)}>Revoke…</button>` : nothing) },
    ];
    return html`<div class="page-head"><div><h1>Tokens</h1><p>Who may come in, and what they may do.</p></div><div class="actions">${may('TOKENS_MANAGE') ? html`<button class="solid" @click=${() => this.create()}>New token…</button>` : nothing}</div></div>
      <div class="stack"><div class="panel flush">${items.length ? html`<hodei-table name="Tokens" .columns=${columns} .rows=${items}></hodei-table>` : empty('No tokens', 'That cannot be: you are signed in with one.')}</div>
      <div class="halves"><section class="panel"><header><h2>You</h2></header><div class="body">${facts([['Token', me?.token?.name], ['Role', words(me?.role)], ['Tenant', me?.tenant?.name], ['May', html`<span class="labels">${labels(Object.fromEntries((me?.permissions ?? []).map((each) => [words(each), ''])))}</span>`]])}</div></section>
      <section class="panel"><header><h2>Roles</h2></header><div class="body">${facts(Object.entries(ROLES).map(([role, may]) => [words(role), may]))}</div></section></div></div>`;
  }
}
customElements.define('hodei-access', Access);
