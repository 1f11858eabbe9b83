import { Element, html, noChange, nothing, styled, repeat } from '../core/element.js';
import { onKeys } from '../core/keys.js';
import { icon } from '../core/icons.js';

const ROW = 38;
const OVERSCAN = 8;

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
    const first = Math.max(0, Math.floor(scrollTop / ROW) - OVERSCAN);
    const last = Math.ceil((scrollTop + clientHeight) / ROW) + OVERSCAN;
    // A step of rows at a time: not every pixel of a scroll is a rendering.
    if (Math.abs(first - this.first) >= OVERSCAN / 2 || first === 0 || last !== this.last) {
      this.first = first;
      this.last = last;
    }
    if (this.more && last + 20 > this.rows.length) this.dispatchEvent(new CustomEvent('more'));
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
    const span = columns.length + (this.selected ? 1 : 0);
    const before = this.rendered;
    this.rendered = new Map();
    return html`<div class="table-scroll" @scroll=${() => this.measure()} tabindex=${this.fills ? -1 : nothing}>
      <table aria-rowcount=${this.more ? -1 : this.rows.length + 1} aria-label=${this.name ?? nothing}>
        <thead><tr>
          ${this.selected ? html`<th class="tick" scope="col"><input type="checkbox" aria-label="Select all loaded rows" .checked=${all}
            @change=${(event) => this.choose(new Set(event.target.checked ? this.rows.map(this.keyOf) : []))}></th>` : nothing}
          ${columns.map((column) => html`<th scope="col" class=${column.num ? 'num' : ''} ${styled({ width: column.width ? `${column.width}px` : 'auto' })}>${column.title}</th>`)}
        </tr></thead>
        <tbody>
          ${first > 0 ? html`<tr class="space" aria-hidden="true" ${styled({ '--h': `${first * ROW}px` })}><td colspan=${span}></td></tr>` : nothing}
          ${repeat(this.rows.slice(first, last), this.keyOf, (row, at) => this.row(row, first + at, columns, before))}
          ${last < this.rows.length ? html`<tr class="space" aria-hidden="true" ${styled({ '--h': `${(this.rows.length - last) * ROW}px` })}><td colspan=${span}></td></tr>` : nothing}
        </tbody>
      </table></div>`;
  }

  row(row, index, columns, before) {
    const key = this.keyOf(row);
    const from = [row, index, this.columns, columns.length, this.hidden_, index === this.active, this.selected?.has(key)];
    this.rendered.set(key, from);
    // Of a scroll nearly all rows stay what they are.
    if (before?.get(key)?.every((part, at) => part === from[at])) return noChange;
    return html`<tr class=${this.open ? 'opens' : ''} data-index=${index} aria-rowindex=${index + 2} aria-selected=${this.selected ? String(this.selected.has(key)) : nothing}
        tabindex=${index === this.active ? 0 : -1} @keydown=${(event) => this.onRowKey(event, row, index)} @click=${(event) => this.onRowClick(event, row, index)}>
      ${this.selected ? html`<td class="tick"><input type="checkbox" tabindex="-1" aria-label="Select ${row.name ?? key}" .checked=${this.selected.has(key)} @change=${() => this.toggle(row)}></td>` : nothing}
      ${columns.map((column) => html`<td class=${column.num ? 'num' : ''}>${column.cell(row)}</td>`)}
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
