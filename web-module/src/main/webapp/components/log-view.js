import { Element, html, nothing } from '../core/element.js';
import { address } from '../core/api.js';
import { amend } from '../core/router.js';
import { onKeys } from '../core/keys.js';
import { count, bytes, plural } from '../core/format.js';
import { remember, remembered } from '../core/prefs.js';
import { plain } from '../core/ansi.js';
import { RangeLog } from '../core/log-range.js';
import { TAIL_LIMIT, TailLog } from '../core/log-tail.js';
import { icon } from '../core/icons.js';
import { copy } from './basics.js';
import { LogRows } from './log-rows.js';
import './log-search.js';

const MOST_COPIED = 10_000;
/** Milliseconds between two renderings of what has come: nobody reads faster, and a scroll must not wait for them. */
const CALM = 100;

/** The output of one attempt of a job. */
class LogView extends Element {
  static properties = {
    job: {}, attempt: { type: Number }, active: { attribute: false }, sizes: { attribute: false }, lines: {},
    follow: { state: true }, wrap: { state: true }, times: { state: true }, stream: { state: true }, problem: { state: true },
    total: { state: true }, searching: { state: true },
  };

  constructor() {
    super();
    this.follow = true;
    this.wrap = remembered('log.wrap', false);
    this.times = remembered('log.times', false);
    this.stream = 'all';
    this.total = 0;
    this.refreshed = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.endKeys = onKeys({ f: () => this.setFollow(!this.follow), w: () => this.setWrap(!this.wrap) });
    if (this.rows) this.open();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.endKeys();
    this.log?.close();
    this.rows?.close();
    this.log = undefined;
  }

  firstUpdated() {
    this.rows = new LogRows(this.querySelector('.log'), {
      mark: (from, to) => amend({ line: from === to ? String(from) : `${from}-${to}` }),
      scrolledUp: () => this.follow && this.setFollow(false),
    });
    this.open();
  }

  updated(changed) {
    if (!this.rows) return;
    if ((changed.has('job') || changed.has('attempt')) && this.shown !== `${this.job}/${this.attempt}`) this.open();
    if (changed.has('lines')) this.rows.highlight(range(this.lines));
    if (changed.has('active') && !this.active) this.settle();
  }

  open(forceRange = false) {
    const before = this.log;
    before?.close();
    this.shown = `${this.job}/${this.attempt}`;
    this.problem = undefined;
    this.target = range(this.lines);
    this.follow = !this.target;
    // What has been read is newer than what the page knew when it was opened.
    const size = Math.max(length(this.sizes, this.stream), forceRange && before?.whole && this.stream === 'all' ? before.size : 0);
    const listener = {
      changed: () => this.changed(),
      ended: () => this.settle(),
      failed: (e) => (this.problem = e),
      tooBig: () => this.open(true),
    };
    const big = forceRange || length(this.sizes, 'all') > TAIL_LIMIT;
    this.log = big
      ? new RangeLog(this.job, this.attempt, this.oneStream(), Math.max(size, 1), { active: this.active, dropped: this.sizes?.[this.stream]?.dropped ?? 0 }, listener)
      : new TailLog(this.job, this.attempt, listener);
    this.rows.show(this.log, { wrap: this.wrap && !big, times: this.times, stream: big ? 'all' : this.stream });
    this.rows.highlight(this.target);
    this.changed();
  }

  /** Reading one stream is cheaper than both in their order; mostly there is only one. */
  oneStream() {
    if (this.stream !== 'all') return this.stream;
    if (!this.sizes?.stderr?.length) return 'stdout';
    return this.sizes?.stdout?.length ? 'all' : 'stderr';
  }

  /** At most ten renderings a second, whatever arrives. */
  changed() {
    this.waiting ??= setTimeout(() => requestAnimationFrame(() => {
      this.waiting = undefined;
      this.refreshed = performance.now();
      if (!this.log) return;
      this.total = this.rows.refresh();
      if (this.target) this.seek();
      else if (this.follow) this.rows.toEnd();
    }), Math.max(0, this.refreshed + CALM - performance.now()));
  }

  /** Goes to the linked lines as soon as it is known where they are. */
  seek() {
    const { log, target } = this;
    if (log.whole && log.numbered < target.from && !log.complete) return;
    this.target = undefined;
    this.goTo(target.from);
  }

