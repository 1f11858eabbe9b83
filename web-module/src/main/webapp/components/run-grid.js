import { Element, html, nothing, styled } from '../core/element.js';
import { get } from '../core/api.js';
import { to } from '../core/router.js';
import { between, moment, span, words } from '../core/format.js';
import { icon, stateClass } from '../core/icons.js';

const ENDED = new Set(['SUCCEEDED', 'FAILED', 'CANCELLED']);
const MOST_STEPS = 200;
/** Graphs of ended runs do not change. */
const kept = new Map();

/** The last runs as columns, steps as rows. A red column is seen from across the room. */
class RunGrid extends Element {
  static properties = { runs: { attribute: false }, size: { state: true }, graphs: { state: true } };

  constructor() {
    super();
    this.size = 25;
    this.graphs = new Map();
  }

  willUpdate(changed) {
    if (changed.has('runs') || changed.has('size')) this.read();
  }

  async read() {
    const wanted = this.runs.slice(0, this.size);
    const open = wanted.filter((run) => !kept.has(run.id));
    this.graphs = new Map(wanted.filter((run) => kept.has(run.id)).map((run) => [run.id, kept.get(run.id)]));
    // A few at a time: the browser has six connections, and two of them are for what is live.
    for (let at = 0; at < open.length; at += 4) {
      const found = await Promise.all(open.slice(at, at + 4).map((run) => get(`/runs/${run.id}/graph`).then((graph) => [run, new Map(graph.steps.map((step) => [step.id, step]))], () => null)));
      if (!this.isConnected) return;
      for (const [run, steps] of found.filter(Boolean)) {
        if (ENDED.has(run.state)) kept.set(run.id, steps);
        this.graphs.set(run.id, steps);
      }
      this.graphs = new Map(this.graphs);
    }
  }

  render() {
    const runs = this.runs.slice(0, this.size).reverse();
    if (!runs.length) return html`<div class="empty"><h2>It has never run</h2><p>Each run becomes a column here.</p></div>`;
    const took = (run) => between(run.startedAt ?? run.createdAt, run.finishedAt) ?? 0;
    const longest = Math.max(1, ...runs.map(took));
    const all = [...new Set([...this.graphs.values()].flatMap((steps) => [...steps.keys()]))];
    const steps = all.slice(0, MOST_STEPS);
    return html`<div class="pad row"><span class="grow muted small">The newest on the right; height is duration, at most ${span(longest)}.${all.length > MOST_STEPS ? ` The first ${MOST_STEPS} of ${all.length} steps.` : ''}</span>
        <div class="segments" role="group" aria-label="Number of runs">${[25, 50, 100].map((size) => html`<button aria-pressed=${String(size === this.size)} @click=${() => (this.size = size)}>${size}</button>`)}</div></div>
      <div class="grid-runs" tabindex="0" role="region" aria-label="Grid of runs"><table><thead><tr><td></td>${runs.map((run) => html`<th scope="col"><a class="tower s-${stateClass(run.state)}" href=${to('runs', run.id)} ${styled({ '--part': took(run) / longest })}
          title="#${run.number} ${words(run.state)}, ${moment(run.createdAt)}, ${span(took(run))}" aria-label="Run ${run.number}, ${words(run.state)}"></a></th>`)}</tr></thead>
        <tbody>${steps.map((id) => html`<tr><th scope="row" class="clip" title=${id}>${id}</th>${runs.map((run) => this.cell(run, id))}</tr>`)}</tbody></table></div>`;
  }

  cell(run, id) {
    const step = this.graphs.get(run.id)?.get(id);
    if (!step) return html`<td><span class="cell none">·</span></td>`;
    return html`<td><a class="cell s-${stateClass(step.state)}" href=${to('runs', run.id, { step: id })} title="#${run.number} ${id}: ${words(step.state)}" aria-label="${id} in run ${run.number}: ${words(step.state)}">${step.state === 'WAITING' ? nothing : icon(stateClass(step.state))}</a></td>`;
  }
}
customElements.define('hodei-run-grid', RunGrid);
