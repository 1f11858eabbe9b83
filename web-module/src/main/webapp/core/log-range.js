import { get, send } from './api.js';
import { bytes } from './format.js';

const BLOCK = 256 * 1024;
const STEP = 1024 * 1024;
/** Blocks kept in memory. */
const KEPT = 96;
const NEWLINE = 10;
/** Above this size lines are counted only where somebody looks. */
const COUNTED = 512 << 20;

/**
 * A long log, read in blocks of bytes. How many lines a block holds is known when it was read; until then it is estimated, so the
 * end can be shown at once while the numbers of its lines are still being counted.
 */
export class RangeLog {
  constructor(job, attempt, stream, length, { active, dropped }, listener) {
    Object.assign(this, { job, attempt, stream, length, active, dropped, listener });
    this.whole = false;
    this.hasGroups = false;
    this.blocks = new Map();
    this.counts = [];
    this.average = 80;
    this.stopper = new AbortController();
    this.pending = new Map();
    this.#layout();
    this.#count();
    if (active) this.#grow();
  }

  get blockCount() {
    return Math.ceil(this.length / BLOCK);
  }

  /** Lines of the log; an estimate until all blocks were counted. */
  get count() {
    return this.starts[this.blockCount] + (this.dropped > 0 ? 1 : 0);
  }

  get exact() {
    return this.known >= this.blockCount;
  }

  close() {
    this.stopper.abort();
  }

