import { Element, html, noChange, nothing, styled, repeat } from '../core/element.js';
import { onKeys } from '../core/keys.js';
import { icon } from '../core/icons.js';

const ROW = 38;
/** Rows beyond each edge when others are chosen, and how few may be left of them before that: between, a scroll renders nothing. */
const OVERSCAN = 12;
const LEAST = 4;
/** Milliseconds after which a scroll has come to rest. */
const REST = 150;

/**
 * @typedef {{id: string, title: string, cell: (row: any) => unknown, width?: number, from?: number, num?: boolean}} Column
 *   width in px, the rest shares what is left; `from`: the table's width from which the column is shown
 */

/**
 * A table of any length: only rows in sight are in the document. Rows come page by page: event "more" asks for the next.
 *
 * Properties: columns, rows, keyOf(row), open(row), more (whether there are more pages), selected (a Set or undefined), fills
 * (its own scroll box, else it is as long as its rows).
 */
class DataTable extends Element {
  static properties = {
    columns: { attribute: false }, rows: { attribute: false }, keyOf: { attribute: false }, open: { attribute: false },
    more: { attribute: false }, selected: { attribute: false }, fills: { type: Boolean }, name: {}, hidden_: { attribute: false },
    first: { state: true }, last: { state: true }, width: { state: true }, active: { state: true },
  };

  constructor() {
    super();
    this.rows = [];
    this.keyOf = (row) => row.id;
    this.first = 0;
    this.last = 40;
    this.width = 1200;
    this.active = 0;
    this.slots = new Map();
    this.order = [];
    this.made = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.classList.toggle('fills', Boolean(this.fills));
    this.sizes = new ResizeObserver(() => this.measure());
    this.sizes.observe(this);
    this.endKeys = onKeys({ j: () => this.step(1), k: () => this.step(-1), x: () => this.toggle(this.rows[this.active]) });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.sizes.disconnect();
    this.endKeys();
    clearTimeout(this.rest);
    this.scrolling = false;
  }

  get box() {
    return this.querySelector('.table-scroll');
  }

  measure() {
    this.width = this.clientWidth;
    if (!this.fills) return;
    const { scrollTop, clientHeight } = this.box;
    // Kept here because a box that has left the document has forgotten it.
    if (this.isConnected) this.top = scrollTop;
    const top = Math.floor(scrollTop / ROW);
    const bottom = Math.ceil((scrollTop + clientHeight) / ROW);
    if (this.first > Math.max(0, top - LEAST) || this.last < bottom + LEAST) {
      this.first = Math.max(0, top - OVERSCAN);
      this.last = bottom + OVERSCAN;
    }
    if (this.more && bottom + OVERSCAN + 20 > this.rows.length) this.dispatchEvent(new CustomEvent('more'));
  }

  onScroll() {
    this.scrolling = true;
    clearTimeout(this.rest);
    this.rest = setTimeout(() => {
      this.scrolling = false;
      this.requestUpdate();
    }, REST);
    this.measure();
  }

  updated(changed) {
    if (changed.has('rows') || changed.has('more')) queueMicrotask(() => this.isConnected && this.measure());
  }

  /** Whether the newest rows are in sight; then new ones may be put above without a jump. */
  get atTop() {
    return !this.fills || !this.box || this.box.scrollTop < ROW;
  }

  scrollBack(top) {
    this.box.scrollTop = top;
    // The rows that give the box its height may come with this rendering only.
    this.measure();
  }

  step(by) {
    if (!this.rows.length) return;
    this.active = Math.min(this.rows.length - 1, Math.max(0, this.active + (this.contains(document.activeElement) || by < 0 ? by : 0)));
    if (this.fills) {
      const top = this.active * ROW;
      const box = this.box;
      if (top < box.scrollTop) box.scrollTop = top;
      else if (top + 2 * ROW + 34 > box.scrollTop + box.clientHeight) box.scrollTop = top + 2 * ROW + 34 - box.clientHeight;
      this.measure();
    }
    this.updateComplete.then(() => this.querySelector(`tr[data-index='${this.active}']`)?.focus());
  }

  toggle(row) {
    if (!this.selected || !row) return;
    const chosen = new Set(this.selected);
    const key = this.keyOf(row);
    if (!chosen.delete(key)) chosen.add(key);
    this.choose(chosen);
  }

  choose(chosen) {
    this.selected = chosen;
    this.dispatchEvent(new CustomEvent('selection', { detail: chosen }));
  }

