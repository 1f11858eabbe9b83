import { plain } from '../core/ansi.js';
import { element, measureChar, turn } from '../core/dom.js';
import { LONGEST, textOf } from './log-text.js';

const ROW = 19;
/** The tallest box that browsers lay out well; longer logs are scrolled in proportion. */
const TALLEST = 15_000_000;
/** Rows beyond each edge when others are chosen, and how few may be left of them before that: between, a scroll paints nothing. */
const PAD = 12;
const LEAST = 4;

/**
 * The lines in sight, in a scroll box of the height of all. Rows are made once and filled again and again, with text nodes only.
 */
export class LogRows {
  /** @param {HTMLElement} box @param {{mark: (from: number, to: number) => void, scrolledUp: () => void}} listener */
  constructor(box, listener) {
    this.box = box;
    this.listener = listener;
    this.sizer = box.appendChild(element('div', 'log-sizer'));
    this.window = this.sizer.appendChild(element('div', 'log-window'));
    this.pool = [];
    this.folded = new Set();
    this.settings = { wrap: false, times: false, stream: 'all' };
    this.mine = false;
    this.sizes = new ResizeObserver(() => this.log && this.refresh());
    this.sizes.observe(box);
    box.addEventListener('scroll', () => this.#onScroll(), { passive: true });
    box.addEventListener('click', (event) => this.#onClick(event));
    this.charWidth = measureChar(box);
  }

  close() {
    this.sizes.disconnect();
    this.log = undefined;
  }

  show(log, settings) {
    this.log = log;
    this.folded.clear();
    this.order = null;
    this.widest = 0;
    this.#put(0);
    this.options(settings);
  }

  options(settings) {
    Object.assign(this.settings, settings);
    this.box.classList.toggle('wraps', this.settings.wrap);
    this.box.classList.toggle('with-times', this.settings.times);
    this.offsets = null;
    this.order = null;
  }

  highlight(range) {
    this.marked = range;
    if (this.log) this.#paint();
  }

  find(text) {
    this.sought = text.toLowerCase();
    this.#paint();
  }

  /** Takes what has come; answers how many lines there are. */
  refresh() {
    this.#order();
    this.#paint();
    return this.log.count;
  }

  /** Gives the box the height of all lines. */
  #resize() {
    this.#measure();
    const height = Math.max(1, this.height);
    if (height !== this.lastHeight) {
      this.lastHeight = height;
      this.sizer.style.setProperty('height', `${Math.min(height, TALLEST)}px`);
    }
    if (!this.log.whole) this.#keepPlace();
  }

  /** Which lines are shown, when not all are: a stream was chosen, or groups are folded. */
  #order() {
    const { log, settings } = this;
    if (!log.whole || (settings.stream === 'all' && !this.folded.size)) {
      this.order = null;
      return;
    }
    const from = this.order ? this.ordered : 0;
    const order = this.order ?? [];
    for (let index = from; index < log.count; index++) {
      const line = log.line(index);
      if (settings.stream !== 'all' && line.stream !== settings.stream) continue;
      if (line.group !== undefined && this.folded.has(line.group)) continue;
      order.push(index);
    }
    // The last line may still be growing into a marker; nothing else changes behind us.
    this.ordered = log.count;
    this.order = order;
  }

  get rowCount() {
    return this.order ? this.order.length : this.log.count;
  }

