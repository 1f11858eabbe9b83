import { Element, html, nothing, svg, styled } from '../core/element.js';
import { compact } from '../core/format.js';

/** A line without axes: the shape of the last hour. */
class Spark extends Element {
  static properties = { values: { attribute: false } };

  render() {
    const values = (this.values ?? []).filter((value) => value !== null && value !== undefined);
    if (values.length < 2) return nothing;
    const points = scale(values, Math.max(1, ...values));
    return html`<svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      <polygon class="spark-area" points="0,100 ${points} 100,100"></polygon><polyline class="spark-line" points=${points}></polyline></svg>`;
  }
}
customElements.define('hodei-spark', Spark);

const scale = (values, most) => values.map((value, at) => `${((at / (values.length - 1)) * 100).toFixed(2)},${(100 - (value / most) * 96 - 2).toFixed(2)}`).join(' ');

/**
 * Lines over time with axes. Properties: times (ISO), series [{name, values, cls, dashed}], unit (formats a value).
 * The values under the pointer, or chosen by the arrow keys, stand in a box.
 */
class Chart extends Element {
  static properties = { times: { attribute: false }, series: { attribute: false }, unit: { attribute: false }, name: {}, at: { state: true } };

  constructor() {
    super();
    this.unit = compact;
  }

  move(event) {
    const plot = this.querySelector('.plot').getBoundingClientRect();
    const share = (event.clientX - plot.left) / plot.width;
    this.at = Math.max(0, Math.min(this.times.length - 1, Math.round(share * (this.times.length - 1))));
  }

  onKey(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.at = Math.max(0, Math.min(this.times.length - 1, (this.at ?? this.times.length - 1) + step));
  }

  render() {
    const times = this.times ?? [];
    if (times.length < 2) return html`<div class="chart"></div>`;
    const most = niceTop(Math.max(1, ...this.series.flatMap((each) => each.values.map((value) => value ?? 0))));
    const clock = (text) => new Date(text).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
    const marks = [0, 0.5, 1];
    const share = this.at === undefined ? 0 : (this.at / (times.length - 1)) * 100;
    return html`<div class="legend" aria-hidden="true">${this.series.map((each) => html`<span class=${each.cls}><i class=${each.dashed ? 'dashed' : ''}></i>${each.name}</span>`)}</div>
      <div class="chart" role="img" tabindex="0" aria-label=${this.summary(times, clock)} @pointermove=${this.move} @pointerleave=${() => (this.at = undefined)} @keydown=${this.onKey} @blur=${() => (this.at = undefined)}>
        <div class="plot"><svg viewBox="0 0 100 100" preserveAspectRatio="none">
          ${marks.map((mark) => svg`<line class="grid" x1="0" x2="100" y1=${100 - mark * 100} y2=${100 - mark * 100}></line>`)}
          ${this.at === undefined ? nothing : svg`<line class="cursor" x1=${share} x2=${share} y1="0" y2="100"></line>`}
          ${this.series.map((each) => svg`<polyline class="line ${each.cls} ${each.dashed ? 'dashed' : ''}" points=${points(each.values, most)}></polyline>`)}
        </svg>
        ${marks.map((mark) => html`<span class="y" ${styled({ top: `${100 - mark * 100}%`, right: 'calc(100% + 6px)' })}>${this.unit(most * mark)}</span>`)}
        ${[0, 0.5, 1].map((mark) => html`<span class="x" ${styled({ left: `${mark * 100}%`, bottom: '-20px', transform: `translateX(-${mark * 100}%)` })}>${clock(times[Math.round(mark * (times.length - 1))])}</span>`)}
        ${this.at === undefined ? nothing : html`<div class="tip" ${styled({ left: share > 60 ? 'auto' : `calc(${share}% + 10px)`, right: share > 60 ? `calc(${100 - share}% + 10px)` : 'auto' })}>
          <b>${clock(times[this.at])}</b>${this.series.map((each) => html`<div><span>${each.name}</span><b>${each.values[this.at] === null || each.values[this.at] === undefined ? '–' : this.unit(each.values[this.at])}</b></div>`)}</div>`}
        </div></div>`;
  }

  summary(times, clock) {
    const last = this.series.map((each) => `${each.name} ${this.unit(each.values.findLast((value) => value !== null && value !== undefined) ?? 0)}`).join(', ');
    return `${this.name}, ${clock(times[0])} to ${clock(times.at(-1))}. Last: ${last}.`;
  }
}
customElements.define('hodei-chart', Chart);

/** Minutes without a value leave the line where it was: nothing is made up between two points. */
function points(values, most) {
  const parts = [];
  values.forEach((value, at) => {
    if (value !== null && value !== undefined) parts.push(`${((at / (values.length - 1)) * 100).toFixed(2)},${(100 - (value / most) * 100).toFixed(2)}`);
  });
  return parts.join(' ');
}

function niceTop(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 5, 10].map((step) => step * power).find((step) => step >= value) ?? value;
}
