import { Page, html, nothing } from '../core/element.js';
import { act, get, may, part, post } from '../core/api.js';
import { amend, go, to } from '../core/router.js';
import { onKeys } from '../core/keys.js';
import { between, bytes, count, duration, plural, span } from '../core/format.js';
import { ago, empty, facts, json, labels, state, time } from '../components/basics.js';
import { confirm } from '../components/dialogs.js';
import { attempt } from '../components/toasts.js';
import '../components/attempts.js';
import '../components/log-view.js';
import '../components/history.js';
import '../components/usage-chart.js';

const WAITS = new Set(['SCHEDULED', 'QUEUED', 'BLOCKED']);
const ENDED = new Set(['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'CANCELLED', 'EXPIRED']);

class Job extends Page {
  constructor() {
    super();
    this.families = ['job.'];
    this.tick();
  }

  connectedCallback() {
    super.connectedCallback();
    this.endKeys = onKeys({ r: () => this.canRetry() && this.retry(), c: () => this.canCancel() && this.cancel() });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.endKeys();
  }

  get id_() {
    return this.route.parts[1];
  }

  concerns(event) {
    return event.data.job === this.id_;
  }

  async read(signal) {
    const path = `/jobs/${part(this.id_)}`;
    const [job, attempts] = await Promise.all([get(path, {}, signal), get(`${path}/attempts`, {}, signal)]);
    const why = WAITS.has(job.state) ? await get(`${path}/explain`, {}, signal) : undefined;
    // What a waiting job waits for changes without an event of its own.
    clearTimeout(this.asking);
    if (why) this.asking = setTimeout(() => this.isConnected && this.refreshSoon(), 3000);
    return { job, attempts: attempts.items, why };
  }

  canRetry() {
    return this.data && ENDED.has(this.data.job.state) && may('JOBS_SUBMIT');
  }

  canCancel() {
    return this.data && !ENDED.has(this.data.job.state) && !this.data.job.cancelRequestedAt && may('JOBS_CONTROL');
  }

  async retry() {
    const job = await attempt(() => act(`/jobs/${this.data.job.id}:retry`), 'A new job like this one is queued.');
    if (job) go('jobs', job.id);
  }

  /** It was asked to end, and takes its time. */
  canKill() {
    return this.data && !ENDED.has(this.data.job.state) && this.data.job.cancelRequestedAt && may('JOBS_CONTROL');
  }

  async kill() {
    const answer = await confirm({ title: `Kill ${this.data.job.name}?`, text: 'It was asked to end and goes on. Its processes are killed at once.', action: 'Kill it' });
    if (answer && (await attempt(() => post(`/jobs/${this.data.job.id}:cancel`, { grace: '0s' }), 'Its processes are killed.'))) this.refreshSoon();
  }

  async cancel() {
    const answer = await confirm({ title: `Cancel ${this.data.job.name}?`, text: 'Its processes get a signal to end, and after their grace they are killed.', action: 'Cancel the job', reason: true, atOnce: true });
    if (answer && (await attempt(() => post(`/jobs/${this.data.job.id}:cancel`, answer), 'Asked the job to end.'))) this.refreshSoon();
  }

  view({ job, attempts, why }) {
    const tab = this.route.query.get('tab') ?? 'log';
    return html`
      ${this.problem ? html`<hodei-problem .problem=${this.problem} .retry=${() => this.refresh()}></hodei-problem>` : nothing}
      <div class="page-head">
        <div><div class="row wrap"><h1>${job.name}</h1><span class="state-slot">${state(job.state)}</span></div>
          <p>${this.summary(job)}</p></div>
        <div class="actions">
          ${this.canCancel() ? html`<button @click=${() => this.cancel()}>Cancel <kbd>c</kbd></button>` : nothing}
          ${this.canKill() ? html`<button @click=${() => this.kill()}>Kill now</button>` : nothing}
          ${this.canRetry() ? html`<button class="solid" @click=${() => this.retry()}>Run again <kbd>r</kbd></button>` : nothing}
        </div>
      </div>
      <div class="stack">
        ${why ? this.explain(why) : nothing}
        <div class="grid-2">
          <div class="stack">
            <section class="panel"><header><h2>${plural(attempts.length, 'attempt')}</h2>${job.losses ? html`<span class="muted small">${plural(job.losses, 'attempt')} lost with an agent</span>` : nothing}</header>
              <div class="body">${attempts.length ? html`<hodei-attempts .job=${job} .attempts=${attempts} .chosen=${this.attempt(job)} @choose=${(event) => amend({ attempt: event.detail, line: '' })}></hodei-attempts>` : html`<p class="muted">It has not been given to an agent yet.</p>`}</div></section>
            <section class="panel flush">
              <hodei-tabs name="Parts of the job" .chosen=${tab} .tabs=${[{ id: 'log', title: 'Log' }, { id: 'spec', title: 'Specification' }, { id: 'result', title: 'Result' }, { id: 'resources', title: 'Resources' }, { id: 'history', title: 'History' }]}
                @choose=${(event) => amend({ tab: event.detail === 'log' ? '' : event.detail })}></hodei-tabs>
              <div class="tab-body">${this.tab(tab, job, attempts)}</div>
            </section>
          </div>
          <aside class="stack" aria-label="Facts">${this.facts(job, attempts)}</aside>
        </div>
      </div>`;
  }

  summary(job) {
    if (job.cancelRequestedAt && !ENDED.has(job.state)) return html`It was asked to end ${ago(job.cancelRequestedAt)}.`;
    if (job.state === 'RUNNING') return html`Running for ${span(between(job.startedAt))} on ${job.agentName ?? 'an agent'}.`;
    if (job.state === 'SCHEDULED') return html`Becomes due ${ago(job.availableAt)}.`;
    if (ENDED.has(job.state)) {
      const took = job.startedAt ? html` after ${span(between(job.startedAt, job.finishedAt))}` : nothing;
      const how = job.exitCode !== undefined && job.exitCode !== null ? html`, exit code ${job.exitCode}` : job.signal ? html`, signal ${job.signal}` : nothing;
      return html`Ended ${ago(job.finishedAt)}${took}${how}${job.reason ? html`. ${job.reason}` : '.'}`;
    }
    return html`Waiting for ${span(between(job.queuedAt ?? job.createdAt))}.`;
  }

  explain(why) {
    if (!why.waiting || !why.reasons?.length) return nothing;
    return html`<section class="panel"><header><h2>Why it waits</h2>${why.position ? html`<span class="muted small">place ${why.positionIsAtLeast ? 'after ' : ''}${count(why.position)} in the queue</span>` : nothing}</header>
      <ul class="list">${why.reasons.map((reason) => html`<li><code class="muted small">${reason.code}</code><span class="grow">${reason.message}</span></li>`)}</ul></section>`;
  }

  attempt(job) {
    return Number(this.route.query.get('attempt')) || job.attempt;
  }

  tab(tab, job, attempts) {
    if (tab === 'spec') return html`<div class="pad">${json({ spec: job.spec, requires: job.requires, timeouts: job.timeouts, retry: job.retry, logLimitBytes: job.logLimitBytes })}</div>`;
    if (tab === 'result') return html`<div class="pad">${job.result === undefined ? empty('No result', 'A job writes its result as JSON to the file that $HODEI_RESULT names; this one did not, or has not ended.') : json(job.result)}</div>`;
    if (tab === 'resources') return html`<hodei-usage .job=${job.id} .attempt=${this.attempt(job)} .active=${this.attempt(job) === job.attempt && !ENDED.has(job.state)}></hodei-usage>`;
    if (tab === 'history') return html`<hodei-history .target=${job.id} .revision=${job.version}></hodei-history>`;
    if (!attempts.length) return empty('No output yet', 'Output appears here as soon as an agent has started the job.', `hodei logs -f ${job.id}`);
    const number = this.attempt(job);
    const shown = attempts.find((each) => each.attempt === number) ?? attempts.at(-1);
    return html`<hodei-log .job=${job.id} .attempt=${shown.attempt} .active=${shown.attempt === job.attempt && !ENDED.has(job.state)} .sizes=${shown.logs} .lines=${this.route.query.get('line') ?? ''}></hodei-log>`;
  }

  facts(job, attempts) {
    const last = attempts.at(-1);
    const retry = job.retry && job.retry.maxAttempts > 1 ? `up to ${job.retry.maxAttempts}, ${(job.retry.backoff ?? 'fixed').toLowerCase()} ${span(duration(job.retry.delay))}` : undefined;
    return html`
      <section class="panel"><div class="body">${facts([
        ['Id', html`<code>${job.id}</code>`],
        ['Pool', html`<a href=${to('pools')}>${job.pool}</a>`],
        ['Priority', `${(job.priority?.lane ?? '').toLowerCase()} ${job.priority?.level ?? ''}`],
        ['Agent', job.agent ? html`<a href=${to('agents', job.agent)}>${job.agentName}</a>` : undefined],
        ['Run', job.runId ? html`<a href=${to('runs', job.runId, { step: job.step })}>${job.step}</a>` : undefined],
        ['Retry of', job.retryOf ? html`<a href=${to('jobs', job.retryOf)}><code>${job.retryOf}</code></a>` : undefined],
        ['Replayed as', job.replayedAs ? html`<a href=${to('jobs', job.replayedAs)}><code>${job.replayedAs}</code></a>` : undefined],
        ['Retries', retry],
        ['Labels', Object.keys(job.labels ?? {}).length ? html`<span class="labels">${labels(job.labels)}</span>` : undefined],
      ])}</div></section>
      <section class="panel"><div class="body">${facts([
        ['Created', time(job.createdAt)],
        ['Queued', job.queuedAt ? time(job.queuedAt) : undefined],
        ['Started', job.startedAt ? time(job.startedAt) : undefined],
        ['Ended', job.finishedAt ? time(job.finishedAt) : undefined],
        ['CPU time', last?.cpuMicros >= 0 ? span(last.cpuMicros / 1000) : undefined],
        ['Peak memory', last?.peakMemoryBytes >= 0 ? bytes(last.peakMemoryBytes) : undefined],
        ['Output', last ? bytes((last.logs?.stdout?.length ?? 0) + (last.logs?.stderr?.length ?? 0)) : undefined],
        ['Processes', last?.treeEnded ? 'all ended' : undefined],
      ])}</div></section>`;
  }
}
customElements.define('hodei-job', Job);
