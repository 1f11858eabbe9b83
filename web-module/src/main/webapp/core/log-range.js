import { get, send } from './api.js';
import { bytes } from './format.js';

const BLOCK = 256 * 1024;
/** Blocks kept in memory. */
const KEPT = 96;
const NEWLINE = 10;
/** Bytes of a line before the first block says how long lines are. */
const USUAL = 80;

/**
 * A long log, read in blocks of bytes where somebody looks. The server says which line a block begins with; where the blocks between
 * begin is estimated until they are read. So the end, or any line, shows at once with its number, and nobody reads all of it.
 */
export class RangeLog {
  /**
   * @param {string} job
   * @param {number} attempt
   * @param {'stdout' | 'stderr' | 'all'} stream
   * @param {number} length in bytes
   * @param {{active: boolean, dropped: number}} more whether it grows, and how much was not kept
   * @param {{changed: () => void, ended: () => void, failed: (e: Error) => void}} listener
   */
  constructor(job, attempt, stream, length, { active, dropped }, listener) {
    Object.assign(this, { job, attempt, stream, length, active, dropped, listener });
    this.whole = false;
    this.hasGroups = false;
    this.blocks = new Map();
    /** Of blocks that were read once: the first line that begins in it, and how many do. */
    this.known = new Map();
    this.stopper = new AbortController();
    this.pending = new Map();
    this.#layout();
    this.#load(this.blockCount - 1).catch((e) => this.#fail(e));
    if (active) this.#grow();
  }

  get blockCount() {
    return Math.ceil(this.length / BLOCK);
  }

  /** Lines of the log; an estimate until its end was read. */
  get count() {
    return this.starts[this.blockCount] + (this.dropped > 0 ? 1 : 0);
  }

  get exact() {
    return this.known.has(this.blockCount - 1);
  }

  close() {
    this.stopper.abort();
  }

  /** Where each block's lines begin: as it is known, and between that in proportion to bytes. */
  #layout() {
    const points = [[0, 0]];
    for (const [block, { first, lines }] of [...this.known].sort((a, b) => a[0] - b[0])) points.push([block, first], [block + 1, first + lines]);
    if (!this.exact) {
      const [block, line] = points.at(-1);
      const perByte = block ? line / Math.min(this.length, block * BLOCK) : 1 / USUAL;
      points.push([this.blockCount, line + Math.max(1, Math.round((this.length - Math.min(this.length, block * BLOCK)) * perByte))]);
    }
    const starts = new Float64Array(this.blockCount + 1);
    for (let at = 1; at < points.length; at++) {
      const [[from, line], [to, next]] = [points[at - 1], points[at]];
      for (let block = from; block <= Math.min(to, this.blockCount); block++) starts[block] = to === from ? next : Math.round(line + ((next - line) * (block - from)) / (to - from));
    }
    this.starts = starts;
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
    return { text: this.#text(at, block, index - this.starts[at]), no: index + 1, stream: this.stream === 'stderr' ? 'stderr' : 'stdout' };
  }