  onRowKey(event, row, index) {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Enter') this.open?.(row);
    else if (event.key === ' ') this.toggle(row);
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      this.active = index;
      this.step(event.key === 'ArrowDown' ? 1 : -1);
    } else return;
    event.preventDefault();
  }

  onRowClick(event, row, index) {
    this.active = index;
    // Links and boxes in a row do what they do; marking text is not a click.
    if (event.target.closest('a, button, input, label') || String(getSelection())) return;
    this.open?.(row);
  }

  render() {
    const columns = this.columns.filter((column) => (column.from ?? 0) <= this.width && !this.hidden_?.has(column.id));
    const first = this.fills ? Math.min(this.first, Math.max(0, this.rows.length - 1)) : 0;
    const last = this.fills ? Math.min(this.last, this.rows.length) : this.rows.length;
    const all = this.selected && this.rows.length > 0 && this.rows.every((row) => this.selected.has(this.keyOf(row)));
    const shown = new Map(this.rows.slice(first, last).map((row, at) => [this.keyOf(row), [row, first + at]]));
    const before = this.rendered;
    this.rendered = new Map();
    const bySlot = this.assign(shown);
    const share = (column) => styled({ flex: column.width ? `0 0 ${column.width}px` : '1 1 0px' });
    return html`<div class="table-scroll" @scroll=${() => this.onScroll()} tabindex=${this.fills ? -1 : nothing}>
      <table role="table" aria-rowcount=${this.more ? -1 : this.rows.length + 1} aria-label=${this.name ?? nothing}>
        <thead role="rowgroup"><tr role="row">
          ${this.selected ? html`<th class="tick" scope="col" role="columnheader"><input type="checkbox" aria-label="Select all loaded rows" .checked=${all}
            @change=${(event) => this.choose(new Set(event.target.checked ? this.rows.map(this.keyOf) : []))}></th>` : nothing}
          ${columns.map((column) => html`<th scope="col" role="columnheader" class=${column.num ? 'num' : ''} ${share(column)}>${column.title}</th>`)}
        </tr></thead>
        <tbody role="rowgroup" ${styled({ height: `${this.rows.length * ROW}px` })}>
          ${repeat(this.order, (slot) => slot, (slot) => this.row(...bySlot.get(slot), columns, share, before))}
        </tbody>
      </table></div>`;
  }

  /**
   * Gives each row an element: its own, or one that shows a row no more, as filling it costs less than making one. While somebody
   * scrolls elements stay where they are in the document; when it rests they are put into the order of the rows, in which they are read.
   */
  assign(shown) {
    const before = this.slots;
    // The focus must not pass from one row to another unnoticed.
    const held = this.contains(document.activeElement) ? document.activeElement.closest('tr')?.key : undefined;
    const free = [...before].filter(([key]) => !shown.has(key) && key !== held).map(([, slot]) => slot);
    this.slots = new Map([...shown.keys()].map((key) => [key, before.get(key) ?? free.pop() ?? this.made++]));
    const used = new Set(this.slots.values());
    this.order = this.scrolling ? [...new Set([...this.order, ...used])].filter((slot) => used.has(slot)) : [...used];
    return new Map([...shown].map(([key, found]) => [this.slots.get(key), found]));
  }

  row(row, index, columns, share, before) {
    const key = this.keyOf(row);
    // What has not changed is rendered once a second, for times that run.
    const second = Math.floor(Date.now() / 1000);
    const from = [row, index, this.columns, columns.length, this.hidden_, index === this.active, this.selected?.has(key), second];
    this.rendered.set(key, from);
    // Of a scroll nearly all rows stay what they are.
    if (before?.get(key)?.every((part, at) => part === from[at])) return noChange;
    return html`<tr role="row" .key=${key} class=${this.open ? 'opens' : ''} data-index=${index} aria-rowindex=${index + 2} aria-selected=${this.selected ? String(this.selected.has(key)) : nothing}
        tabindex=${index === this.active ? 0 : -1} ${styled({ top: `${index * ROW}px` })} @keydown=${(event) => this.onRowKey(event, row, index)} @click=${(event) => this.onRowClick(event, row, index)}>
      ${this.selected ? html`<td class="tick" role="cell"><input type="checkbox" tabindex="-1" aria-label="Select ${row.name ?? key}" .checked=${this.selected.has(key)} @change=${() => this.toggle(row)}></td>` : nothing}
      ${columns.map((column) => html`<td role="cell" class=${column.num ? 'num' : ''} ${share(column)}>${column.cell(row)}</td>`)}
    </tr>`;
  }
}
customElements.define('hodei-table', DataTable);

/** The choice of columns: .columns, .hidden (a Set), calls back with the new Set. */
export const columnChoice = (columns, hidden, change) => html`<details class="columns">
  <summary class="button" aria-label="Columns" title="Columns">${icon('columns')}</summary>
  <div class="choices">${columns.map((column) => html`<label class="check"><input type="checkbox" .checked=${!hidden.has(column.id)} @change=${(event) => {
    const next = new Set(hidden);
    if (event.target.checked) next.delete(column.id);
    else next.add(column.id);
    change(next);
  }}>${column.title}</label>`)}</div></details>`;
