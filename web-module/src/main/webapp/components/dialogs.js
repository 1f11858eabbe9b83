import { html, nothing } from '../core/element.js';
import { render } from '../vendor/lit-3.3.3/index.js';

/**
 * Shows a dialog until it is answered. The content gets `close(value)`; Escape answers undefined.
 * The focus goes back where it was.
 *
 * @param {(close: (value?: unknown) => void, dialog: HTMLDialogElement) => unknown} content
 */
export function ask(content, { wide = false } = {}) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const dialog = document.createElement('dialog');
    if (wide) dialog.classList.add('wide');
    let answer;
    const close = (value) => {
      answer = value;
      dialog.close();
    };
    dialog.addEventListener('close', () => {
      dialog.remove();
      before?.focus?.();
      resolve(answer);
    });
    document.body.append(dialog);
    render(content(close, dialog), dialog);
    const title = dialog.querySelector('h2');
    if (title) {
      title.id = 'dialog-title';
      dialog.setAttribute('aria-labelledby', 'dialog-title');
    }
    dialog.showModal();
  });
}

/**
 * Asks before something that cannot be taken back. Answers {reason} or undefined; where processes may be killed without a
 * signal to end also {grace: '0s'}.
 *
 * @param {{title: string, text?: unknown, action: string, reason?: boolean, atOnce?: boolean}} question
 */
export function confirm({ title, text, action, reason = false, atOnce = false }) {
  return ask((close) => html`<form method="dialog" @submit=${(event) => {
    event.preventDefault();
    const given = new FormData(event.target);
    close({ reason: given.get('reason')?.trim() || undefined, grace: given.get('grace') ?? undefined });
  }}>
    <h2>${title}</h2>
    ${text ? html`<div class="soft">${text}</div>` : nothing}
    ${reason ? html`<label class="field"><span>Reason</span><input name="reason" maxlength="500" autocomplete="off" placeholder="Stands in the audit trail" autofocus></label>` : nothing}
    ${atOnce ? html`<label class="row"><input type="checkbox" name="grace" value="0s"><span>Kill at once, without asking its processes to end</span></label>` : nothing}
    <div class="buttons"><button type="button" @click=${() => close()}>Back</button><button class="solid" ?autofocus=${!reason}>${action}</button></div>
  </form>`);
}