  /** With wrapping, where each line begins, in rows. */
  #measure() {
    const { rowCount } = this;
    if (!this.settings.wrap) {
      this.offsets = null;
      this.height = rowCount * ROW;
      return;
    }
    const columns = Math.max(20, Math.floor((this.box.clientWidth - this.#gutter() - 17) / this.charWidth));
    if (!this.offsets || this.columns !== columns) this.offsets = [0];
    this.columns = columns;
    const offsets = this.offsets;
    // The last one measured may have grown.
    if (offsets.length > 1) offsets.pop();
    for (let at = offsets.length - 1; at < rowCount; at++) {
      const length = Math.min(LONGEST, plain(this.#line(at).text).length);
      offsets.push(offsets[at] + Math.max(1, Math.ceil(length / columns)));
    }
    this.height = offsets[rowCount] * ROW;
  }

  #line(at) {
    return this.log.line(this.order ? this.order[at] : at);
  }

  #gutter() {
    const digits = Math.max(3, String(Math.max(1, this.log.count)).length);
    return Math.ceil((digits + (this.settings.times ? 14 : 0)) * this.charWidth) + 34;
  }

  /** The first row in sight and how many pixels of it are above the edge. */
  #top() {
    const { scrollTop, clientHeight } = this.box;
    if (this.height <= TALLEST) return this.#rowAt(scrollTop);
    const share = scrollTop / Math.max(1, TALLEST - clientHeight);
    return this.#rowAt(share * (this.height - clientHeight));
  }

  /** Where a row begins in a box that is as high as all of them. */
  #pixel(at) {
    return (this.offsets ? this.offsets[at] : at) * ROW;
  }

