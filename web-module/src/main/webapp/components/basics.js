// Small parts that every page uses.

import { Element, html, nothing } from '../core/element.js';
import { icon, stateClass } from '../core/icons.js';
import { full, moment, relative, words } from '../core/format.js';
import { toast } from './toasts.js';

/** A state: shape, word and colour. */
export const state = (name) =>
  name ? html`<span class="state s-${stateClass(name)}">${icon(stateClass(name))}<span>${words(name)}</span></span>` : nothing;

/** A time with its full form as title. */
export const time = (text) => html`<time datetime=${text ?? nothing} title=${full(text)}>${moment(text)}</time>`;
export const ago = (text) => html`<time datetime=${text ?? nothing} title=${full(text)}>${relative(text)}</time>`;

export const labels = (map) => Object.entries(map ?? {}).map(([key, value]) => html`<span class="label"><span>${key}</span>${value === '' ? nothing : html`<b>${value}</b>`}</span>`);

/** @param {[string, unknown][]} pairs what is undefined is left out */
export const facts = (pairs) => html`<dl class="facts">${pairs.filter(([, value]) => value !== undefined && value !== null && value !== '').map(
  ([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;

/** What stands where nothing is: why, and what to do next. */
export const empty = (title, why, command) => html`<div class="empty"><h2>${title}</h2><p>${why}</p>${command ? html`<hodei-command .text=${command}></hodei-command>` : nothing}</div>`;

export const json = (value) => html`<pre class="code" tabindex="0">${JSON.stringify(value, null, 2)}</pre>`;

export async function copy(text, what = 'Copied') {
  try {
    await navigator.clipboard.writeText(text);
    toast(what, 'ok');
  } catch {
    toast('The browser did not allow copying. Select the text and copy it yourself.', 'bad');
  }
}

class Problem extends Element {
  static properties = { problem: { attribute: false }, retry: { attribute: false } };

  render() {
    const { problem } = this;
    if (!problem) return nothing;
    return html`<div class="problem s-failed" role="alert">${icon('warning')}
      <div><b>${problem.message}</b>
        ${problem.errors?.length ? html`<ul>${problem.errors.map((each) => html`<li><code>${each.pointer}</code> ${each.message}</li>`)}</ul>` : nothing}
        ${problem.remedy ? html`<p>${problem.remedy}</p>` : nothing}
        <p class="muted small">${problem.code ? html`<code>${problem.code}</code>` : nothing}${problem.traceId ? html` · trace <code>${problem.traceId}</code>` : nothing}</p>
        ${this.retry ? html`<button class="mini" @click=${this.retry}>Try again</button>` : nothing}</div></div>`;
  }
}
customElements.define('hodei-problem', Problem);

/** A line to copy. */
class Command extends Element {
  static properties = { text: { attribute: false } };

  render() {
    return html`<div class="command"><code tabindex="0">${this.text}</code><button class="quiet icon mini" aria-label="Copy the command" title="Copy" @click=${() => copy(this.text)}>${icon('copy')}</button></div>`;
  }
}
customElements.define('hodei-command', Command);

/** Tabs whose choice is the page's: .tabs=[{id, title, count}], .chosen, event "choose". */
class Tabs extends Element {
  static properties = { tabs: { attribute: false }, chosen: {}, name: {} };

  choose(id) {
    this.dispatchEvent(new CustomEvent('choose', { detail: id }));
  }

  onKey(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const ids = this.tabs.map((tab) => tab.id);
    this.choose(ids[(ids.indexOf(this.chosen) + step + ids.length) % ids.length]);
    this.updateComplete.then(() => this.querySelector('[aria-selected=true]')?.focus());
  }

  render() {
    return html`<div class="tabs" role="tablist" aria-label=${this.name ?? 'Views'} @keydown=${this.onKey}>${this.tabs.map((tab) => html`
      <button role="tab" aria-selected=${tab.id === this.chosen} tabindex=${tab.id === this.chosen ? 0 : -1} @click=${() => this.choose(tab.id)}>${tab.title}${
        tab.count === undefined ? nothing : html`<span class="muted">${tab.count}</span>`}</button>`)}</div>`;
  }
}
customElements.define('hodei-tabs', Tabs);
