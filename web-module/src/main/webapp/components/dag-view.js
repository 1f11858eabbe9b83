import { Element, html, nothing, svg } from '../core/element.js';
import { NODE, curve } from '../core/dag-layout.js';
import { COLLAPSE_ABOVE, layoutOf, shapesOf } from '../core/dag-model.js';
import { icon, stateClass } from '../core/icons.js';
import { count, plural, words } from '../core/format.js';
import { drawFar, drawMap } from './dag-map.js';

const PHASES = [['MAIN', ''], ['ON_FAILURE', 'On failure'], ['FINALLY', 'Finally']];
const KINDS = { APPROVAL: 'approval', TIMER: 'timer', SIGNAL: 'signal', EVENT: 'event', PIPELINE: 'pipeline', TEMPLATE: 'template' };
const BAND = 34;
const READABLE = 0.72;
/** Below this, names cannot be read: the graph is painted instead of built. */
const FAR = 0.35;
const MOST_DRAWN = 900;

/** The picture of a graph. Properties: steps, critical (Set of ids), chosen; event "choose" with a step's id. */
class DagView extends Element {
  static properties = {
    steps: { attribute: false }, critical: { attribute: false }, chosen: {}, picture: { state: true },
    view: { state: true }, whole: { state: true }, opened: { state: true },
  };

  constructor() {
    super();
    this.view = { x: 0, y: 0, zoom: 1 };
    this.opened = new Set();
    this.critical = new Set();
  }

  connectedCallback() {
    super.connectedCallback();
    this.sizes = new ResizeObserver(() => this.picture && (this.touched ? this.requestUpdate() : this.fit()));
    this.sizes.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  willUpdate(changed) {
    if (changed.has('steps') || changed.has('whole') || changed.has('opened')) this.draw();
  }

  get collapses() {
    return (this.steps?.length ?? 0) > COLLAPSE_ABOVE && !this.whole;
  }

  async draw() {
    const { shapes, groupOf } = shapesOf(this.steps, this.collapses, this.opened);
    const before = this.picture;
    const signature = shapes.map((shape) => shape.id).join();
    const drawn = new Map(shapes.map((shape) => [shape.id, shape]));
    if (before?.signature === signature) {
      this.picture = { ...before, shapes: drawn, groupOf };
      return;
    }
    const bands = [];
    let top = 0;
    let width = 0;
    for (const [phase, title] of PHASES) {
      const mine = shapes.filter((shape) => (shape.phase ?? 'MAIN') === phase);
      if (!mine.length) continue;
      const laid = await layoutOf(mine);
      if (title) top += BAND;
      bands.push({ title, top, ...laid });
      top += laid.height + 16;
      width = Math.max(width, laid.width);
    }
    const places = new Map(bands.flatMap((band) => band.nodes.map((node) => [node.id, { x: node.x, y: node.y + band.top }])));
    const edges = bands.flatMap((band) => band.edges.map((edge) => ({ ...edge, top: band.top, path: curve(edge.points.map((value, at) => (at % 2 ? value + band.top : value))), box: boxOf(edge.points, band.top) })));
    this.picture = { signature, shapes: drawn, groupOf, bands, places, edges, width, height: top };
    this.touched = false;
    this.updateComplete.then(() => this.fit());
  }

  get canvas() {
    return this.querySelector('.dag');
  }

  /** All of it. At first only as small as it stays readable; then its beginning is in sight, or what runs or has failed. */
  fit(smallest = READABLE) {
    const { clientWidth: width, clientHeight: height } = this.canvas ?? {};
    if (!width || !this.picture) return;
    const zoom = Math.min(1, Math.max(smallest, Math.min((width - 48) / this.picture.width, (height - 48) / this.picture.height)));
    this.view = { zoom, x: Math.max(24, (width - this.picture.width * zoom) / 2), y: Math.max(24, (height - this.picture.height * zoom) / 2) };
    const first = this.picture.places.get(this.picture.shapes.keys().next().value);
    if (this.picture.height * zoom > height - 48 && first && smallest === READABLE) this.view = { ...this.view, y: Math.min(24, height / 2 - (first.y + NODE.height / 2) * zoom) };
  }

  zoomBy(factor, atX = this.canvas.clientWidth / 2, atY = this.canvas.clientHeight / 2) {
    const zoom = Math.min(2, Math.max(0.05, this.view.zoom * factor));
    const real = zoom / this.view.zoom;
    this.touched = true;
    this.view = { zoom, x: atX - (atX - this.view.x) * real, y: atY - (atY - this.view.y) * real };
  }

  /** Brings a step into the middle, at a readable size. */
  show(id) {
    const place = this.picture?.places.get(this.picture.groupOf.get(id) ?? id);
    if (!place) return;
    const zoom = Math.max(0.8, this.view.zoom);
    this.touched = true;
    this.view = { zoom, x: this.canvas.clientWidth / 2 - (place.x + NODE.width / 2) * zoom, y: this.canvas.clientHeight / 2 - (place.y + NODE.height / 2) * zoom };
  }

  choose(shape) {
    if (shape.members) this.opened = new Set([...this.opened, shape.id]);
    else this.dispatchEvent(new CustomEvent('choose', { detail: shape.id }));
  }

  nextFailure() {
    const failed = this.steps.filter((step) => step.state === 'FAILED').map((step) => step.id);
    const next = failed[(failed.indexOf(this.chosen) + 1) % failed.length];
    this.show(next);
    this.dispatchEvent(new CustomEvent('choose', { detail: next }));
  }

  onDown(event) {
    if (event.button !== 0) return;
    this.drag = { x: event.clientX, y: event.clientY, view: this.view, moved: false };
  }

  onMove(event) {
    if (!this.drag) return;
    const [dx, dy] = [event.clientX - this.drag.x, event.clientY - this.drag.y];
    if (!this.drag.moved && Math.hypot(dx, dy) < 4) return;
    if (!this.drag.moved) this.canvas.setPointerCapture(event.pointerId);
    this.drag.moved = this.touched = true;
    this.view = { ...this.view, x: this.drag.view.x + dx, y: this.drag.view.y + dy };
  }

  onUp() {
    setTimeout(() => (this.drag = undefined));
  }

  onWheel(event) {
    event.preventDefault();
    const box = this.canvas.getBoundingClientRect();
    if (event.ctrlKey || event.metaKey) this.zoomBy(Math.exp(-event.deltaY / 200), event.clientX - box.left, event.clientY - box.top);
    else {
      this.touched = true;
      this.view = { ...this.view, x: this.view.x - event.deltaX, y: this.view.y - event.deltaY };
    }
  }

  /** Arrow keys walk along edges and inside of a layer. */
  onKey(event, shape) {
    const { shapes, places } = this.picture;
    const here = places.get(shape.id);
    let next;
    if (event.key === 'Enter' || event.key === ' ') this.choose(shape);
    else if (event.key === 'ArrowLeft') next = shape.dependsOn[0];
    else if (event.key === 'ArrowRight') next = [...shapes.values()].find((each) => each.dependsOn.includes(shape.id))?.id;
    else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      const sign = event.key === 'ArrowUp' ? -1 : 1;
      next = [...places].filter(([, place]) => place.x === here.x && (place.y - here.y) * sign > 0).sort((a, b) => (a[1].y - b[1].y) * sign)[0]?.[0];
    } else return;
    event.preventDefault();
    if (next && shapes.has(next)) {
      this.focused = next;
      this.show(next);
      this.updateComplete.then(() => this.querySelector('.node[tabindex="0"]')?.focus());
    }
  }

