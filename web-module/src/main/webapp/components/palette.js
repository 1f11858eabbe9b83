import { Element, html, nothing } from '../core/element.js';
import { get, may } from '../core/api.js';
import { currentRoute, go } from '../core/router.js';
import { PLACES } from '../core/places.js';
import { icon } from '../core/icons.js';
import { setTheme } from '../core/prefs.js';

const ID = /^[0-9A-HJKMNP-TV-Z]{13}$/i;

/** Goes to anything and does everything, by its name. */
class Palette extends Element {
  static properties = { words: { state: true }, at: { state: true }, found: { state: true } };

  constructor() {
    super();
    this.words = '';
    this.at = 0;
    this.found = [];
  }

  get dialog() {
    return this.querySelector('dialog');
  }

  open() {
    this.words = '';
    this.at = 0;
    this.found = [];
    this.querySelector('input').value = '';
    this.dialog.showModal();
  }

  commands() {
    const places = PLACES.flatMap((group) => group.places).filter((place) => !place.needs || may(place.needs)).map((place) => ({ icon: place.icon, title: place.title, hint: 'page', run: () => go(place.path) }));
    const here = currentRoute();
    const doings = [
      may('JOBS_SUBMIT') && { icon: 'plus', title: 'New job', hint: 'do', run: async () => {
        const { newJob } = await import('./new-job.js');
        const job = await newJob();
        if (job) go('jobs', job.id);
      } },
      { icon: 'failed', title: 'Jobs that failed in the last hour', hint: 'jobs', run: () => go('jobs', { q: 'state:broken created:>-1h' }) },
      { icon: 'queued', title: 'Jobs that wait', hint: 'jobs', run: () => go('jobs', { q: 'state:waiting' }) },
      { icon: 'running', title: 'Runs that go on', hint: 'runs', run: () => go('runs', { q: 'state:queued,running,paused' }) },
      here.parts[0] === 'jobs' && here.parts[1] && { icon: 'copy', title: 'Copy the id of this job', hint: 'do', run: () => import('./basics.js').then(({ copy }) => copy(here.parts[1])) },
      { icon: 'moon', title: 'Dark colours', hint: 'do', run: () => setTheme('dark') },
      { icon: 'sun', title: 'Light colours', hint: 'do', run: () => setTheme('light') },
      { icon: 'system', title: 'Colours of the system', hint: 'do', run: () => setTheme('system') },
      { icon: 'search', title: 'Show the keys', hint: '?', run: () => import('./keys-help.js').then(async () => {
        const keys = document.querySelector('hodei-keys');
        await keys.updateComplete;
        keys.open();
      }) },
    ].filter(Boolean);
    return [...places, ...doings];
  }

  /** Commands that fit, and what the server finds by name. */
  items() {
    const sought = this.words.trim().toLowerCase();
    const fitting = this.commands().filter((command) => fits(command.title.toLowerCase(), sought));
    const byId = ID.test(sought) ? ['jobs', 'runs', 'agents'].map((page) => ({ icon: page, title: sought.toUpperCase(), hint: `open as one of the ${page}`, run: () => go(page, sought.toUpperCase()) })) : [];
    return [...byId, ...fitting, ...this.found].slice(0, 60);
  }

  onInput(event) {
    this.words = event.target.value;
    this.at = 0;
    clearTimeout(this.asking);
    this.asking = setTimeout(() => this.ask(), 150);
  }

  async ask() {
    const words = this.words.trim();
    if (words.length < 2) {
      this.found = [];
      return;
    }
    const list = (permission, path, query, make) => (may(permission) ? get(path, query).then((page) => page.items.map(make), () => []) : []);
    const found = await Promise.all([
      list('PIPELINES_READ', '/pipelines', { name: `${words}*`, limit: 5, fields: 'name' }, (each) => ({ icon: 'pipelines', title: each.name, hint: 'pipeline', run: () => go('pipelines', each.name) })),
      list('SCHEDULES_READ', '/schedules', { name: `${words}*`, limit: 5 }, (each) => ({ icon: 'schedules', title: each.name, hint: 'schedule', run: () => go('schedules', each.name) })),
      list('TEMPLATES_READ', '/templates', { name: `${words}*`, limit: 5 }, (each) => ({ icon: 'templates', title: each.name, hint: 'template', run: () => go('templates', each.name) })),
      list('JOBS_READ', '/jobs', { name: `${words}*`, limit: 8, fields: 'id,name,state' }, (each) => ({ icon: 'jobs', title: each.name, hint: `job, ${each.state.toLowerCase().replaceAll('_', ' ')}`, run: () => go('jobs', each.id) })),
    ]);
    if (words === this.words.trim()) this.found = found.flat();
  }

  onKey(event) {
    const items = this.items();
    if (event.key === 'ArrowDown') this.at = Math.min(items.length - 1, this.at + 1);
    else if (event.key === 'ArrowUp') this.at = Math.max(0, this.at - 1);
    else if (event.key === 'Enter' && items[this.at]) this.run(items[this.at]);
    else return;
    event.preventDefault();
    this.updateComplete.then(() => this.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }));
  }

  run(item) {
    this.dialog.close();
    item.run();
  }

  render() {
    const items = this.items();
    return html`<dialog class="palette" aria-label="Go to or do something" @click=${(event) => event.target === event.currentTarget && event.target.close()}>
      <input autofocus role="combobox" aria-expanded="true" aria-controls="palette-list" aria-label="What" aria-activedescendant=${items.length ? `palette-${this.at}` : nothing} placeholder="A page, a name, an id, or what to do" spellcheck="false" autocomplete="off" @input=${this.onInput} @keydown=${this.onKey}>
      ${items.length ? html`<ul id="palette-list" role="listbox" aria-label="Results">${items.map((item, at) => html`<li id="palette-${at}" role="option" aria-selected=${String(at === this.at)} @pointermove=${() => (this.at = at)} @click=${() => this.run(item)}>${icon(item.icon)}<span class="clip">${item.title}</span><span class="hint">${item.hint}</span></li>`)}</ul>` : html`<p class="none">Nothing has that name.</p>`}</dialog>`;
  }
}
customElements.define('hodei-palette', Palette);

/** All words occur, in any order. */
const fits = (title, sought) => sought.split(/\s+/).every((word) => title.includes(word));