  settle() {
    const dropped = (this.sizes?.stdout?.dropped ?? 0) + (this.sizes?.stderr?.dropped ?? 0);
    if (this.log?.whole && !this.active) this.log.truncated(dropped);
    this.changed();
  }

  setFollow(follow) {
    this.follow = follow;
    this.target = undefined;
    if (follow) this.rows.toEnd();
  }

  setWrap(wrap) {
    this.wrap = wrap;
    remember('log.wrap', wrap);
    this.rows.options({ wrap: wrap && this.log.whole });
    this.changed();
  }

  setTimes(times) {
    this.times = times;
    remember('log.times', times);
    this.rows.options({ times });
    this.changed();
  }

  setStream(stream) {
    this.stream = stream;
    if (this.log.whole) {
      this.rows.options({ stream });
      this.changed();
    } else this.open(true);
  }

  async copyLines() {
    const { from, to } = range(this.lines);
    const text = [];
    for (let no = from; no <= to && text.length < MOST_COPIED; no++) {
      let line = this.log.line(this.log.indexOfNumber(no));
      if (!line && !this.log.whole) {
        await this.log.reach(no);
        line = this.log.line(this.log.indexOfNumber(no));
      }
      if (line) text.push(plain(line.text));
    }
    copy(text.join('\n'), `${plural(text.length, 'line')} copied`);
  }

  async goTo(no) {
    this.follow = false;
    if (!this.log.whole) {
      try {
        await this.log.reach(no);
      } catch (e) {
        this.problem = e;
        return;
      }
    }
    this.rows.refresh();
    this.rows.toLine(this.log.indexOfNumber(no));
  }

  render() {
    const both = this.sizes?.stdout?.length && this.sizes?.stderr?.length;
    const whole = this.log?.whole ?? true;
    const toggle = (name, pressed, set, title, disabled = false) => html`<button class="quiet icon mini" aria-pressed=${String(pressed)} ?disabled=${disabled} aria-label=${title} title=${title} @click=${set}>${icon(name)}</button>`;
    return html`
      <div class="log-bar">
        <hodei-log-search class="grow" .view=${this}></hodei-log-search>
        ${both ? html`<div class="segments" role="group" aria-label="Streams">${['all', 'stdout', 'stderr'].map((each) => html`<button aria-pressed=${String(this.stream === each)} @click=${() => this.setStream(each)}>${each}</button>`)}</div>` : nothing}
        ${this.lines ? html`<button class="mini" @click=${() => this.copyLines()}>Copy lines ${this.lines}</button>` : nothing}
        ${whole ? toggle('scheduled', this.times, () => this.setTimes(!this.times), 'Show times') : nothing}
        ${toggle('wrap', this.wrap && whole, () => this.setWrap(!this.wrap), whole ? 'Wrap long lines (w)' : 'Long logs are not wrapped', !whole)}
        ${toggle('follow', this.follow, () => this.setFollow(!this.follow), 'Follow the end (f)')}
        <a class="button quiet mini" href=${address(`/jobs/${this.job}/logs/download`, { attempt: this.attempt, stream: this.stream === 'all' ? undefined : this.stream })} download aria-label="Download the log" title="Download">${icon('down')}</a>
      </div>
      ${this.problem ? html`<div class="pad"><hodei-problem .problem=${this.problem} .retry=${() => this.open()}></hodei-problem></div>` : nothing}
      <div class="log" role="log" aria-label="Output" aria-live="off" tabindex="0"></div>
      <div class="log-foot"><span>${this.total ? html`${whole || this.log?.exact ? '' : 'about '}${plural(this.total, 'line')} · ${bytes(whole ? this.log?.size : this.log?.length)}` : this.active ? 'No output yet' : 'The job wrote nothing'}</span>
        ${this.active ? html`<span class="state s-running">${icon('running')}<span>writing</span></span>` : nothing}
        ${whole ? nothing : html`<span>${both ? 'in long logs choose a stream to tell them apart' : ''}</span>`}</div>`;
  }
}
customElements.define('hodei-log', LogView);

const length = (sizes, stream) => (stream === 'all' ? (sizes?.stdout?.length ?? 0) + (sizes?.stderr?.length ?? 0) : (sizes?.[stream]?.length ?? 0));

/** '10' or '10-20'. */
function range(text) {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text ?? '');
  if (!match) return undefined;
  const from = Math.max(1, Number(match[1]));
  return { from, to: Math.max(from, Number(match[2] ?? from)) };
}
