import { LitElement, html, nothing, svg, noChange } from '../vendor/lit-3.3.3/index.js';
import { Directive, directive, PartType } from '../vendor/lit-3.3.3/directive.js';
import { live } from './live.js';

export { html, svg, nothing, noChange, LitElement };
export { repeat } from '../vendor/lit-3.3.3/directives/repeat.js';

/** Components share the page's style sheets and its accessibility tree, so they render into it. */
export class Element extends LitElement {
  createRenderRoot() {
    return this;
  }
}

/** Sets CSS properties by script. A style attribute in a template would be refused by the content security policy. */
class Styled extends Directive {
  constructor(info) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error('styled() stands in the tag, not in an attribute');
  }

  update(part, [values]) {
    for (const [name, value] of Object.entries(values)) {
      if (this[name] !== value) {
        this[name] = value;
        part.element.style.setProperty(name, value);
      }
    }
    return noChange;
  }

  render() {
    return noChange;
  }
}
export const styled = directive(Styled);

/** The shortest time between two readings of a page because of events. */
const CALM = 700;

/**
 * A page: reads what it shows, says what went wrong, and reads again when events of its families arrive.
 * Subclasses give `read(signal)` and `view(data)`; `families` names the events.
 */
export class Page extends Element {
  static properties = { route: { attribute: false }, data: { state: true }, problem: { state: true } };

  constructor() {
    super();
    this.families = [];
    this.lastRead = 0;
  }

  /** What makes it another page; a change of it reads anew. */
  key() {
    return this.route?.path;
  }

  connectedCallback() {
    super.connectedCallback();
    this.cancelLive = live.subscribe(this.families, (events, reset) => this.onEvents(events, reset));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.cancelLive?.();
    this.reading?.abort();
    clearTimeout(this.again);
    clearInterval(this.ticking);
  }

  /** Whether an event concerns this page. */
  concerns(_event) {
    return true;
  }

  onEvents(events, reset) {
    if (reset || events.some((event) => this.concerns(event))) this.refreshSoon();
  }

  refreshSoon() {
    if (this.again) return;
    const wait = Math.max(60, this.lastRead + CALM - Date.now());
    this.again = setTimeout(() => {
      this.again = 0;
      // A reading that takes longer than the time between two events must come to its end nevertheless.
      if (this.reading) this.stale = true;
      else this.refresh();
    }, wait);
  }

  willUpdate(changed) {
    if (changed.has('route') && this.key() !== this.lastKey) {
      this.lastKey = this.key();
      this.data = undefined;
      this.problem = undefined;
      this.refresh();
    }
  }

  async refresh() {
    this.reading?.abort();
    const reading = (this.reading = new AbortController());
    this.stale = false;
    try {
      const data = await this.read(reading.signal);
      if (reading.signal.aborted) return;
      this.data = data;
      this.problem = undefined;
    } catch (e) {
      if (reading.signal.aborted) return;
      if (e.name !== 'Problem') console.error(e);
      this.problem = e;
      if (e.code === 'unreachable') setTimeout(() => this.isConnected && this.refreshSoon(), 2000);
    } finally {
      if (this.reading === reading) {
        this.reading = undefined;
        this.lastRead = Date.now();
        if (this.stale && this.isConnected) this.refreshSoon();
      }
    }
  }

  /** Renders every second, for times that run. */
  tick() {
    this.ticking ??= setInterval(() => document.hidden || this.requestUpdate(), 1000);
  }

  render() {
    if (this.data !== undefined) return this.view(this.data);
    if (this.problem) return html`<hodei-problem .problem=${this.problem} .retry=${() => this.refresh()}></hodei-problem>`;
    return this.skeleton();
  }

  skeleton() {
    return html`<div class="skeleton" aria-busy="true" aria-label="Loading"><i></i><i></i><i></i></div>`;
  }
}
