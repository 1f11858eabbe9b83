import { Page, html, nothing } from '../core/element.js';
import { get, may, put } from '../core/api.js';
import { count, duration, span } from '../core/format.js';
import { confirm } from '../components/dialogs.js';
import { attempt } from '../components/toasts.js';
import { icon } from '../core/icons.js';

class Profiles extends Page {
  read(signal) {
    return get('/profiles', {}, signal);
  }

  async use(name) {
    const answer = await confirm({ title: `Use ${name}?`, text: 'Every node takes the numbers of this profile within seconds.', action: 'Use it' });
    if (!answer) return;
    const found = await attempt(() => put('/profiles/active', { name }), `${name} is in use.`);
    if (found) this.data = found;
  }

  view({ active, items }) {
    return html`<div class="page-head"><div><h1>Profiles</h1><p>Sets of numbers for kinds of load. One of them is in use on all nodes.</p></div></div>
      <section class="panel flush"><div class="simple-scroll" tabindex="0" role="region" aria-label="Profiles"><table class="simple"><thead><tr><th scope="col">Profile</th><th scope="col" class="num">Poll</th><th scope="col" class="num">Batch</th><th scope="col" class="num">Dispatches</th><th scope="col" class="num">Status checks</th><th scope="col" class="num">Connections</th><th scope="col"><span class="sr">Use</span></th></tr></thead>
        <tbody>${items.map((item) => html`<tr><td><b>${item.name}</b></td><td class="num">${span(duration(item.poll))}</td><td class="num">${count(item.batch)}</td><td class="num">${count(item.dispatches)}</td><td class="num">${count(item.statusChecks)}</td><td class="num">${count(item.dbPool)}</td>
          <td class="num">${item.name === active ? html`<span class="state s-ok">${icon('ok')}<span>in use</span></span>` : may('INSTALLATION_MANAGE') ? html`<button class="mini" @click=${() => this.use(item.name)}>Use…</button>` : nothing}</td></tr>`)}</tbody></table></div></section>`;
  }
}
customElements.define('hodei-profiles', Profiles);