  updated() {
    // Wheel listeners of templates are passive in some browsers; this one must be able to keep the page from scrolling.
    const canvas = this.canvas;
    if (canvas && !canvas.listens) {
      canvas.listens = true;
      canvas.addEventListener('wheel', (event) => this.onWheel(event), { passive: false });
    }
    const far = this.querySelector('canvas.far');
    if (far && this.picture) drawFar(far, this.picture, this.view, this.critical);
    const map = this.querySelector('canvas.map');
    if (map && this.picture) drawMap(map, this.picture, this.view, canvas);
  }

  render() {
    const failed = (this.steps ?? []).filter((step) => step.state === 'FAILED').length;
    return html`<div class="dag" @pointerdown=${this.onDown} @pointermove=${this.onMove} @pointerup=${this.onUp} @pointercancel=${this.onUp}>
      ${this.picture ? (this.view.zoom < FAR ? this.fromAfar() : this.drawing()) : html`<p class="muted pad">Drawing ${plural(this.steps?.length ?? 0, 'step')}…</p>`}
      <div class="dag-tools" @pointerdown=${(event) => event.stopPropagation()}>
        ${failed ? html`<button class="mini s-failed" @click=${() => this.nextFailure()}>${icon('failed')}${failed === 1 ? 'To the failure' : `To the next of ${count(failed)} failures`}</button>` : nothing}
        ${(this.steps?.length ?? 0) > COLLAPSE_ABOVE ? html`<button class="mini" @click=${() => { this.whole = !this.whole; this.opened = new Set(); }}>${this.whole ? 'Join alike steps' : 'Show every step'}</button>` : nothing}
        <button class="mini icon" aria-label="Smaller" @click=${() => this.zoomBy(1 / 1.3)}>${icon('minus')}</button>
        <button class="mini icon" aria-label="Larger" @click=${() => this.zoomBy(1.3)}>${icon('plus')}</button>
        <button class="mini icon" aria-label="Show all" title="Show all" @click=${() => { this.touched = true; this.fit(0.03); }}>${icon('fit')}</button>
      </div>
      <canvas class="map" width="320" height="180" aria-hidden="true" ?hidden=${!this.picture || this.picture.width * this.view.zoom < (this.canvas?.clientWidth ?? 9e9)} @pointerdown=${(event) => this.onMap(event)} @pointermove=${(event) => event.buttons && this.onMap(event)}></canvas>
    </div>`;
  }

