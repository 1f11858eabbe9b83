import { Element, html, nothing } from '../core/element.js';
import { plain } from '../core/ansi.js';
import { count, plural } from '../core/format.js';

const MOST = 5000;

/** Finds text in a log: here when it is kept whole, else the server does it. */
class LogSearch extends Element {
  static properties = { view: { attribute: false }, hits: { state: true }, at: { state: true }, busy: { state: true }, problem: { state: true }, open: { state: true } };

  constructor() {
    super();
    this.hits = null;
    this.at = 0;
  }

  async search(text) {
    this.text = text;
    this.problem = undefined;
    this.next = undefined;
    this.view.rows.find(text);
    if (!text) {
      this.hits = null;
      return;
    }
    this.busy = true;
    try {
      this.hits = this.view.log.whole ? this.here(text) : await this.there(text);
      this.at = 0;
      if (this.hits.length) this.view.goTo(this.hits[0].line);
    } catch (e) {
      this.problem = e;
      this.hits = null;
    }
    this.busy = false;
  }

  here(text) {
    const sought = text.toLowerCase();
    const hits = [];
    const { log } = this.view;
    for (let index = 0; index < log.count && hits.length < MOST; index++) {
      const line = log.line(index);
      if (line.no && plain(line.text).toLowerCase().includes(sought)) hits.push({ line: line.no });
    }
    return hits;
  }

  async there(text) {
    const found = await this.view.log.search(text);
    this.next = found.next;
    return found.items;
  }

  async step(by) {
    if (!this.hits?.length) return;
    if (by > 0 && this.at === this.hits.length - 1 && this.next) {
      const found = await this.view.log.search(this.text, this.next);
      this.next = found.next;
      this.hits = [...this.hits, ...found.items];
    }
    this.at = (this.at + by + this.hits.length) % this.hits.length;
    this.view.goTo(this.hits[this.at].line);
  }

  onKey(event) {
    if (event.key === 'Enter') {
      event.preventDefault();
      if (event.target.value !== this.text) this.search(event.target.value);
      else this.step(event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape') {
      event.target.value = '';
      this.search('');
      event.target.blur();
    }
  }

  render() {
    return html`<div class="log-search">
      <input type="search" data-find aria-label="Search in the log" placeholder="Search, then Enter" spellcheck="false" autocomplete="off" @keydown=${this.onKey} @search=${(event) => event.target.value || this.search('')}>
      <span class="muted small nowrap" role="status">${this.busy ? 'Searching…' : this.problem ? this.problem.message : this.hits ? (this.hits.length ? `${count(this.at + 1)} of ${count(this.hits.length)}${this.next ? '+' : ''}` : 'Not found') : nothing}</span>
      ${this.hits?.length ? html`<span class="sr">${plural(this.hits.length, 'line')}</span>` : nothing}</div>`;
  }
}
customElements.define('hodei-log-search', LogSearch);
