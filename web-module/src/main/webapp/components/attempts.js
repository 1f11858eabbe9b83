import { Element, html, nothing, styled } from '../core/element.js';
import { between, millis, span } from '../core/format.js';
import { state, time } from './basics.js';
import { stateClass } from '../core/icons.js';

const OPEN = new Set(['LEASED', 'RUNNING']);

/** The attempts of a job on one axis of time: waiting, dispatching, running. */
class Attempts extends Element {
  static properties = { job: { attribute: false }, attempts: { attribute: false }, chosen: { attribute: false } };

  /** Where each attempt's wait began: when the one before it ended, or the job was queued. */
  bars() {
    let waited = millis(this.job.queuedAt ?? this.job.createdAt);
    // A job that came back to the queue says when it was queued last; then the first wait began with its creation.
    if (this.attempts.length > 1) waited = millis(this.job.createdAt);
    return this.attempts.map((each) => {
      const leased = millis(each.leasedAt) ?? waited;
      const end = millis(each.finishedAt) ?? Date.now();
      const started = millis(each.startedAt) ?? end;
      const bar = { each, from: Math.min(waited, leased), leased, started, end };
      waited = end;
      return bar;
    });
  }

  render() {
    const bars = this.bars();
    const from = Math.min(...bars.map((bar) => bar.from));
    const whole = Math.max(1, Math.max(...bars.map((bar) => bar.end)) - from);
    const at = (moment) => `${((moment - from) / whole) * 100}%`;
    const width = (a, b) => `${(Math.max(0, b - a) / whole) * 100}%`;
    return html`<div class="attempts">
      ${bars.map(({ each, from: start, leased, started, end }) => html`
        <button class="attempt quiet" aria-pressed=${String(each.attempt === this.chosen)} @click=${() => this.dispatchEvent(new CustomEvent('choose', { detail: each.attempt }))}
            title="Attempt ${each.attempt}: waiting ${span(leased - start)}, dispatching ${span(started - leased)}, running ${span(end - started)}">
          <span class="who"><b>${each.attempt}</b>${state(each.state)}<span class="muted clip">${each.agentName ?? ''}</span></span>
          <span class="track">
            <i class="wait" ${styled({ left: at(start), width: width(start, leased) })}></i>
            <i class="dispatch s-leased" ${styled({ left: at(leased), width: width(leased, started) })}></i>
            <i class="work s-${stateClass(each.state)}" ${styled({ left: at(started), width: width(started, end) })}></i>
          </span>
          <span class="muted num">${each.startedAt ? span(between(each.startedAt, each.finishedAt ?? undefined)) : OPEN.has(each.state) ? 'starting' : '–'}</span>
        </button>`)}
      <div class="attempts-foot muted small">${time(new Date(from).toISOString())}<span class="legend"><span><i class="k wait"></i>waiting</span><span><i class="k dispatch s-leased"></i>dispatching</span><span><i class="k work"></i>running</span></span><span>${span(whole)}</span></div>
      ${this.reason()}
    </div>`;
  }

  reason() {
    const shown = this.attempts.find((each) => each.attempt === this.chosen);
    return shown?.reason && shown.reason !== this.job.reason ? html`<p class="small soft">Attempt ${shown.attempt}: ${shown.reason}</p>` : nothing;
  }
}
customElements.define('hodei-attempts', Attempts);
