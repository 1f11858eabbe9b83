import { go } from './router.js';

// Keys of the whole console. Inside of a field only Ctrl K works: nobody wants to leave a page while typing.

export const KEYS = [
  ['Ctrl K', 'Go to or do something'],
  ['?', 'Show these keys'],
  ['g o', 'Overview'],
  ['g j', 'Jobs'],
  ['g r', 'Runs'],
  ['g p', 'Pipelines'],
  ['g s', 'Schedules'],
  ['g t', 'Templates'],
  ['g a', 'Agents'],
  ['g q', 'Pools'],
  ['g c', 'Cluster'],
  ['/', 'Filter, or search in a log'],
  ['j  k', 'Next and previous row'],
  ['Enter', 'Open the row'],
  ['x', 'Select the row'],
  ['r', 'Retry the job of this page'],
  ['c', 'Cancel the job or run of this page'],
  ['f', 'Follow the log'],
  ['w', 'Wrap long lines of the log'],
  ['Esc', 'Close'],
];
const PLACES = { o: '', j: 'jobs', r: 'runs', p: 'pipelines', s: 'schedules', t: 'templates', a: 'agents', q: 'pools', c: 'cluster' };

export const isTyping = (event) => event.target.closest?.('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]') !== null;
const hasDialog = () => document.querySelector('dialog[open]') !== null;

/** @param {{palette: () => void, keys: () => void}} doors */
export function listenForKeys(doors) {
  let leading = 0;
  window.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      doors.palette();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event) || hasDialog()) return;
    if (event.key === '?') doors.keys();
    else if (Date.now() - leading < 1500 && event.key in PLACES) {
      event.preventDefault();
      event.stopImmediatePropagation();
      go(PLACES[event.key]);
    } else if (event.key === '/') {
      const field = document.querySelector('[data-find]');
      if (field) {
        event.preventDefault();
        field.focus();
      }
    } else {
      leading = event.key === 'g' ? Date.now() : 0;
      return;
    }
    leading = 0;
  }, true);
}

/** Keys of one page: onKeys(this, {r: () => …}) in connectedCallback; the result ends it. */
export function onKeys(actions) {
  const listener = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event) || hasDialog()) return;
    const action = actions[event.key];
    if (action) {
      event.preventDefault();
      action(event);
    }
  };
  window.addEventListener('keydown', listener);
  return () => window.removeEventListener('keydown', listener);
}
