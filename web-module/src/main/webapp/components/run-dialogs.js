import { html } from '../core/element.js';
import { ask } from './dialogs.js';

const text = (form, name) => form.get(name).trim() || undefined;

/** Asks how a run is to be done again; answers the request or undefined. */
export function rerun(run, graph) {
  const failed = graph.some((step) => step.state === 'FAILED');
  return ask((close) => html`<form method="dialog" @submit=${(event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    const mode = form.get('mode');
    close({ mode, ...(mode === 'FROM' ? { from: form.get('from') } : {}), reason: text(form, 'reason') });
  }}>
    <h2>Run ${run.pipeline} #${run.number} again</h2>
    <div class="form" role="radiogroup" aria-label="What to do again">
      <label class="check"><input type="radio" name="mode" value="FAILED" ?checked=${failed} ?disabled=${!failed}>What failed, and what comes after it</label>
      <label class="check"><input type="radio" name="mode" value="ALL" ?checked=${!failed}>Everything</label>
      <label class="check"><input type="radio" name="mode" value="FROM">From one step on</label>
      <label class="field"><span class="sr">Step to begin with</span><select name="from" @change=${(event) => (event.target.form.elements.mode.value = 'FROM')}>${graph.filter((step) => step.phase === 'MAIN').map((step) => html`<option>${step.id}</option>`)}</select></label>
      <label class="field"><span>Reason</span><input name="reason" maxlength="500" autocomplete="off" placeholder="Stands in the audit trail"></label>
    </div>
    <div class="buttons"><button type="button" @click=${() => close()}>Back</button><button class="solid">Start</button></div>
  </form>`);
}

/** Asks for a signal; answers the request or undefined. */
export function sendSignal() {
  return ask((close) => html`<form method="dialog" @submit=${(event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    const payload = text(form, 'payload');
    try {
      close({ name: form.get('name').trim(), ...(payload ? { payload: JSON.parse(payload) } : {}) });
    } catch {
      event.target.elements.payload.setCustomValidity('This is not JSON.');
      event.target.reportValidity();
    }
  }}>
    <h2>Send a signal</h2><p class="soft">Steps that wait for it go on, and what it carries becomes their outputs.</p>
    <label class="field"><span>Name</span><input name="name" required autocomplete="off" autofocus></label>
    <label class="field"><span>Payload as JSON</span><textarea name="payload" class="mono" rows="4" placeholder="{}" @input=${(event) => event.target.setCustomValidity('')}></textarea></label>
    <div class="buttons"><button type="button" @click=${() => close()}>Back</button><button class="solid">Send</button></div>
  </form>`);
}
