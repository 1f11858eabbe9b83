// The frame of the console: who is signed in, where the window is, and the page that belongs there.

import { Element, html, nothing } from './core/element.js';
import { onSessionEnd, readSession, signOut, currentSession, may } from './core/api.js';
import { currentRoute, go, to } from './core/router.js';
import { live } from './core/live.js';
import { icon, logo } from './core/icons.js';
import { setTheme, theme } from './core/prefs.js';
import { PLACES, pageOf } from './core/places.js';
import { listenForKeys } from './core/keys.js';
import './components/basics.js';
import './components/toasts.js';

const LIVE_WORDS = {
  live: ['Live', 's-succeeded', 'Changes appear here as they happen.'],
  reconnecting: ['Reconnecting', 's-leased', 'The stream of changes is interrupted; what you see may be old.'],
  paused: ['Paused', 's-queued', 'This window was hidden. It goes on when you look at it.'],
  off: ['Not live', 's-queued', 'There is no stream of changes. Reload to see news.'],
};

class App extends Element {
  static properties = {
    route: { state: true }, session: { state: true }, liveState: { state: true }, open: { state: true },
    ready: { state: true }, scheme: { state: true }, notice: { state: true }, failure: { state: true },
  };

  constructor() {
    super();
    this.route = currentRoute();
    this.liveState = 'off';
    this.open = false;
    this.ready = false;
    this.scheme = theme();
    window.addEventListener('hashchange', () => this.navigate());
    onSessionEnd((problem) => this.ended(problem));
    live.watch((state) => (this.liveState = state));
    listenForKeys({ palette: () => this.palette(), keys: () => this.showKeys() });
  }

  async connectedCallback() {
    super.connectedCallback();
    this.load(this.route);
    try {
      // Who comes with a one-time code has no login yet; asking for it would only be refused.
      if (this.route.path !== '/login') {
        this.session = await readSession();
        live.start();
      }
    } catch (e) {
      if (e.status !== 401) this.failure = e;
    }
    this.ready = true;
  }

  navigate() {
    this.failure = undefined;
    const before = this.route.path;
    this.route = currentRoute();
    this.open = false;
    this.load(this.route);
    if (before !== this.route.path) {
      this.updateComplete.then(() => {
        const content = this.querySelector('.content');
        content?.scrollTo(0, 0);
        // A screen reader should hear the new page, and the next Tab should start in it.
        if (document.activeElement === document.body || document.activeElement?.closest('.side')) content?.focus({ preventScroll: true });
      });
    }
  }

  /** Pages come when somebody goes there; the first paint does not pay for them. */
  async load(route) {
    const page = pageOf(route);
    if (customElements.get(page.tag)) return;
    try {
      await page.module();
      this.requestUpdate();
    } catch (e) {
      console.error(e);
      this.failure = e;
    }
  }

  ended(problem) {
    live.stop();
    this.session = null;
    this.notice = problem.message;
  }

  async signedIn(session) {
    this.session = session;
    this.notice = '';
    live.start();
    if (this.route.path === '/login') go('');
  }

  async leave() {
    live.stop();
    await signOut().catch(() => {});
    this.session = null;
    this.notice = 'You are signed out.';
  }

  async palette() {
    if (!this.session) return;
    await import('./components/palette.js');
    const palette = document.querySelector('hodei-palette');
    await palette.updateComplete;
    palette.open();
  }

  async showKeys() {
    await import('./components/keys-help.js');
    const keys = document.querySelector('hodei-keys');
    await keys?.updateComplete;
    keys?.open();
  }

  nextScheme() {
    const order = ['system', 'light', 'dark'];
    this.scheme = order[(order.indexOf(this.scheme) + 1) % order.length];
    setTheme(this.scheme);
  }

  render() {
    if (!this.ready) return nothing;
    if (!this.session) {
      import('./pages/login.js');
      return html`<hodei-login .code=${this.route.path === '/login' ? this.route.query.get('code') : null} .notice=${this.notice ?? this.failure?.message ?? ''}
          @signed-in=${(event) => this.signedIn(event.detail)}></hodei-login>`;
    }
    return html`
      <button class="skip" @click=${() => this.querySelector('.content').focus()}>Skip to the content</button>
      <div class="shell">
        ${this.open ? html`<div class="scrim" @click=${() => (this.open = false)}></div>` : nothing}
        ${this.side()}
        <div class="main">${this.bar()}<main class="content" tabindex="-1">${this.page()}</main></div>
      </div>
      <hodei-toasts></hodei-toasts><hodei-palette></hodei-palette><hodei-keys></hodei-keys>`;
  }

  side() {
    const here = this.route.parts[0] ?? '';
    const item = (place) => html`<a class="item" href=${to(place.path)} aria-current=${here === place.path ? 'page' : nothing}>${icon(place.icon)}<span>${place.title}</span></a>`;
    const groups = PLACES.map((group) => ({ ...group, places: group.places.filter((place) => !place.needs || may(place.needs)) }));
    return html`<nav class="side ${this.open ? 'open' : ''}" aria-label="Pages">
      <a class="brand" href="#/">${logo}<span>Hodei</span></a>
      ${groups.filter((group) => group.places.length).map((group) => html`${group.title ? html`<h2>${group.title}</h2>` : nothing}${group.places.map(item)}`)}
      <p class="foot clip" title=${currentSession()?.token?.name ?? ''}>${currentSession()?.tenant?.name ?? ''} · ${(currentSession()?.role ?? '').toLowerCase()}</p>
    </nav>`;
  }

  bar() {
    const [word, colour, meaning] = LIVE_WORDS[this.liveState];
    const schemeIcon = { system: 'system', light: 'sun', dark: 'moon' }[this.scheme];
    return html`<header class="bar">
      <button class="quiet icon menu-button" aria-label="Pages" @click=${() => (this.open = !this.open)}>${icon('menu')}</button>
      ${this.crumbs()}
      <button class="find" @click=${() => this.palette()} aria-label="Go to… Ctrl K" title="Go to or do something (Ctrl K)">${icon('search')}<span>Go to…</span><kbd>Ctrl K</kbd></button>
      <span class="live ${this.liveState} ${colour}" role="status" title=${meaning}><i></i><span class="word">${word}</span></span>
      <button class="quiet icon" @click=${() => this.nextScheme()} aria-label="Colour scheme: ${this.scheme}" title="Colour scheme: ${this.scheme}">${icon(schemeIcon)}</button>
      <button class="quiet icon" @click=${() => this.leave()} aria-label="Sign out" title="Sign out">${icon('exit')}</button>
    </header>`;
  }

  crumbs() {
    const page = pageOf(this.route);
    const rest = this.route.parts.slice(1);
    document.title = [...rest.slice(0, 1), page.title].join(' · ') + ' · Hodei';
    if (!rest.length) return html`<div class="crumbs"><b>${page.title}</b></div>`;
    return html`<div class="crumbs"><a href=${to(this.route.parts[0])}>${page.title}</a><span class="sep">/</span><b class="clip">${rest[0]}</b></div>`;
  }

  page() {
    const page = pageOf(this.route);
    if (this.failure) return html`<hodei-problem .problem=${this.failure}></hodei-problem>`;
    return customElements.get(page.tag) ? page.view(this.route) : html`<div class="skeleton" aria-busy="true"><i></i><i></i><i></i></div>`;
  }
}
customElements.define('hodei-app', App);
