// Server-sent events over fetch: unlike EventSource it shows why a connection was refused, and resumes from an id of our choice.

/** Takes text as it comes and hands out whole events (WHATWG HTML, section 9.2). */
export class EventParser {
  /** @param {(event: {id: string, type: string, data: string}) => void} emit */
  constructor(emit) {
    this.emit = emit;
    this.rest = '';
    this.id = '';
    this.type = '';
    this.data = [];
    this.retry = 1000;
  }

  push(text) {
    this.rest += text;
    let from = 0;
    for (let end = this.rest.indexOf('\n'); end >= 0; end = this.rest.indexOf('\n', from)) {
      this.line(this.rest.slice(from, this.rest[end - 1] === '\r' ? end - 1 : end));
      from = end + 1;
    }
    this.rest = this.rest.slice(from);
  }

  line(line) {
    if (line === '') {
      if (this.data.length) this.emit({ id: this.id, type: this.type || 'message', data: this.data.join('\n') });
      this.data = [];
      this.type = '';
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'data') this.data.push(value);
    else if (field === 'id') this.id = value;
    else if (field === 'event') this.type = value;
    else if (field === 'retry' && /^\d+$/.test(value)) this.retry = Number(value);
  }
}

/** Longest silence of a living stream: the server sends a heartbeat every 10 seconds. */
const SILENCE = 25_000;

/**
 * Reads a stream until it ends. Throws when it breaks.
 *
 * @param {Response} response
 * @param {(event: {id: string, type: string, data: string}) => void} emit
 */
export async function readEvents(response, emit) {
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  const parser = new EventParser(emit);
  let watchdog;
  try {
    for (;;) {
      const silence = new Promise((_, fail) => {
        watchdog = setTimeout(() => fail(new Error('The stream is silent')), SILENCE);
      });
      const { done, value } = await Promise.race([reader.read(), silence]);
      clearTimeout(watchdog);
      if (done) return;
      parser.push(decoder.decode(value, { stream: true }));
    }
  } finally {
    clearTimeout(watchdog);
    reader.cancel().catch(() => {});
  }
}
