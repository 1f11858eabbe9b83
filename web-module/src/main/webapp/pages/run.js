import { Page, html, nothing, styled } from '../core/element.js';
import { act, all, get, may, part, post } from '../core/api.js';
import { amend, go, to } from '../core/router.js';
import { onKeys } from '../core/keys.js';
import { between, count, duration, plural, span, words } from '../core/format.js';
import { ago, facts, json, state, time } from '../components/basics.js';
import { confirm } from '../components/dialogs.js';
import { attempt } from '../components/toasts.js';
import { stateClass } from '../core/icons.js';
import { rerun, sendSignal } from '../components/run-dialogs.js';
import '../components/dag-view.js';
import '../components/gantt.js';
import '../components/run-step.js';

const ENDED = new Set(['SUCCEEDED', 'FAILED', 'CANCELLED']);
const SHOWN = ['SUCCEEDED', 'RUNNING', 'HELD', 'FAILED', 'SKIPPED', 'CANCELLED'];
const MOST_STEPS = 10_000;

class Run extends Page {
  constructor() {
    super();
    this.families = ['run.', 'job.started', 'job.ended'];
    this.tick();
  }

  connectedCallback() {
    super.connectedCallback();
    this.endKeys = onKeys({ c: () => this.isOpen && this.verb('cancel'), r: () => !this.isOpen && this.again() });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.endKeys();
    clearTimeout(this.asking);
  }

  get id_() {
    return this.route.parts[1];
  }

  get isOpen() {
    return this.data && !ENDED.has(this.data.run.state);
  }

  concerns(event) {
    return event.data.run === this.id_ || (event.topic.startsWith('job.') && this.jobs?.has(event.data.job));
  }

  async read(signal) {
    const path = `/runs/${part(this.id_)}`;
    const [run, graph, progress, steps] = await Promise.all([get(path, {}, signal), get(`${path}/graph`, {}, signal), get(`${path}/progress`, {}, signal), all(`${path}/steps`, {}, MOST_STEPS, signal)]);
    this.jobs = new Set(steps.items.map((step) => step.job).filter(Boolean));
    // A step that becomes ready or begins to wait for somebody makes no event of its own.
    clearTimeout(this.asking);
    if (!ENDED.has(run.state)) this.asking = setTimeout(() => this.isConnected && !document.hidden && this.refreshSoon(), graph.steps.length > 1000 ? 5000 : 1500);
    return { run, graph: graph.steps, progress, steps: steps.items, more: steps.more, critical: new Set(progress.criticalPath ?? []) };
  }

  async verb(verb) {
    const questions = {
      cancel: ['Cancel this run?', 'Steps that run get a signal to end; steps that wait will not start. What stands under finally still runs.', 'Cancel the run'],
      pause: ['Pause this run?', 'No further step starts. What runs goes on.', 'Pause'],
    };
    const [title, text, action] = questions[verb];
    const answer = await confirm({ title, text, action, reason: true });
    if (answer && (await attempt(() => post(`/runs/${this.data.run.id}:${verb}`, answer)))) this.refreshSoon();
  }

  async resume() {
    if (await attempt(() => act(`/runs/${this.data.run.id}:resume`), 'It goes on.')) this.refreshSoon();
  }

  async again() {
    const body = await rerun(this.data.run, this.data.graph);
    if (!body) return;
    const run = await attempt(() => post(`/runs/${this.data.run.id}:rerun`, body));
    if (run) go('runs', run.id);
  }

  async signal() {
    const body = await sendSignal();
    if (body && (await attempt(() => post(`/runs/${this.data.run.id}:signal`, body), 'The signal has arrived.'))) this.refreshSoon();
  }

