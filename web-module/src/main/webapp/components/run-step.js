import { Element, html, nothing } from '../core/element.js';
import { get, may, part, post } from '../core/api.js';
import { amend, to } from '../core/router.js';
import { between, span, words } from '../core/format.js';
import { facts, json, state, time } from './basics.js';
import { ask, confirm } from './dialogs.js';
import { attempt } from './toasts.js';
import { icon } from '../core/icons.js';
import './log-view.js';

const OVER = new Set(['SUCCEEDED', 'FAILED', 'SKIPPED', 'CANCELLED']);

/** One step of a run, or one of its instances: what it did, its log, and what can be done about it. Event "changed". */
class RunStep extends Element {
  static properties = { run: { attribute: false }, step: {}, instances: { attribute: false }, attempts: { state: true } };

  willUpdate(changed) {
    if (changed.has('instances') || changed.has('step')) this.readAttempts();
  }

  get only() {
    return this.instances.find((each) => each.step === this.step) ?? (this.instances.length === 1 ? this.instances[0] : undefined);
  }

  async readAttempts() {
    const job = this.only?.job;
    const revision = `${job}/${this.only?.state}`;
    if (revision === this.revision) return;
    this.revision = revision;
    if (!job) {
      this.attempts = undefined;
      return;
    }
    const found = await get(`/jobs/${job}/attempts`).catch(() => null);
    if (revision === this.revision) this.attempts = found?.items;
  }

  async act(verb, question) {
    const answer = question ? await confirm({ ...question, reason: true }) : {};
    if (!answer) return;
    if (await attempt(() => post(`/runs/${this.run.id}/steps/${part(this.only.step)}:${verb}`, answer))) this.dispatchEvent(new CustomEvent('changed'));
  }

  async succeed() {
    const body = await ask((close) => html`<form method="dialog" @submit=${(event) => {
      event.preventDefault();
      const form = new FormData(event.target);
      const text = form.get('outputs').trim();
      try {
        close({ reason: form.get('reason').trim() || undefined, ...(text ? { outputs: JSON.parse(text) } : {}) });
      } catch {
        event.target.elements.outputs.setCustomValidity('This is not JSON.');
        event.target.reportValidity();
      }
    }}><h2>Take ${this.only.step} as succeeded?</h2><p class="soft">Later steps see these outputs and go on.</p>
      <label class="field"><span>Outputs as JSON</span><textarea name="outputs" class="mono" rows="5" placeholder="{}" @input=${(event) => event.target.setCustomValidity('')}></textarea></label>
      <label class="field"><span>Reason</span><input name="reason" maxlength="500" autocomplete="off" placeholder="Stands in the audit trail"></label>
      <div class="buttons"><button type="button" @click=${() => close()}>Back</button><button class="solid">Take as succeeded</button></div></form>`);
    if (body && (await attempt(() => post(`/runs/${this.run.id}/steps/${part(this.only.step)}:succeed`, body)))) this.dispatchEvent(new CustomEvent('changed'));
  }

  render() {
    const { only } = this;
    return html`<section class="panel flush"><header><h2 class="clip" title=${this.step}>${this.step}</h2>${only ? state(only.state) : nothing}<button class="quiet icon mini" aria-label="Close the step" @click=${() => amend({ step: '' })}>${icon('close')}</button></header>
      ${only ? this.one(only) : this.instances.length ? nothing : html`<div class="empty"><p>This step has no instance yet.</p></div>`}${this.list()}</section>`;
  }

  list() {
    const instances = this.instances.filter((each) => each !== this.only);
    if (!instances.length) return nothing;
    return html`<ul class="list tall-list">${instances.map((each) => html`<li>${state(each.state)}<a class="grow clip" href=${to('runs', this.run.id, { step: each.step })}>${each.step}</a><span class="muted num">${each.startedAt ? span(between(each.startedAt, each.finishedAt)) : ''}</span></li>`)}</ul>`;
  }

  one(step) {
    const open = !OVER.has(step.state) && !['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(this.run.state);
    const last = this.attempts?.at(-1);
    return html`<div class="pad stack">
      ${may('RUNS_CONTROL') && open ? html`<div class="row wrap">
        ${step.kind === 'APPROVAL' && step.state !== 'WAITING' ? html`<button class="solid" @click=${() => this.act('approve', { title: `Approve ${step.step}?`, action: 'Approve' })}>Approve…</button><button @click=${() => this.act('reject', { title: `Reject ${step.step}?`, text: 'The step fails.', action: 'Reject' })}>Reject…</button>` : nothing}
        <button @click=${() => this.act('skip', { title: `Skip ${step.step}?`, text: 'Later steps go on as if it had not been there.', action: 'Skip' })}>Skip…</button>
        <button @click=${() => this.succeed()}>Take as succeeded…</button></div>` : nothing}
      ${facts([
        ['Kind', words(step.kind)], ['Reason', step.reason], ['Item', step.for === undefined ? undefined : html`<code>${JSON.stringify(step.for)}</code>`],
        ['Ready', step.readyAt ? time(step.readyAt) : undefined], ['Started', step.startedAt ? time(step.startedAt) : undefined], ['Ended', step.finishedAt ? time(step.finishedAt) : undefined],
        ['Took', step.startedAt ? span(between(step.startedAt, step.finishedAt)) : undefined], ['Due', step.dueAt ? time(step.dueAt) : undefined],
        ['May fail', step.allowFailure ? 'yes' : undefined], ['Job', step.job ? html`<a href=${to('jobs', step.job)}><code>${step.job}</code></a>` : undefined],
        ['Run', step.run ? html`<a href=${to('runs', step.run)}><code>${step.run}</code></a>` : undefined], ['Kept from', step.keptFrom ? html`<a href=${to('runs', step.keptFrom)}><code>${step.keptFrom}</code></a>` : undefined]])}
      ${step.outputs === undefined || step.outputs === null ? nothing : html`<h3>Outputs</h3>${json(step.outputs)}`}</div>
      ${step.job && last ? html`<hodei-log .job=${step.job} .attempt=${last.attempt} .active=${!OVER.has(step.state)} .sizes=${last.logs} .lines=${''}></hodei-log>` : nothing}`;
  }
}
customElements.define('hodei-run-step', RunStep);
