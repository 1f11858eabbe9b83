import { Element, html, nothing, svg, styled } from '../core/element.js';
import { get, part } from '../core/api.js';
import { bytes, span } from '../core/format.js';
import { empty } from './basics.js';

/** Pictures come from the agent every 5 s at most; the last one is stored within about a second of the end. */
const EVERY = 5000;
const AFTER_THE_END = 1500;

const cores = (value) => (value < 10 ? value.toFixed(2) : value.toFixed(1));
const most = (values) => values.reduce((a, b) => Math.max(a, b), 0);

/** The next round number above: 1, 2, 4, 5 or 10 times a power of ten. */
function roundCores(value) {
  if (value <= 0.1) return 0.1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 5, 10].map((step) => step * power).find((step) => step >= value - 1e-9) ?? value;
}

/** The same for sizes: a power of two, so that its half is as round. */
const roundBytes = (value) => 2 ** Math.ceil(Math.log2(Math.max(1024, value)));

/**
 * One measure over the life of an attempt: a level per step, because a point tells of all its step, not of a moment.
 * Properties: name, values, top (the value at the upper edge), unit (formats a value), step and covered in milliseconds.
 */
class UsageChart extends Element {
  static properties = { name: {}, cls: {}, values: { attribute: false }, top: { attribute: false }, unit: { attribute: false }, step: { attribute: false }, covered: { attribute: false }, at: { state: true } };

  move(event) {
    const plot = this.querySelector('.plot').getBoundingClientRect();
    this.point(Math.floor((((event.clientX - plot.left) / plot.width) * this.covered) / this.step));
  }

  onKey(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.point((this.at ?? this.values.length - (step > 0 ? 1 : 0)) + step);
  }

  point(at) {
    this.at = Math.max(0, Math.min(this.values.length - 1, at));
  }

  /** Where a step ends, in hundredths of the width. */
  x(point) {
    return (Math.min(point * this.step, this.covered) / this.covered) * 100;
  }

  render() {
    const y = (value) => (100 - (Math.min(value, this.top) / this.top) * 100).toFixed(2);
    const line = this.values.map((value, at) => `${this.x(at).toFixed(2)},${y(value)} ${this.x(at + 1).toFixed(2)},${y(value)}`).join(' ');
    const marks = [0, 0.5, 1];
    const shown = this.at !== undefined && this.at < this.values.length;
    return html`<div class="chart ${this.cls}" role="img" tabindex="0" aria-label=${this.summary()} @pointermove=${this.move} @pointerleave=${() => (this.at = undefined)} @keydown=${this.onKey} @blur=${() => (this.at = undefined)}>
      <div class="plot"><svg viewBox="0 0 100 100" preserveAspectRatio="none">
        ${marks.map((mark) => svg`<line class="grid" x1="0" x2="100" y1=${100 - mark * 100} y2=${100 - mark * 100}></line>`)}
        ${shown ? svg`<rect class="chosen" x=${this.x(this.at)} width=${this.x(this.at + 1) - this.x(this.at)} y="0" height="100"></rect>` : nothing}
        <polygon class="spark-area" points="0,100 ${line} 100,100"></polygon><polyline class="line" points=${line}></polyline>
      </svg>
      ${marks.map((mark) => html`<span class="y" ${styled({ top: `${100 - mark * 100}%`, right: 'calc(100% + 6px)' })}>${this.unit(this.top * mark)}</span>`)}
      ${marks.map((mark) => html`<span class="x" ${styled({ left: `${mark * 100}%`, bottom: '-20px', transform: `translateX(-${mark * 100}%)` })}>${mark ? span(this.covered * mark) : 'start'}</span>`)}
      ${shown ? this.tip() : nothing}</div></div>`;
  }

  tip() {
    const share = this.x(this.at);
    return html`<div class="tip" ${styled({ left: share > 60 ? 'auto' : `calc(${share}% + 10px)`, right: share > 60 ? `calc(${100 - share}% + 10px)` : 'auto' })}>
      <b>${when(this, this.at)}</b><div><span>${this.name}</span><b>${this.unit(this.values[this.at])}</b></div></div>`;
  }

