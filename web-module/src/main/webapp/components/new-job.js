import { html } from '../core/element.js';
import { get, post } from '../core/api.js';
import { ask } from './dialogs.js';
import { attempt } from './toasts.js';

/** Asks for a job, submits it, and answers it; undefined when nothing was submitted. */
export async function newJob() {
  const pools = await get('/pools').then((found) => found.items.map((pool) => pool.name), () => ['default']);
  return ask((close) => html`<form method="dialog" @submit=${async (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    const timeout = form.get('timeout').trim();
    const attempts = Number(form.get('attempts'));
    const job = await attempt(() => post('/jobs', {
      name: form.get('name').trim(),
      pool: form.get('pool'),
      priority: form.get('lane'),
      spec: { shell: form.get('shell') },
      ...(timeout ? { timeouts: { run: timeout } } : {}),
      ...(attempts > 1 ? { retry: { maxAttempts: attempts } } : {}),
    }), 'Submitted.');
    if (job) close(job);
  }}>
    <h2>New job</h2>
    <label class="field"><span>Name</span><input name="name" required maxlength="200" autocomplete="off" autofocus></label>
    <label class="field"><span>Shell command</span><textarea name="shell" class="mono" rows="4" required spellcheck="false"></textarea></label>
    <div class="form"><div class="two">
      <label class="field"><span>Pool</span><select name="pool">${pools.map((pool) => html`<option ?selected=${pool === 'default'}>${pool}</option>`)}</select></label>
      <label class="field"><span>Priority</span><select name="lane"><option>HIGH</option><option selected>NORMAL</option><option>LOW</option></select></label>
      <label class="field"><span>Longest run</span><input name="timeout" placeholder="5m" pattern="\\d+(ms|s|m|h|d)" title="250ms, 30s, 5m, 2h, 1d" autocomplete="off"></label>
      <label class="field"><span>Attempts</span><input name="attempts" type="number" min="1" max="100" value="1"></label>
    </div></div>
    <div class="buttons"><button type="button" @click=${() => close()}>Back</button><button class="solid">Submit</button></div>
  </form>`);
}
