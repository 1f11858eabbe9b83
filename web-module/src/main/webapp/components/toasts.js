import { Element, html } from '../core/element.js';
import { icon } from '../core/icons.js';

let shown = [];
let next = 1;
let place = null;

/**
 * Says in the corner what happened. Bad news stay until they are closed.
 *
 * @param {unknown} content
 * @param {'ok' | 'bad'} kind
 */
export function toast(content, kind = 'ok') {
  const id = next++;
  shown = [...shown.slice(-3), { id, content, kind }];
  place?.requestUpdate();
  if (kind === 'ok') setTimeout(() => dismiss(id), 5000);
}

function dismiss(id) {
  shown = shown.filter((each) => each.id !== id);
  place?.requestUpdate();
}

/** Does something that may be refused; says so when it is, and answers undefined then. */
export async function attempt(action, done) {
  try {
    const result = await action();
    if (done) toast(typeof done === 'function' ? done(result) : done);
    return result === null || result === undefined ? true : result;
  } catch (e) {
    if (e.name !== 'Problem') console.error(e);
    toast(html`${e.message} <span class="muted">${e.remedy ?? ''}</span>`, 'bad');
    return undefined;
  }
}

class Toasts extends Element {
  connectedCallback() {
    super.connectedCallback();
    place = this;
  }

  render() {
    return html`<div class="toasts" role="status" aria-live="polite">${shown.map((each) => html`
      <div class="toast s-${each.kind}">${icon(each.kind)}<p class="grow">${each.content}</p>
        <button class="quiet icon mini" aria-label="Close" @click=${() => dismiss(each.id)}>${icon('close')}</button></div>`)}</div>`;
  }
}
customElements.define('hodei-toasts', Toasts);
