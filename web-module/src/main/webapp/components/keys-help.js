import { Element, html } from '../core/element.js';
import { KEYS } from '../core/keys.js';

/** The keys, shown by "?". */
class KeysHelp extends Element {
  open() {
    this.querySelector('dialog').showModal();
  }

  render() {
    return html`<dialog aria-label="Keys" @click=${(event) => event.target === event.currentTarget && event.target.close()}><div class="box"><h2>Keys</h2>
      <div class="keys-table">${KEYS.map(([keys, meaning]) => html`<div><span>${meaning}</span><span class="nowrap">${keys.split(/ +/).map((key) => html`<kbd>${key}</kbd> `)}</span></div>`)}</div>
      <div class="buttons"><button class="solid" autofocus @click=${(event) => event.target.closest('dialog').close()}>Close</button></div></div></dialog>`;
  }
}
customElements.define('hodei-keys', KeysHelp);