  /** Sums up where each block's lines begin, and how far they are exact. */
  #layout() {
    const starts = new Float64Array(this.blockCount + 1);
    const guess = Math.max(1, Math.round(BLOCK / this.average));
    let known = 0;
    for (let block = 0; block < this.blockCount; block++) {
      const size = Math.min(BLOCK, this.length - block * BLOCK);
      const lines = this.counts[block] ?? Math.max(1, Math.round((guess * size) / BLOCK));
      if (known === block && this.counts[block] !== undefined) known++;
      starts[block + 1] = starts[block] + lines;
    }
    this.starts = starts;
    this.known = known;
  }

  #blockOf(index) {
    let low = 0;
    let high = this.blockCount - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Where a line is in bytes, which stays when numbers of lines before it become known. */
  place(index) {
    const block = this.#blockOf(index);
    return { block, inside: index - this.starts[block] };
  }

  indexAt({ block, inside }) {
    return this.starts[Math.min(block, this.blockCount - 1)] + inside;
  }

  /** @returns {import('./log-tail.js').Line | undefined} undefined while it is being read */
  line(index) {
    if (this.dropped > 0 && index === this.count - 1) return { text: `${bytes(this.dropped)} more were written; the log's limit was reached`, mark: 'truncated', no: 0, stream: 'stdout' };
    const at = this.#blockOf(index);
    const block = this.blocks.get(at);
    if (!block) return undefined;
    const inside = index - this.starts[at];
    const no = at <= this.known ? index + 1 : 0;
    return { text: this.#text(at, block, inside), no, stream: this.stream === 'stderr' ? 'stderr' : 'stdout' };
  }

  #text(at, block, inside) {
    const first = at === 0 ? inside - 1 : inside;
    const from = first < 0 ? 0 : block.breaks[first] + 1;
    const to = block.breaks[first + 1];
    if (to !== undefined) return decode(block.data, from, to);
    const rest = this.blocks.get(at + 1);
    if (!rest) return decode(block.data, from, block.data.length);
    const end = rest.breaks[0] ?? Math.min(rest.data.length, 64 * 1024);
    const joined = new Uint8Array(block.data.length - from + end);
    joined.set(block.data.subarray(from));
    joined.set(rest.data.subarray(0, end), block.data.length - from);
    return decode(joined, 0, joined.length);
  }

  /** Reads what these lines need, if it is not here. */
  want(first, last) {
    const to = Math.min(this.blockCount - 1, this.#blockOf(Math.min(last, this.count - 1)) + 1);
    for (let block = this.#blockOf(first); block <= to; block++) {
      const kept = this.blocks.get(block);
      if (kept) {
        this.blocks.delete(block);
        this.blocks.set(block, kept);
      } else this.#load(block * BLOCK, BLOCK).catch((e) => this.#fail(e));
    }
  }

  #load(offset, size) {
    if (this.pending.has(offset)) return this.pending.get(offset);
    const loading = this.#fetch(offset, size).finally(() => this.pending.delete(offset));
    this.pending.set(offset, loading);
    return loading;
  }

  /** The server may answer less than was asked for; goes on until it is whole. */
  async #fetch(offset, size) {
    const end = Math.min(this.length, offset + size);
    const data = new Uint8Array(end - offset);
    let filled = 0;
    while (offset + filled < end) {
      const query = { attempt: this.attempt, stream: this.stream, offset: offset + filled, limit: end - offset - filled };
      const response = await send('GET', `/jobs/${this.job}/logs`, { query, headers: { Accept: 'text/plain' }, signal: this.stopper.signal });
      const portion = new Uint8Array(await response.arrayBuffer());
      if (!portion.length) break;
      data.set(portion, filled);
      filled += portion.length;
    }
    for (let at = 0; at < filled; at += BLOCK) this.#keep((offset + at) / BLOCK, data.subarray(at, Math.min(filled, at + BLOCK)));
    this.#layout();
    this.listener.changed();
  }

  #keep(block, data) {
    const breaks = [];
    for (let at = data.indexOf(NEWLINE); at >= 0; at = data.indexOf(NEWLINE, at + 1)) breaks.push(at);
    const endsTheLog = block === this.blockCount - 1 && data[data.length - 1] === NEWLINE;
    this.counts[block] = breaks.length + (block === 0 ? 1 : 0) - (endsTheLog ? 1 : 0);
    if (breaks.length > 20) this.average = data.length / breaks.length;
    this.blocks.delete(block);
    this.blocks.set(block, { data: data.slice(), breaks: Int32Array.from(breaks) });
    for (const oldest of this.blocks.keys()) {
      if (this.blocks.size <= KEPT) break;
      this.blocks.delete(oldest);
    }
  }

  /** Reads from the start, to know each line's number. The end was asked for first. */
  async #count() {
    try {
      await this.#load((this.blockCount - 1) * BLOCK, BLOCK);
      await this.#countOn();
    } catch (e) {
      this.#fail(e);
    }
  }

  async #countOn() {
    if (this.length > COUNTED || this.counting) return;
    this.counting = true;
    while (!this.exact && !this.stopper.signal.aborted) {
      await this.#load(this.known * BLOCK, STEP);
      // Leaves the line to what somebody looks at.
      await new Promise((resume) => setTimeout(resume, 4));
    }
    this.counting = false;
    this.listener.changed();
  }

  /** While the job writes: asks for what is behind the end. */
  async #grow() {
    while (!this.stopper.signal.aborted) {
      await new Promise((resume) => setTimeout(resume, 1000));
      if (document.hidden) continue;
      try {
        const response = await send('GET', `/jobs/${this.job}/logs`, { query: { attempt: this.attempt, stream: this.stream, offset: this.length, limit: 1 }, headers: { Accept: 'text/plain' }, signal: this.stopper.signal });
        const length = Number(response.headers.get('Hodei-Log-Length'));
        if (length > this.length) await this.#longer(length);
        else if (response.headers.get('Hodei-Log-State') !== 'OPEN') return this.listener.ended();
      } catch (e) {
        if (e.status) return this.#fail(e);
      }
    }
  }

  async #longer(length) {
    const last = this.blockCount - 1;
    delete this.counts[last];
    this.length = length;
    this.#layout();
    // What was asked for while the log was shorter may still be on its way; its end is not the end any more.
    await Promise.allSettled(this.pending.values());
    await this.#load(last * BLOCK, STEP);
    if (this.counts[this.blockCount - 1] === undefined) await this.#load((this.blockCount - 1) * BLOCK, BLOCK);
    await this.#countOn();
  }

  indexOfNumber(no) {
    return Math.max(0, Math.min(this.count - 1, no - 1));
  }

  /** Lines that hold the text, found by the server. */
  async search(text, from) {
    const found = await get(`/jobs/${this.job}/logs:search`, { q: text, attempt: this.attempt, stream: this.stream === 'all' ? undefined : this.stream, limit: 200, from }, this.stopper.signal);
    return { items: found.items, next: found.nextCursor };
  }

  #fail(e) {
    if (!this.stopper.signal.aborted) this.listener.failed(e);
  }
}

const decoder = new TextDecoder();
const decode = (data, from, to) => decoder.decode(data.subarray(from, Math.min(to, from + 128 * 1024)));