  summary() {
    const top = most(this.values);
    return `${this.name} over ${span(this.covered)}: most ${this.unit(top)} at ${when(this, this.values.indexOf(top))}, last ${this.unit(this.values.at(-1) ?? 0)}.`;
  }
}
customElements.define('hodei-usage-chart', UsageChart);

/** From when to when after the start a point tells. */
function when({ step, covered }, at) {
  return `${at ? span(at * step) : '0 s'} – ${span(Math.min((at + 1) * step, covered))}`;
}

/** What an attempt of a job used, live while it runs. Properties: job, attempt (0: none yet), active. */
class Usage extends Element {
  static properties = { job: {}, attempt: { attribute: false }, active: { attribute: false }, usage: { state: true }, problem: { state: true } };

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.again);
    this.reading?.abort();
  }

  connectedCallback() {
    super.connectedCallback();
    // Put back into the page without another change of its properties.
    if (this.usage) this.read();
  }

  willUpdate(changed) {
    if (changed.has('job') || changed.has('attempt')) {
      this.usage = undefined;
      this.read();
    } else if (changed.has('active')) {
      this.read();
      if (!this.active) this.readIn(AFTER_THE_END);
    }
  }

  readIn(wait) {
    clearTimeout(this.again);
    this.again = setTimeout(() => (document.hidden && this.active ? this.readIn(EVERY) : this.read()), wait);
  }

  async read() {
    this.reading?.abort();
    const reading = (this.reading = new AbortController());
    try {
      const usage = await get(`/jobs/${part(this.job)}/resources`, { attempt: this.attempt || undefined }, reading.signal);
      if (reading.signal.aborted) return;
      this.usage = usage;
      this.problem = undefined;
    } catch (e) {
      if (reading.signal.aborted) return;
      this.problem = e;
    }
    if (this.active && this.isConnected) this.readIn(EVERY);
  }

  render() {
    const { usage } = this;
    if (this.problem && !usage) return html`<div class="pad"><hodei-problem .problem=${this.problem} .retry=${() => this.read()}></hodei-problem></div>`;
    if (!usage) return nothing;
    if (!usage.cpuCores.length) return empty('Nothing to draw', usage.note);
    const { stepMillis: step, coveredMillis: covered, cpuCores, memoryBytes } = usage;
    const topCores = roundCores(most(cpuCores));
    const topBytes = roundBytes(most(memoryBytes));
    return html`<div class="pad stack usage">
      ${this.problem ? html`<hodei-problem .problem=${this.problem} .retry=${() => this.read()}></hodei-problem>` : nothing}
      <section><h3>CPU <span class="muted small">cores, at most ${cores(most(cpuCores))}</span></h3>
        <hodei-usage-chart name="CPU cores" cls="c-1" .values=${cpuCores} .top=${topCores} .unit=${cores} .step=${step} .covered=${covered}></hodei-usage-chart></section>
      <section><h3>Memory <span class="muted small">resident, at most ${bytes(most(memoryBytes))}</span></h3>
        <hodei-usage-chart name="Memory" cls="c-2" .values=${memoryBytes} .top=${topBytes} .unit=${bytes} .step=${step} .covered=${covered}></hodei-usage-chart></section>
      <p class="small muted">Attempt ${usage.attempt}, all its processes together; a point covers ${span(step)}. ${this.active ? 'The last seconds come with the next picture of the agent.' : nothing}</p>
      ${this.table(usage)}</div>`;
  }

  /** The same for who does not see the lines. */
  table(usage) {
    return html`<details><summary class="small muted">As a table</summary><table class="simple"><thead><tr><th>After the start</th><th class="num">CPU cores</th><th class="num">Memory</th></tr></thead><tbody>${usage.cpuCores.map(
      (value, at) => html`<tr><td>${when({ step: usage.stepMillis, covered: usage.coveredMillis }, at)}</td><td class="num">${cores(value)}</td><td class="num">${bytes(usage.memoryBytes[at])}</td></tr>`)}</tbody></table></details>`;
  }
}
customElements.define('hodei-usage', Usage);
