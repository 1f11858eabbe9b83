import { send } from './api.js';
import { readEvents } from './sse.js';
import { bytes } from './format.js';

/** Above this many bytes a log is read by ranges and not kept whole. */
export const TAIL_LIMIT = 4 << 20;
const MARKER = /^(?:::group::|::endgroup::|(?:---|\+\+\+|~~~) )/;

/**
 * @typedef {{text: string, no: number, stream: 'stdout' | 'stderr', time?: string, mark?: 'gap' | 'truncated', group?: number, open?: boolean}} Line
 *   `no` counts from 1; marks have none. `group` is the line that began the group it is in.
 */

/** A log that is kept whole: all of it as it comes, both streams told apart. */
export class TailLog {
  /**
   * @param {string} job
   * @param {number} attempt
   * @param {{changed: () => void, ended: () => void, tooBig: () => void, failed: (e: Error) => void}} listener
   */
  constructor(job, attempt, listener) {
    this.whole = true;
    this.listener = listener;
    /** @type {Line[]} */
    this.lines = [];
    this.numbered = 0;
    this.size = 0;
    this.hasGroups = false;
    this.group = undefined;
    this.streams = { stdout: { next: 0, last: null, decoder: new TextDecoder() }, stderr: { next: 0, last: null, decoder: new TextDecoder() } };
    this.stopper = new AbortController();
    this.lastId = '';
    this.complete = false;
    this.#run(job, attempt);
  }

  get count() {
    return this.lines.length;
  }

  line(index) {
    return this.lines[index];
  }

  /** Everything is here. */
  want() {}

  close() {
    this.stopper.abort();
  }

  indexOfNumber(no) {
    let low = 0;
    let high = this.lines.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.lines[middle].no || this.lines[middle - 1]?.no || 0) < no) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  async #run(job, attempt) {
    let failures = 0;
    while (!this.stopper.signal.aborted && !this.complete) {
      try {
        const headers = { Accept: 'text/event-stream', ...(this.lastId ? { 'Last-Event-ID': this.lastId } : {}) };
        const response = await send('GET', `/jobs/${job}/logs/tail`, { query: { attempt }, headers, signal: this.stopper.signal });
        failures = 0;
        await readEvents(response, (event) => this.#take(event));
      } catch (e) {
        if (this.stopper.signal.aborted) return;
        if (e.status) return this.listener.failed(e);
      }
      if (!this.complete) await new Promise((resume) => setTimeout(resume, Math.min(5000, 300 * 2 ** failures++)));
    }
  }

  #take(event) {
    if (this.stopper.signal.aborted) return;
    if (event.id) this.lastId = event.id;
    if (event.type === 'log') this.#chunk(JSON.parse(event.data));
    else if (event.type === 'end') {
      this.complete = true;
      this.listener.ended();
    }
  }

  #chunk(chunk) {
    const stream = this.streams[chunk.stream];
    if (!stream) return;
    if (chunk.offset > stream.next) this.#mark('gap', `${bytes(chunk.offset - stream.next)} of ${chunk.stream} are missing here`, chunk.stream);
    const data = chunk.text === undefined ? Uint8Array.from(atob(chunk.base64), (char) => char.charCodeAt(0)) : new TextEncoder().encode(chunk.text);
    stream.next = chunk.offset + data.length;
    this.size += data.length;
    this.#append(chunk.stream, stream.decoder.decode(data, { stream: true }), chunk.time);
    if (this.size > TAIL_LIMIT * 2) {
      this.close();
      this.listener.tooBig();
    } else {
      this.listener.changed();
    }
  }

  /** Lines of the two streams may be cut anywhere; each goes on where its own stream stopped. */
  #append(name, text, time) {
    const stream = this.streams[name];
    const parts = text.split('\n');
    parts.forEach((part, index) => {
      const isLast = index === parts.length - 1;
      if (stream.last) stream.last.text += part;
      else if (part || !isLast) stream.last = this.#begin(part, name, time);
      if (!isLast) {
        if (stream.last) this.#finish(stream.last);
        stream.last = null;
      }
    });
  }

  #begin(text, stream, time) {
    const line = { text, stream, time, no: ++this.numbered, group: this.group };
    this.lines.push(line);
    return line;
  }

  #finish(line) {
    if (!MARKER.test(line.text)) return;
    if (line.text.startsWith('::endgroup::')) {
      // A marker without a text of its own; its number stays its own.
      if (this.lines.at(-1) === line) this.lines.pop();
      this.group = undefined;
      return;
    }
    this.hasGroups = true;
    line.title = line.text.replace(/^(::group::|\S{3} )/, '');
    line.opensGroup = true;
    line.group = undefined;
    this.group = line.no;
  }

  #mark(mark, text, stream) {
    this.lines.push({ text, mark, stream, no: 0 });
  }

  /** Says at the end how much was not kept. */
  truncated(dropped) {
    if (dropped > 0 && this.lines.at(-1)?.mark !== 'truncated') this.#mark('truncated', `${bytes(dropped)} more were written; the log's limit was reached`, 'stdout');
  }
}