  view({ run, graph, progress, steps, critical, more }) {
    const tab = this.route.query.get('view') ?? 'graph';
    const chosen = this.route.query.get('step') ?? '';
    return html`${this.problem ? html`<hodei-problem .problem=${this.problem} .retry=${() => this.refresh()}></hodei-problem>` : nothing}
      <div class="page-head"><div><div class="row wrap"><h1><a class="plain" href=${to('pipelines', run.pipeline)}>${run.pipeline}</a> #${run.number}</h1>${state(run.state)}</div><p>${this.summary(run, progress)}</p></div>
        <div class="actions">${may('RUNS_CONTROL') && this.isOpen ? html`
            <button @click=${() => this.signal()}>Signal…</button>
            ${run.state === 'PAUSED' ? html`<button class="solid" @click=${() => this.resume()}>Resume</button>` : html`<button @click=${() => this.verb('pause')}>Pause…</button>`}
            <button @click=${() => this.verb('cancel')}>Cancel… <kbd>c</kbd></button>` : nothing}
          ${may('RUNS_START') && !this.isOpen ? html`<button class="solid" @click=${() => this.again()}>Run again… <kbd>r</kbd></button>` : nothing}</div></div>
      <div class="stack">
        ${this.progress(run, progress)}
        <div class="run-split">
          <section class="panel flush"><hodei-tabs name="Views of the run" .chosen=${tab} .tabs=${[{ id: 'graph', title: 'Graph' }, { id: 'gantt', title: 'Timeline' }, { id: 'about', title: 'About' }]} @choose=${(event) => amend({ view: event.detail === 'graph' ? '' : event.detail })}></hodei-tabs>
            ${tab === 'gantt' ? html`<hodei-gantt .run=${run} .steps=${steps} .critical=${critical} .chosen=${chosen} @choose=${(event) => amend({ step: event.detail })}></hodei-gantt>`
              : tab === 'about' ? this.about(run)
              : html`<hodei-dag .steps=${graph} .critical=${critical} .chosen=${chosen} @choose=${(event) => amend({ step: event.detail })}></hodei-dag>`}
            ${more ? html`<div class="table-foot">Only the first ${count(MOST_STEPS)} instances of steps are listed.</div>` : nothing}
          </section>
          <aside aria-label="Step">${chosen ? html`<hodei-run-step .run=${run} .step=${chosen} .instances=${steps.filter((each) => each.step === chosen || each.step.startsWith(`${chosen}[`))} @changed=${() => this.refreshSoon()}></hodei-run-step>` : this.waitingFor(steps)}</aside>
        </div>
      </div>`;
  }

  summary(run, progress) {
    if (ENDED.has(run.state)) return html`Ended ${ago(run.finishedAt)}${run.startedAt ? html` after ${span(between(run.startedAt, run.finishedAt))}` : nothing}${run.reason ? html`. ${run.reason}` : '.'}`;
    const left = duration(progress.remaining);
    return html`${words(run.state)[0].toUpperCase()}${words(run.state).slice(1)} for ${span(between(run.startedAt ?? run.createdAt))}${left !== undefined ? html`, about ${span(left)} to go${progress.unknownSteps ? ` (${plural(progress.unknownSteps, 'step')} without a history)` : ''}` : nothing}.`;
  }

  progress(run, progress) {
    const states = progress.states ?? {};
    const whole = Math.max(1, Object.values(states).reduce((sum, each) => sum + each, 0));
    return html`<div class="panel"><div class="body stack tight"><div class="progress" role="img" aria-label="${run.ended} of ${run.steps} steps ended">${SHOWN.map((name) => (states[name] ? html`<i class="s-${stateClass(name)}" ${styled({ '--part': states[name] / whole })}></i>` : nothing))}</div>
      <div class="row wrap small">${Object.entries(states).map(([name, many]) => html`<span class="row">${state(name)}<b class="num">${count(many)}</b></span>`)}<span class="grow"></span><span class="muted">${run.phase === 'MAIN' ? '' : words(run.phase)} v${run.version}</span></div></div></div>`;
  }

  about(run) {
    return html`<div class="pad stack">${facts([
      ['Id', html`<code>${run.id}</code>`], ['Pipeline', html`<a href=${to('pipelines', run.pipeline)}>${run.pipeline}</a> v${run.version}`], ['Started by', run.creator], ['Created', time(run.createdAt)],
      ['Started', run.startedAt ? time(run.startedAt) : undefined], ['Ended', run.finishedAt ? time(run.finishedAt) : undefined], ['Must end by', run.deadlineAt ? time(run.deadlineAt) : undefined],
      ['Rerun of', run.rerunOf ? html`<a href=${to('runs', run.rerunOf)}><code>${run.rerunOf}</code></a>` : undefined],
      ['Part of', run.parentRun ? html`<a href=${to('runs', run.parentRun, { step: run.parentStep })}><code>${run.parentRun}</code> ${run.parentStep}</a>` : undefined]])}
      <h3>Parameters</h3>${json(run.parameters ?? {})}<h3>Jobs</h3><a href=${to('jobs', { q: `run:${run.id}` })}>All jobs of this run</a></div>`;
  }

  /** Without a choice the panel shows what needs somebody. */
  waitingFor(steps) {
    const open = steps.filter((step) => step.state === 'HELD' || (step.kind === 'APPROVAL' && step.state === 'RUNNING'));
    const failed = steps.filter((step) => step.state === 'FAILED');
    const list = (title, items) => (items.length ? html`<section class="panel flush"><header><h2>${title}</h2></header><ul class="list">${items.slice(0, 50).map((step) => html`<li>${state(step.state)}<a class="grow clip" href=${to('runs', this.id_, { step: step.step })}>${step.step}</a></li>`)}</ul></section>` : nothing);
    if (!open.length && !failed.length) return html`<section class="panel"><div class="empty"><h2>Choose a step</h2><p>Its times, outputs and log appear here.</p></div></section>`;
    return html`<div class="stack">${list('Waits for somebody', open)}${list('Failed', failed)}</div>`;
  }
}
customElements.define('hodei-run', Run);