  onMap(event) {
    event.stopPropagation();
    const box = event.target.getBoundingClientRect();
    const scale = Math.min(box.width / this.picture.width, box.height / this.picture.height);
    const { zoom } = this.view;
    this.touched = true;
    this.view = { zoom, x: this.canvas.clientWidth / 2 - ((event.clientX - box.left) / scale) * zoom, y: this.canvas.clientHeight / 2 - ((event.clientY - box.top) / scale) * zoom };
  }

  drawing() {
    const { shapes, places, edges, bands } = this.picture;
    const { x, y, zoom } = this.view;
    const { clientWidth = 1200, clientHeight = 600 } = this.canvas ?? {};
    const sight = { left: -x / zoom - 60, top: -y / zoom - 60, right: (clientWidth - x) / zoom + 60, bottom: (clientHeight - y) / zoom + 60 };
    const seen = [...shapes.values()].filter((shape) => {
      const place = places.get(shape.id);
      return place && place.x < sight.right && place.x + NODE.width > sight.left && place.y < sight.bottom && place.y + NODE.height > sight.top;
    });
    const drawn = seen.slice(0, MOST_DRAWN);
    const focus = drawn.some((shape) => shape.id === this.focused) ? this.focused : drawn[0]?.id;
    return html`<svg role="group" aria-label="Graph of ${plural(this.steps.length, 'step')}"><g transform="translate(${x},${y}) scale(${zoom})">
      ${bands.map((band) => (band.title ? svg`<text class="band" x="0" y=${band.top - 12}>${band.title}</text>` : nothing))}
      ${edges.filter(({ box }) => box.left < sight.right && box.right > sight.left && box.top < sight.bottom && box.bottom > sight.top).map((edge) => svg`<path class="edge ${this.critical.has(edge.from) && this.critical.has(edge.to) ? 'critical' : ''}" d=${edge.path}></path>`)}
      ${drawn.map((shape) => this.node(shape, places.get(shape.id), shape.id === focus))}</g></svg>`;
  }

  fromAfar() {
    return html`<canvas class="far" role="img" aria-label="Graph of ${plural(this.steps.length, 'step')}, from afar" @click=${(event) => this.onFarClick(event)}></canvas>`;
  }

  /** A click from afar goes nearer. */
  onFarClick(event) {
    if (this.drag?.moved) return;
    const box = event.target.getBoundingClientRect();
    this.zoomBy(0.8 / this.view.zoom, event.clientX - box.left, event.clientY - box.top);
  }

  node(shape, place, focus) {
    const cls = `node s-${stateClass(shape.state)} ${this.critical.has(shape.id) ? 'critical' : ''} ${this.chosen === shape.id ? 'chosen' : ''} ${shape.members ? 'group' : ''}`;
    const note = shape.members ? `${plural(shape.members.length, 'step')}: ${Object.entries(shape.counts).map(([state, many]) => `${many} ${words(state)}`).join(', ')}` : words(shape.state);
    return svg`<foreignObject x=${place.x} y=${place.y} width=${NODE.width} height=${NODE.height}><button class=${cls} tabindex=${focus ? 0 : -1} title="${shape.id}: ${note}"
      @click=${() => !this.drag?.moved && this.choose(shape)} @keydown=${(event) => this.onKey(event, shape)}>${icon(stateClass(shape.state))}<span class="clip grow">${shape.id}</span>${
        shape.members ? html`<b>${count(shape.members.length)}</b>` : KINDS[shape.kind] ? html`<span class="kind">${KINDS[shape.kind]}</span>` : nothing}<span class="sr">, ${note}</span></button></foreignObject>`;
  }
}
customElements.define('hodei-dag', DagView);

function boxOf(points, top) {
  const xs = points.filter((_, at) => at % 2 === 0);
  const ys = points.filter((_, at) => at % 2 === 1);
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys) + top, bottom: Math.max(...ys) + top };
}
