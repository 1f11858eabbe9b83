import { Page, html, nothing } from '../core/element.js';
import { get, may, part, post, send } from '../core/api.js';
import { amend, go, to } from '../core/router.js';
import { plural } from '../core/format.js';
import { ago, facts, labels, time } from '../components/basics.js';
import { askParameters, terminalLines } from '../components/param-form.js';
import { attempt } from '../components/toasts.js';
import { OWN_RUN_COLUMNS } from '../components/run-table.js';
import '../components/dag-view.js';
import '../components/run-grid.js';

class Pipeline extends Page {
  static properties = { source: { state: true }, difference: { state: true } };

  constructor() {
    super();
    this.families = ['run.', 'pipeline.'];
    this.tick();
  }

  concerns(event) {
    return !event.data.pipeline || event.data.pipeline === this.name_;
  }

  get name_() {
    return this.route.parts[1];
  }

  async read(signal) {
    const path = `/pipelines/${part(this.name_)}`;
    const [pipeline, versions, runs] = await Promise.all([
      get(path, {}, signal),
      get(`${path}/versions`, { limit: 50 }, signal),
      get('/runs', { pipeline: this.name_, limit: 100 }, signal),
    ]);
    this.steps = stepsOf(pipeline.definition);
    return { pipeline, versions: versions.items, runs: runs.items };
  }

  async start() {
    const { name, definition } = this.data.pipeline;
    const parameters = definition?.parameters ?? [];
    const path = `/pipelines/${part(name)}/runs`;
    const values = await askParameters({ title: `Run ${name}`, action: 'Start', memory: `pipeline.${name}`, parameters, lines: (shown) => terminalLines(`pipeline run ${name}`, path, parameters, shown) });
    if (!values) return;
    const run = await attempt(() => post(path, { parameters: values }));
    if (run) go('runs', run.id);
  }

  async showSource(version) {
    const response = await attempt(() => send('GET', `/pipelines/${part(this.name_)}/versions/${version}`, { headers: { Accept: 'application/json' } }));
    if (response) this.source = await response.json();
  }

  async compare(from, to) {
    this.difference = undefined;
    const found = await attempt(() => get(`/pipelines/${part(this.name_)}/diff`, { from, to }));
    if (found) this.difference = { from, to, changes: found.changes };
  }

  view({ pipeline, versions, runs }) {
    const tab = this.route.query.get('tab') ?? 'graph';
    const tabs = [{ id: 'graph', title: 'Graph' }, { id: 'runs', title: 'Runs' }, { id: 'grid', title: 'Grid' }, { id: 'versions', title: 'Versions', count: versions.length }];
    return html`<div class="page-head"><div><h1>${pipeline.name}</h1><p>${pipeline.description ?? ''}</p></div>
        <div class="actions">${may('RUNS_START') ? html`<button class="solid" @click=${() => this.start()}>Run…</button>` : nothing}</div></div>
      <div class="stack">
        <div class="panel"><div class="body row wrap small"><span>Version <b>v${pipeline.version}</b></span><span class="muted">${plural(pipeline.steps, 'step')}</span><span class="muted">changed ${ago(pipeline.updatedAt)}</span><span class="labels">${labels(pipeline.labels)}</span></div></div>
        <section class="panel flush"><hodei-tabs name="Parts of the pipeline" .chosen=${tab} .tabs=${tabs} @choose=${(event) => amend({ tab: event.detail === 'graph' ? '' : event.detail })}></hodei-tabs>
          ${tab === 'graph' ? html`<hodei-dag .steps=${this.steps} @choose=${(event) => amend({ step: event.detail })} .chosen=${this.route.query.get('step') ?? ''}></hodei-dag>${this.stepFacts(pipeline)}`
            : tab === 'runs' ? this.runs(runs)
            : tab === 'grid' ? html`<hodei-run-grid .runs=${runs}></hodei-run-grid>`
            : this.versions(versions)}
        </section>
      </div>`;
  }

  stepFacts(pipeline) {
    const chosen = this.route.query.get('step');
    const step = chosen && ['steps', 'onFailure', 'finally'].flatMap((name) => pipeline.definition[name] ?? []).find((each) => each.id === chosen);
    return step ? html`<div class="pad"><pre class="code" tabindex="0">${JSON.stringify(step, null, 2)}</pre></div>` : nothing;
  }

  runs(runs) {
    return runs.length
      ? html`<hodei-table name="Runs" .columns=${OWN_RUN_COLUMNS} .rows=${runs.slice(0, 50)} .open=${(run) => go('runs', run.id)}></hodei-table><div class="table-foot"><a href=${to('runs', { q: `pipeline:${this.name_}` })}>All runs of this pipeline</a></div>`
      : html`<div class="empty"><h2>It has never run</h2><p>Start it here, by a schedule, or from a terminal.</p><hodei-command .text=${`hodei pipeline run ${this.name_} --follow`}></hodei-command></div>`;
  }

  versions(versions) {
    return html`<ul class="list">${versions.map((version, at) => html`<li><b class="num">v${version.version}</b>${version.current ? html`<span class="label"><span>current</span></span>` : nothing}
      <span class="muted">${plural(version.steps, 'step')}</span><span class="grow muted clip">${version.createdBy ?? ''} ${time(version.createdAt)} <code>${version.digest.slice(0, 12)}</code></span>
      <button class="mini" @click=${() => this.showSource(version.version)}>Source</button>
      ${versions[at + 1] ? html`<button class="mini" @click=${() => this.compare(versions[at + 1].version, version.version)}>Changes</button>` : nothing}</li>`)}</ul>
      ${this.difference ? html`<div class="pad stack"><h3>v${this.difference.from} → v${this.difference.to}</h3>${this.difference.changes.length ? this.difference.changes.map(change) : html`<p class="muted">They do the same.</p>`}</div>` : nothing}
      ${this.source ? html`<div class="pad stack"><div class="row"><h3 class="grow">Source of v${this.source.version}</h3><button class="mini" @click=${() => (this.source = undefined)}>Close</button></div>
        <pre class="code" tabindex="0">${this.source.source ?? JSON.stringify(this.source.definition, null, 2)}</pre>${facts([['SHA-256', html`<code>${this.source.digest}</code>`]])}</div>` : nothing}`;
  }
}
customElements.define('hodei-pipeline', Pipeline);

const change = (each) => html`<div><p class="small"><b>${each.kind.toLowerCase()}</b> <code>${each.place}</code></p><pre class="diff" tabindex="0">${each.lines.map((line) => html`<div class=${line.startsWith('+') ? 'plus' : line.startsWith('-') ? 'minus' : ''}>${line}</div>`)}</pre></div>`;

const KIND = (step) => (step.approval ? 'APPROVAL' : step.wait ? 'TIMER' : step.pipeline ? 'PIPELINE' : step.template ? 'TEMPLATE' : 'JOB');

/** The steps of a definition as the picture wants them. */
function stepsOf(definition) {
  const phase = (list, name) => (list ?? []).map((step) => ({ id: step.id, dependsOn: [step.dependsOn ?? []].flat(), kind: KIND(step), phase: name, state: 'WAITING' }));
  return [...phase(definition?.steps, 'MAIN'), ...phase(definition?.onFailure, 'ON_FAILURE'), ...phase(definition?.finally, 'FINALLY')];
}
