import { html, nothing } from '../core/element.js';
import { ask } from './dialogs.js';
import { remember, remembered } from '../core/prefs.js';
import { render } from '../vendor/lit-3.3.3/index.js';
import './basics.js';

/**
 * @typedef {{name: string, type?: string, required?: boolean, default?: any, pattern?: string, values?: string[], description?: string}} Parameter
 */

/**
 * Asks for the values of parameters by a form made from their types. Answers the values, or undefined.
 * Below the form stand the lines that would do the same from a terminal; secrets appear in neither.
 *
 * @param {{title: string, action: string, memory: string, parameters: Parameter[], lines: (values: Record<string, any>) => {hodei: string, curl: string}, preview?: (values: Record<string, any>) => Promise<unknown>}} form
 */
export function askParameters({ title, action, memory, parameters, lines, preview }) {
  const before = remembered(`form.${memory}`, {});
  return ask((close, dialog) => {
    const show = () => {
      const place = dialog.querySelector('.lines');
      const form = dialog.querySelector('form');
      if (!place || !form) return;
      const { hodei, curl } = lines(shown(read(form, parameters), parameters));
      render(html`<hodei-command .text=${hodei}></hodei-command><hodei-command .text=${curl}></hodei-command>`, place);
    };
    setTimeout(show);
    return html`<form method="dialog" @input=${show} @submit=${(event) => {
      event.preventDefault();
      const values = read(event.target, parameters);
      remember(`form.${memory}`, Object.fromEntries(Object.entries(values).filter(([name]) => parameters.find((each) => each.name === name)?.type !== 'secret')));
      close(values);
    }}>
      <h2>${title}</h2>
      ${parameters.length ? nothing : html`<p class="soft">It takes no parameters.</p>`}
      <div class="form">${parameters.map((parameter, at) => field(parameter, before[parameter.name], at === 0))}</div>
      <details ?open=${false}><summary class="small muted">The same from a terminal</summary><div class="lines stack tight"></div></details>
      <div class="previewed"></div>
      <div class="buttons">
        ${preview ? html`<button type="button" @click=${async () => {
          const form = dialog.querySelector('form');
          if (form.reportValidity()) render(await preview(read(form, parameters)), dialog.querySelector('.previewed'));
        }}>Preview</button>` : nothing}
        <button type="button" @click=${() => close()}>Back</button><button class="solid">${action}</button></div>
    </form>`;
  });
}

function field(parameter, remembered, first) {
  const { name, type = 'string', values, description, pattern } = parameter;
  const value = remembered ?? parameter.default;
  const needed = parameter.required && parameter.default === undefined;
  const hint = [description, pattern ? `must match ${pattern}` : '', needed ? 'required' : ''].filter(Boolean).join(' · ');
  const note = hint ? html`<small>${hint}</small>` : nothing;
  if (type === 'boolean') return html`<div class="field"><label class="check"><input type="checkbox" name=${name} ?checked=${value === true || value === 'true'} ?autofocus=${first}><b>${name}</b></label>${note}</div>`;
  const input =
    type === 'enum' ? html`<select name=${name} ?required=${needed} ?autofocus=${first}>${needed || value === undefined ? html`<option value=""></option>` : nothing}${values.map((each) => html`<option ?selected=${each === value}>${each}</option>`)}</select>`
    : type === 'number' ? html`<input type="number" step="any" name=${name} .value=${value === undefined ? '' : String(value)} ?required=${needed} ?autofocus=${first}>`
    : html`<input type=${type === 'secret' ? 'password' : 'text'} name=${name} .value=${type === 'secret' || value === undefined ? '' : String(value)} ?required=${needed} autocomplete="off" spellcheck="false" ?autofocus=${first}>`;
  return html`<label class="field"><span>${name}</span>${input}${note}</label>`;
}

/** Fields that were left empty are left out: the default holds then. */
function read(form, parameters) {
  const values = {};
  for (const { name, type = 'string' } of parameters) {
    const input = form.elements.namedItem(name);
    if (type === 'boolean') values[name] = input.checked;
    else if (input.value !== '') values[name] = type === 'number' ? Number(input.value) : input.value;
  }
  return values;
}

const shown = (values, parameters) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, parameters.find((each) => each.name === name)?.type === 'secret' ? '…' : value]));

/** Text as one word of a POSIX shell. */
export const quoted = (text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** The two lines for a POST with parameters. */
export const terminalLines = (command, path, parameters, values) => ({
  hodei: [`hodei ${command}`, ...Object.entries(values).map(([name, value]) => `-p ${quoted(`${name}=${value}`)}`)].join(' '),
  curl: `curl -X POST -H "Authorization: Bearer $HODEI_TOKEN" -H 'Content-Type: application/json' -d ${quoted(JSON.stringify({ parameters: values }))} ${quoted(`${location.origin}/api/v1${path}`)}`,
});
