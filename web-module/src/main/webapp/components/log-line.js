import { html } from '../core/element.js';
import { plain } from '../core/ansi.js';
import { count } from '../core/format.js';
import { ask } from './dialogs.js';
import { copy } from './basics.js';

/** One long line, whole. */
export function showLine(line) {
  const text = plain(line.text);
  return ask((close) => html`<div class="box"><h2>Line ${count(line.no)}, ${count(text.length)} characters</h2>
    <pre class="code wrapped" tabindex="0">${text}</pre>
    <div class="buttons"><button @click=${() => copy(text, 'Line copied')}>Copy</button><button class="solid" @click=${() => close()}>Close</button></div></div>`, { wide: true });
}
