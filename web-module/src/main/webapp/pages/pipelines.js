import { Page, html } from '../core/element.js';
import { all } from '../core/api.js';
import { go, to } from '../core/router.js';
import { count, NONE } from '../core/format.js';
import { ago, empty, labels } from '../components/basics.js';
import '../components/data-table.js';

const COLUMNS = [
  { id: 'name', title: 'Name', width: 240, cell: (pipeline) => html`<a href=${to('pipelines', pipeline.name)}>${pipeline.name}</a>` },
  { id: 'description', title: 'Description', from: 620, cell: (pipeline) => html`<span class="soft" title=${pipeline.description ?? ''}>${pipeline.description ?? NONE}</span>` },
  { id: 'labels', title: 'Labels', width: 200, from: 980, cell: (pipeline) => html`<span class="row">${labels(pipeline.labels)}</span>` },
  { id: 'steps', title: 'Steps', width: 84, num: true, cell: (pipeline) => count(pipeline.steps) },
  { id: 'version', title: 'Version', width: 84, from: 460, num: true, cell: (pipeline) => `v${pipeline.version}` },
  { id: 'updated', title: 'Changed', width: 132, from: 520, num: true, cell: (pipeline) => ago(pipeline.updatedAt) },
];

class Pipelines extends Page {
  constructor() {
    super();
    this.families = ['pipeline.'];
  }

  async read(signal) {
    return all('/pipelines', { fields: 'name,description,labels,version,steps,updatedAt' }, 2000, signal);
  }

  view({ items, more }) {
    return html`<div class="page-head"><div><h1>Pipelines</h1><p>${more ? 'The first 2,000.' : 'Graphs of steps, in versions.'}</p></div></div>
      <div class="panel flush">${items.length
        ? html`<hodei-table name="Pipelines" .columns=${COLUMNS} .rows=${items} .keyOf=${(pipeline) => pipeline.name} .open=${(pipeline) => go('pipelines', pipeline.name)}></hodei-table>`
        : empty('No pipelines yet', 'A pipeline is a file in YAML. Applying it makes a version; applying it again changes nothing unless the file has changed.', 'hodei pipeline apply -f pipeline.yaml')}</div>`;
  }
}
customElements.define('hodei-pipelines', Pipelines);