  /** A line may end in the next block; what is longer than a block and a half is cut. */
  #text(at, block, inside) {
    const first = at === 0 ? inside - 1 : inside;
    const from = first < 0 ? 0 : block.breaks[first] + 1;
    const to = block.breaks[first + 1];
    if (to !== undefined) return decode(block.data, from, to);
    const rest = this.blocks.get(at + 1);
    if (!rest) return decode(block.data, from, block.data.length);
    const end = rest.breaks[0] ?? Math.min(rest.data.length, BLOCK / 2);
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
      } else this.#load(block).catch((e) => this.#fail(e));
    }
  }

  #load(block) {
    if (this.pending.has(block)) return this.pending.get(block);
    const loading = this.#fetch(block).finally(() => this.pending.delete(block));
    this.pending.set(block, loading);
    return loading;
  }

  /** The server may answer less than was asked for; goes on until it is whole. */
  async #fetch(block) {
    const offset = block * BLOCK;
    const end = Math.min(this.length, offset + BLOCK);
    const data = new Uint8Array(end - offset);
    let first = 0;
    let filled = 0;
    while (offset + filled < end) {
      const response = await this.#ask({ offset: offset + filled, limit: end - offset - filled, lines: filled === 0 ? true : undefined });
      if (filled === 0) first = Number(response.headers.get('Hodei-Log-Line') ?? 1);
      const portion = new Uint8Array(await response.arrayBuffer());
      if (!portion.length) break;
      data.set(portion, filled);
      filled += portion.length;
    }
    this.#keep(block, data.subarray(0, filled), first);
    this.#layout();
    this.listener.changed();
  }

  #ask(query) {
    return send('GET', `/jobs/${this.job}/logs`, { query: { attempt: this.attempt, stream: this.stream, ...query }, headers: { Accept: 'text/plain' }, signal: this.stopper.signal });
  }

  /** @param {number} line the number of the line that the first byte belongs to; it begins in an earlier block */
  #keep(block, data, line) {
    const breaks = [];
    for (let at = data.indexOf(NEWLINE); at >= 0; at = data.indexOf(NEWLINE, at + 1)) breaks.push(at);
    const endsTheLog = block === this.blockCount - 1 && data[data.length - 1] === NEWLINE;
    this.known.set(block, { first: block === 0 ? 0 : line, lines: breaks.length + (block === 0 ? 1 : 0) - (endsTheLog ? 1 : 0) });
    this.blocks.delete(block);
    this.blocks.set(block, { data, breaks: Int32Array.from(breaks) });
    for (const oldest of this.blocks.keys()) {
      if (this.blocks.size <= KEPT) break;
      this.blocks.delete(oldest);
    }
  }

  /** Reads what is around the line with this number; afterwards its index is its number less one. */
  async reach(no) {
    const response = await this.#ask({ fromLine: no, limit: 1 });
    const offset = Number(response.headers.get('Hodei-Log-Offset'));
    await this.#load(Math.min(this.blockCount - 1, Math.floor(Math.max(0, offset - 1) / BLOCK)));
  }

  indexOfNumber(no) {
    return Math.max(0, Math.min(this.count - 1, no - 1));
  }

  /** Lines that hold the text, found by the server. A search may need several answers until the first hit. */
  async search(text, from) {
    let found;
    do {
      found = await get(`/jobs/${this.job}/logs:search`, { q: text, attempt: this.attempt, stream: this.stream === 'all' ? undefined : this.stream, limit: 200, from: found?.nextCursor ?? from }, this.stopper.signal);
    } while (!found.items.length && found.nextCursor);
    return { items: found.items, next: found.nextCursor };
  }

  /** While the job writes: asks for what is behind the end. */
  async #grow() {
    while (!this.stopper.signal.aborted) {
      await new Promise((resume) => setTimeout(resume, 1000));
      if (document.hidden) continue;
      try {
        const response = await this.#ask({ offset: this.length, limit: 1 });
        const length = Number(response.headers.get('Hodei-Log-Length'));
        if (length > this.length) await this.#longer(length);
        else if (response.headers.get('Hodei-Log-State') !== 'OPEN') return this.listener.ended();
      } catch (e) {
        if (e.status) return this.#fail(e);
      }
    }
  }

  async #longer(length) {
    // What was asked for while the log was shorter may still be on its way; its end is not the end any more.
    await Promise.allSettled(this.pending.values());
    const last = this.blockCount - 1;
    this.known.delete(last);
    this.length = length;
    this.#layout();
    await this.#load(last);
    if (!this.exact) await this.#load(this.blockCount - 1);
  }

  #fail(e) {
    if (!this.stopper.signal.aborted) this.listener.failed(e);
  }
}

const decoder = new TextDecoder();
const decode = (data, from, to) => decoder.decode(data.subarray(from, to));
