// Lays out in a thread of its own: thousands of steps must not hold up a key press.
import { layout } from './dag-layout.js';

self.addEventListener('message', ({ data }) => {
  const before = performance.now();
  self.postMessage({ ticket: data.ticket, result: layout(data.steps), took: performance.now() - before });
});
