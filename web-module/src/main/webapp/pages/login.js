import { Element, html, nothing } from '../core/element.js';
import { signIn } from '../core/api.js';
import { go } from '../core/router.js';
import { logo } from '../core/icons.js';

class Login extends Element {
  static properties = { code: { attribute: false }, notice: {}, problem: { state: true }, busy: { state: true } };

  firstUpdated() {
    // The one-time link of `hodei console`: nothing to type.
    if (this.code) this.enter({ code: this.code });
  }

  async enter(proof) {
    this.busy = true;
    this.problem = undefined;
    // The code leaves the address before anything else happens: it must not stay in the history.
    if (proof.code) history.replaceState(null, '', '#/');
    try {
      const session = await signIn(proof);
      this.dispatchEvent(new CustomEvent('signed-in', { detail: session }));
      if (proof.code) go('');
    } catch (e) {
      this.problem = e;
    } finally {
      this.busy = false;
    }
  }

  submit(event) {
    event.preventDefault();
    const token = new FormData(event.target).get('token').trim();
    if (token) this.enter({ token });
  }

  render() {
    return html`<div class="login"><form class="panel" @submit=${this.submit}>
      <div class="brand">${logo}<h1>Hodei</h1></div>
      ${this.notice && !this.problem ? html`<p class="soft" role="status">${this.notice}</p>` : nothing}
      ${this.problem ? html`<hodei-problem .problem=${this.problem}></hodei-problem>` : nothing}
      <label class="field"><span>Token</span>
        <input name="token" type="password" autocomplete="current-password" placeholder="hod_…" required autofocus spellcheck="false"></label>
      <button class="solid" ?disabled=${this.busy}>${this.busy ? 'Signing in…' : 'Sign in'}</button>
      <p class="muted small">Or let the command line open this page for you, without a token to paste:</p>
      <hodei-command .text=${'hodei console'}></hodei-command>
    </form></div>`;
  }
}
customElements.define('hodei-login', Login);
