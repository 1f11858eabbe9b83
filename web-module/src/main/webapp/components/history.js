import { Element, html, nothing } from '../core/element.js';
import { get, may } from '../core/api.js';
import { empty, time } from './basics.js';

/** What people did to something, from the audit trail. */
class History extends Element {
  static properties = { target: {}, revision: { attribute: false }, entries: { state: true }, problem: { state: true } };

  willUpdate(changed) {
    if (changed.has('target') || changed.has('revision')) this.read();
  }

  async read() {
    if (!may('AUDIT_READ')) return;
    const target = this.target;
    try {
      const page = await get('/audit', { target, limit: 50 });
      if (target === this.target) this.entries = page.items;
    } catch (e) {
      this.problem = e;
    }
  }

  render() {
    if (!may('AUDIT_READ')) return empty('Not for this role', 'Who did what stands in the audit trail, which needs the permission AUDIT_READ.');
    if (this.problem) return html`<div class="pad"><hodei-problem .problem=${this.problem}></hodei-problem></div>`;
    if (!this.entries) return nothing;
    if (!this.entries.length) return empty('Nobody touched it', 'Only what people change is written to the audit trail; what the system does shows in the attempts.');
    return html`<ul class="list">${this.entries.map((entry) => html`<li><span class="muted nowrap">${time(entry.at)}</span><b class="nowrap">${entry.actor}</b><code>${entry.action}</code>
      <span class="grow muted clip">${entry.detail?.reason ?? ''}</span></li>`)}</ul>`;
  }
}
customElements.define('hodei-history', History);
