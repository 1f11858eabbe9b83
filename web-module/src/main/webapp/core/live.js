// One event stream for the window, handed out to whoever shows something that may change.
// It says honestly what it is: live, reconnecting, or paused because nobody looks.

import { currentSession, readSession, send } from './api.js';
import { readEvents } from './sse.js';

/** How long a hidden window keeps its stream. */
const PATIENCE = 60_000;
/** Events are handed out in portions, so that 200 of them a second do not become 200 renderings. */
const PORTION = 120;
/** Attempts at the same node before the window moves to another one. */
const LOYALTY = 3;

class Live {
  constructor() {
    /** @type {'off' | 'live' | 'reconnecting' | 'paused'} */
    this.state = 'off';
    this.listeners = new Set();
    this.watchers = new Set();
    this.lastId = '';
    this.waiting = [];
    this.flushing = 0;
    this.failures = 0;
    this.stopper = null;
    document.addEventListener('visibilitychange', () => this.#visibility());
  }

  start() {
    if (this.state === 'off') this.#run();
  }

  stop() {
    this.#to('off');
    this.stopper?.abort();
    this.lastId = '';
  }

  /** Calls back with the state now and whenever it changes; returns what ends that. */
  watch(watcher) {
    this.watchers.add(watcher);
    watcher(this.state);
    return () => this.watchers.delete(watcher);
  }

  /**
   * Calls back with portions of events whose topic begins with one of the families ('job.', 'run.').
   * The second argument says that events may be missing, so that everything must be read anew.
   *
   * @param {string[]} families
   * @param {(events: {topic: string, data: any, time: string}[], reset: boolean) => void} listener
   */
  subscribe(families, listener) {
    const entry = { families, listener };
    this.listeners.add(entry);
    return () => this.listeners.delete(entry);
  }

  async #run() {
    const stopper = (this.stopper = new AbortController());
    this.#to('reconnecting');
    while (!stopper.signal.aborted) {
      try {
        await this.#follow(stopper.signal);
      } catch (e) {
        if (e.status === 401 || e.status === 403) return this.#to('off');
        this.failures++;
      }
      if (stopper.signal.aborted) return;
      this.#to('reconnecting');
      if (this.failures > LOYALTY) this.#moveOn();
      await pause(Math.min(8000, 200 * 2 ** Math.min(this.failures, 6)), stopper.signal);
    }
  }

  async #follow(signal) {
    const resumed = this.lastId !== '';
    const headers = { Accept: 'text/event-stream', ...(resumed ? { 'Last-Event-ID': this.lastId } : {}) };
    const response = await send('GET', '/events', { headers, signal });
    this.failures = 0;
    this.#to('live');
    // Nodes come and go; where to move to must be known before it is needed.
    if (resumed) readSession().catch(() => {});
    // Nothing says what happened before the first connection: whoever has read already reads again.
    if (!resumed) this.#hand([], true);
    await readEvents(response, (event) => this.#take(event));
  }

  #take(event) {
    if (event.id) this.lastId = event.id;
    if (event.type === 'reset') return this.#hand([], true);
    if (event.type !== 'message') return;
    const cloud = JSON.parse(event.data);
    this.waiting.push({ topic: cloud.type.replace(/^io\.hodei\./, ''), data: cloud.data ?? {}, time: cloud.time });
    this.flushing ||= setTimeout(() => this.#flush(), PORTION);
  }

  #flush() {
    this.flushing = 0;
    const events = this.waiting;
    this.waiting = [];
    this.#hand(events, false);
  }

  #hand(events, reset) {
    for (const { families, listener } of this.listeners) {
      const mine = events.filter((event) => families.some((family) => event.topic.startsWith(family)));
      if (reset || mine.length) listener(mine, reset);
    }
  }

  #visibility() {
    clearTimeout(this.patience);
    if (document.hidden) {
      this.patience = setTimeout(() => {
        if (this.state === 'off') return;
        this.stopper?.abort();
        this.#to('paused');
      }, PATIENCE);
    } else if (this.state === 'paused') {
      this.#run();
    }
  }

  /** Goes to the same place at another node. The place is in the address, so nothing is lost on the way. */
  #moveOn() {
    const others = (currentSession()?.nodes ?? []).map((node) => node.url).filter((url) => url && new URL(url).origin !== location.origin);
    // A form that is being filled in is worth more than being live.
    if (!others.length || document.querySelector('dialog[open]')) return;
    const tried = Number(sessionStorage.getItem('hodei.moved') ?? 0);
    sessionStorage.setItem('hodei.moved', String(tried + 1));
    const next = new URL(others[tried % others.length]);
    location.replace(next.origin + location.pathname + location.hash);
  }

  #to(state) {
    if (this.state === state) return;
    this.state = state;
    this.watchers.forEach((watcher) => watcher(state));
  }
}

function pause(millis, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, millis);
    signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}

export const live = new Live();
