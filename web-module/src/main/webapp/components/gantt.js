import { Element, html, styled } from '../core/element.js';
import { between, millis, moment, span } from '../core/format.js';
import { state } from './basics.js';
import { stateClass } from '../core/icons.js';
import './data-table.js';

/** Steps over time: grey waiting, then running in the colour of the state; the critical path is outlined. Any number of rows. */
class Gantt extends Element {
  static properties = { run: { attribute: false }, steps: { attribute: false }, critical: { attribute: false }, chosen: {} };

  render() {
    const begun = this.steps.filter((step) => step.readyAt || step.startedAt).sort((a, b) => (millis(a.startedAt ?? a.readyAt) ?? 0) - (millis(b.startedAt ?? b.readyAt) ?? 0));
    if (!begun.length) return html`<div class="empty"><h2>Nothing has begun</h2><p>Steps appear as soon as they may start.</p></div>`;
    const from = Math.min(...begun.map((step) => millis(step.readyAt ?? step.startedAt)));
    const to = Math.max(...begun.map((step) => millis(step.finishedAt) ?? Date.now()), from + 1);
    const part = (moment) => ((moment - from) / (to - from)) * 100;
    const columns = [
      { id: 'step', title: 'Step', width: 170, cell: (step) => html`<span title=${step.step}>${step.step}</span>` },
      { id: 'state', title: 'State', width: 116, from: 640, cell: (step) => state(step.state) },
      { id: 'line', title: `${moment(new Date(from).toISOString())} to ${moment(new Date(to).toISOString())}`, cell: (step) => this.bar(step, part) },
      { id: 'took', title: 'Took', width: 88, num: true, cell: (step) => (step.startedAt ? span(between(step.startedAt, step.finishedAt)) : '–') },
    ];
    return html`<div class="gantt"><hodei-table ?fills=${begun.length > 30} class=${begun.length > 30 ? 'tall' : ''} name="Timeline" .columns=${columns} .rows=${begun} .keyOf=${(step) => step.step}
        .open=${(step) => this.dispatchEvent(new CustomEvent('choose', { detail: step.step }))}></hodei-table>
      <div class="table-foot"><span class="legend"><span><i class="k wait"></i>may start, waits for an agent</span><span><i class="k work"></i>runs</span><span><i class="k outlined"></i>on the longest way</span></span></div></div>`;
  }

  bar(step, part) {
    const ready = millis(step.readyAt ?? step.startedAt);
    const started = millis(step.startedAt) ?? millis(step.finishedAt) ?? Date.now();
    const end = millis(step.finishedAt) ?? Date.now();
    const isCritical = this.critical.has(step.step) || this.critical.has(step.step.replace(/\[.*/, ''));
    return html`<span class="track ${isCritical ? 'critical' : ''}" ${styled({ '--from': `${part(ready)}%`, '--size': `${Math.max(0.4, part(end) - part(ready))}%` })}>
      <i class="wait" ${styled({ left: `${part(ready)}%`, width: `${part(started) - part(ready)}%` })}></i><i class="work s-${stateClass(step.state)}" ${styled({ left: `${part(started)}%`, width: `${part(end) - part(started)}%` })}></i></span>`;
  }
}
customElements.define('hodei-gantt', Gantt);
