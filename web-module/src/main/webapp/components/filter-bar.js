import { Element, html, nothing } from '../core/element.js';
import { icon } from '../core/icons.js';
import { suggestions, terms } from '../core/filter.js';

/**
 * The field for filters: finished terms are chips, the one being typed gets suggestions.
 * Properties: value (the whole text), fields ([{key, hint, values?()}]), errors (Map by term). Event "filter" with the new text.
 */
class FilterBar extends Element {
  static properties = { value: {}, fields: { attribute: false }, errors: { attribute: false }, typed: { state: true }, chosen: { state: true }, focused: { state: true } };

  constructor() {
    super();
    this.value = '';
    this.typed = '';
    this.chosen = -1;
    this.fields = [];
    this.errors = new Map();
  }

  say(text) {
    this.dispatchEvent(new CustomEvent('filter', { detail: text.trim() }));
  }

  finish() {
    if (!this.typed.trim()) return;
    this.say(`${this.value} ${this.typed}`);
    this.typed = '';
    this.chosen = -1;
  }

  take(suggestion) {
    this.typed = suggestion.text;
    this.chosen = -1;
    if (!suggestion.goesOn) this.finish();
    this.querySelector('input').focus();
  }

  drop(at) {
    this.say(terms(this.value).filter((_, index) => index !== at).join(' '));
    this.querySelector('input').focus();
  }

  onKey(event) {
    const found = this.found();
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!found.length) return;
      this.chosen = (this.chosen + (event.key === 'ArrowDown' ? 1 : -1) + found.length + (this.chosen < 0 && event.key === 'ArrowUp' ? 1 : 0)) % found.length;
    } else if ((event.key === 'Enter' || event.key === 'Tab') && this.chosen >= 0) {
      this.take(found[this.chosen]);
    } else if (event.key === 'Enter') {
      this.finish();
    } else if (event.key === ' ' && this.typed.trim() && (this.typed.match(/"/g) ?? []).length % 2 === 0) {
      this.finish();
    } else if (event.key === 'Backspace' && !this.typed && this.value) {
      const before = terms(this.value);
      this.typed = before.pop();
      this.say(before.join(' '));
    } else if (event.key === 'Escape') {
      if (this.typed) this.typed = '';
      else event.target.blur();
    } else return;
    event.preventDefault();
  }

  found() {
    return this.focused ? suggestions(this.typed, this.fields) : [];
  }

  render() {
    const found = this.found();
    const complaints = terms(this.value).filter((term) => this.errors.has(term));
    return html`<div class="filter">
      <div class="box" @click=${(event) => event.target === event.currentTarget && this.querySelector('input').focus()}>${icon('search')}
        ${terms(this.value).map((term, at) => html`<span class="chip ${this.errors.has(term) ? 'wrong' : ''}"><span class="clip">${term}</span><button aria-label="Remove ${term}" @click=${() => this.drop(at)}>${icon('close')}</button></span>`)}
        <input data-find aria-label="Filter" role="combobox" aria-expanded=${String(found.length > 0)} aria-controls="suggestions" aria-autocomplete="list" autocomplete="off" spellcheck="false"
          aria-activedescendant=${this.chosen >= 0 ? `suggestion-${this.chosen}` : nothing}
          placeholder=${this.value ? '' : this.fields.slice(0, 3).map((field) => field.example).filter(Boolean).join('  ')} .value=${this.typed}
          @input=${(event) => { this.typed = event.target.value; this.chosen = -1; }} @keydown=${this.onKey}
          @focus=${() => (this.focused = true)} @blur=${() => { this.focused = false; this.finish(); }}>
      </div>
      <ul class="suggest" id="suggestions" role="listbox" aria-label="Suggestions" ?hidden=${!found.length}>${found.map((each, at) => html`
        <li id="suggestion-${at}" role="option" aria-selected=${String(at === this.chosen)} @pointerdown=${(event) => { event.preventDefault(); this.take(each); }}><code>${each.text}</code><span>${each.hint}</span></li>`)}</ul>
      ${complaints.map((term) => html`<p class="complaint" role="alert">${this.errors.get(term)}</p>`)}
    </div>`;
  }
}
customElements.define('hodei-filter', FilterBar);