  #rowAt(pixel) {
    if (!this.offsets) return { at: Math.floor(pixel / ROW), above: pixel % ROW };
    const row = Math.floor(pixel / ROW);
    let low = 0;
    let high = Math.max(0, this.rowCount - 1);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.offsets[middle] <= row) low = middle;
      else high = middle - 1;
    }
    return { at: low, above: pixel - this.offsets[low] * ROW };
  }

  /** What is read must not move because lines above it were counted; what was scrolled since counts as well. */
  #keepPlace() {
    const { anchor, box } = this;
    if (anchor?.log !== this.log) return;
    const index = this.log.indexAt(anchor.place);
    if (index === anchor.index && this.height === anchor.height) return;
    const moved = box.scrollTop - anchor.scrollTop;
    this.#scrollTo(index * ROW + anchor.above);
    if (moved) this.#put(box.scrollTop + moved);
  }

  #scrollTo(pixel) {
    const most = Math.max(1, this.height - this.box.clientHeight);
    this.#put(this.height <= TALLEST ? pixel : (Math.max(0, pixel) / most) * (TALLEST - this.box.clientHeight));
  }

  /** Scrolls, and remembers where to: what is above that later, somebody else has scrolled. */
  #put(scrollTop) {
    this.box.scrollTop = scrollTop;
    this.own = this.box.scrollTop;
  }

  #paint() {
    if (!this.log) return;
    this.#resize();
    const { at: top, above } = this.#top();
    const { scrollTop, clientHeight } = this.box;
    if (!this.log.whole && this.rowCount) this.anchor = { log: this.log, index: top, above, place: this.log.place(top), height: this.height, scrollTop };
    const pad = this.height > TALLEST ? 1 : PAD;
    const first = Math.max(0, top - pad);
    const visible = top - first + Math.ceil(clientHeight / ROW) + pad;
    const last = Math.min(this.rowCount, first + visible);
    if (this.rowCount && !this.order) this.log.want(first, Math.max(first, last - 1));
    // Rows that stay in sight keep their elements; only those that come into it are filled anew.
    turn(this.pool, first - (this.first ?? first));
    this.first = first;
    this.last = last;
    this.#style(this.box, '--gutter', `${this.#gutter()}px`);
    this.#style(this.window, 'transform', `translateY(${scrollTop - above - this.#pixel(top) + this.#pixel(first)}px)`);
    let widest = this.widest ?? 0;
    for (let slot = 0; slot < visible; slot++) {
      const row = (this.pool[slot] ??= this.window.appendChild(newRow()));
      const at = first + slot;
      if (row.hidden !== at >= last) row.hidden = at >= last;
      if (at >= last) continue;
      const line = this.#line(at);
      widest = Math.max(widest, Math.min(LONGEST, line?.text.length ?? 0));
      this.#fill(row, line, this.offsets ? this.offsets[at + 1] - this.offsets[at] : 1);
    }
    for (let slot = visible; slot < this.pool.length; slot++) this.pool[slot].hidden = true;
    if (widest !== this.widest) {
      this.widest = widest;
      this.#style(this.sizer, '--widest', `${Math.ceil(widest * this.charWidth) + this.#gutter() + 32}px`);
    }
  }

  /** What is set anew costs the style of everything below, even when it has the same value. */
  #style(element, name, value) {
    if (element[name] === value) return;
    element[name] = value;
    element.style.setProperty(name, value);
  }

  #fill(row, line, rows) {
    const isMarked = line && this.marked && line.no >= this.marked.from && line.no <= this.marked.to;
    const text = line?.text ?? '';
    const state = `${line?.no ?? -1}|${text.length}|${isMarked ? 1 : 0}|${this.sought ?? ''}|${rows}|${this.folded.has(line?.no) ? 1 : 0}|${line?.opensGroup ? 1 : 0}|${this.settings.times ? 1 : 0}`;
    if (row.shown === text && row.state === state) return;
    row.shown = text;
    row.state = state;
    row.className = `log-row ${line?.stream === 'stderr' ? 'err' : ''} ${isMarked ? 'marked' : ''} ${line?.mark ? 'mark' : ''} ${line?.opensGroup ? 'group' : ''} ${line?.group !== undefined ? 'in' : ''}`;
    row.style.setProperty('height', `${rows * ROW}px`);
    const [gutter, body] = row.children;
    gutter.textContent = line?.no ? String(line.no) : line && !line.mark ? '·' : '';
    gutter.dataset.no = line?.no ?? '';
    gutter.dataset.time = this.settings.times && line?.time ? line.time.slice(11, 23) : '';
    body.replaceChildren(...(line ? textOf(line, this.sought, this.folded.has(line.no)) : [document.createTextNode(' ')]));
  }

  #onScroll() {
    if (!this.log) return;
    const { scrollTop, clientHeight, scrollHeight } = this.box;
    if (scrollTop < this.own - 1 && scrollTop + clientHeight < scrollHeight - ROW) this.listener.scrolledUp();
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      if (this.log && !this.#covers()) this.#paint();
    });
  }

  /** Whether what was painted lasts for where the box stands now. Where it is scrolled in proportion, no pixel is like another. */
  #covers() {
    if (this.height > TALLEST) return false;
    const { scrollTop, clientHeight } = this.box;
    const above = this.#rowAt(scrollTop).at - this.first;
    const below = this.last - this.#rowAt(scrollTop + clientHeight).at;
    return (above >= LEAST || (this.first === 0 && above >= 0)) && (below > LEAST || this.last === this.rowCount);
  }

  #onClick(event) {
    const row = event.target.closest('.log-row');
    const no = Number(row?.firstElementChild.dataset.no);
    if (!no) return;
    if (event.target.closest('.no')) {
      const from = event.shiftKey && this.marked ? Math.min(this.marked.from, no) : no;
      const to = event.shiftKey && this.marked ? Math.max(this.marked.to, no) : no;
      this.listener.mark(from, to);
    } else if (event.target.closest('.more')) {
      import('./log-line.js').then(({ showLine }) => showLine(this.log.line(this.log.indexOfNumber(no))));
    } else if (row.classList.contains('group')) {
      if (!this.folded.delete(no)) this.folded.add(no);
      this.order = null;
      this.offsets = null;
      this.refresh();
    }
  }

  toEnd() {
    this.#put(this.box.scrollHeight);
    this.#paint();
  }

  toLine(index) {
    const at = this.order ? Math.max(0, this.order.findIndex((each) => each >= index)) : index;
    this.#scrollTo(this.#pixel(at) - this.box.clientHeight / 2 + ROW);
    this.#paint();
  }
}

function newRow() {
  const row = element('div', 'log-row');
  row.append(element('button', 'no'), element('span', 'text'));
  row.firstElementChild.tabIndex = -1;
  return row;
}
