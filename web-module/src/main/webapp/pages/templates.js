import { Page, html, nothing } from '../core/element.js';
import { get } from '../core/api.js';
import { amend, go, to } from '../core/router.js';
import { NONE } from '../core/format.js';
import { ago, empty } from '../components/basics.js';
import '../components/data-table.js';

const TAGS = (item) => html`<span class="row">${(item.tags ?? []).map((tag) => html`<span class="label"><b>${tag}</b></span>`)}</span>`;

/** Templates and prompts are two lists of one kind: the first part of the path says which. */
class Templates extends Page {
  constructor() {
    super();
    this.families = ['template.', 'prompt.'];
  }

  get kind() {
    return this.route?.parts[0] ?? 'templates';
  }

  key() {
    return `${this.kind}?${this.route?.query.get('q') ?? ''}`;
  }

  async read(signal) {
    const [page, tools] = await Promise.all([get(`/${this.kind}`, { q: this.route.query.get('q') ?? '', limit: 500 }, signal), this.kind === 'prompts' ? get('/tools', {}, signal) : { items: [] }]);
    return { ...page, tools: tools.items };
  }

  columns() {
    return [
      { id: 'name', title: 'Name', width: 220, cell: (item) => html`<a href=${to(this.kind, item.name)}>${item.name}</a>` },
      { id: 'title', title: 'Title', from: 560, cell: (item) => html`<span class="soft" title=${item.description ?? ''}>${item.title ?? item.description ?? NONE}</span>` },
      ...(this.kind === 'prompts' ? [{ id: 'tool', title: 'Tool', width: 150, from: 720, cell: (item) => item.tool }] : []),
      { id: 'tags', title: 'Tags', width: 200, from: 900, cell: TAGS },
      { id: 'version', title: 'Version', width: 84, num: true, cell: (item) => `v${item.version}` },
      { id: 'updated', title: 'Changed', width: 132, from: 460, num: true, cell: (item) => ago(item.updatedAt) },
    ];
  }

  view({ items, tools, nextCursor }) {
    const prompts = this.kind === 'prompts';
    const words = this.route.query.get('q') ?? '';
    return html`<div class="page-head"><div><h1>${prompts ? 'Prompts' : 'Templates'}</h1><p>${prompts ? 'Texts with places to fill in, handed to a tool.' : 'Jobs with places to fill in.'}</p></div></div>
      <div class="stack"><div class="row"><input type="search" data-find class="grow" aria-label="Words to look for" placeholder="Words in name, title, description or content" .value=${words} @change=${(event) => amend({ q: event.target.value.trim() })}></div>
      <div class="panel flush">${items.length
        ? html`<hodei-table name=${prompts ? 'Prompts' : 'Templates'} .columns=${this.columns()} .rows=${items} .keyOf=${(item) => item.name} .open=${(item) => go(this.kind, item.name)}></hodei-table>${nextCursor ? html`<div class="table-foot">The first 500 are shown; words narrow the list.</div>` : nothing}`
        : words ? html`<div class="empty"><h2>Nothing with these words</h2><button @click=${() => amend({ q: '' })}>Show all</button></div>`
        : prompts ? empty('No prompts yet', 'A prompt names a tool and the text that it reads from its standard input.', 'hodei prompt apply -f prompt.json') : empty('No templates yet', 'A template is a job whose texts may hold {{name}}; the values come when it is run.', 'hodei template apply -f template.json')}</div>
      ${prompts && tools.length ? html`<section class="panel flush"><header><h2>Tools</h2></header><ul class="list">${tools.map((tool) => html`<li><b>${tool.name}</b><code class="grow muted clip">${tool.command.join(' ')}</code><span class="muted small">${tool.pool ?? ''}</span></li>`)}</ul></section>` : nothing}</div>`;
  }
}
customElements.define('hodei-templates', Templates);
