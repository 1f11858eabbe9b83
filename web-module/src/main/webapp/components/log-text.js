import { parseAnsi, plain } from '../core/ansi.js';
import { element, span } from '../core/dom.js';

/** Characters of a line that are shown; the rest comes with a click. */
export const LONGEST = 4_000;

/**
 * What a row shows of its line.
 *
 * @param {import('../core/log-tail.js').Line} line
 * @param {string | undefined} sought in lower case; where it is found is marked
 * @param {boolean} isFolded whether the group that the line begins is
 * @returns {Node[]}
 */
export function textOf(line, sought, isFolded) {
  if (line.opensGroup) return [span(`${isFolded ? '▸' : '▾'} ${plain(line.title)}`, 'title')];
  const isLong = line.text.length > LONGEST;
  const nodes = parseAnsi(isLong ? line.text.slice(0, LONGEST) : line.text).flatMap((piece) => marked(piece, sought));
  if (isLong) nodes.push(Object.assign(element('button', 'link more'), { textContent: `… ${(line.text.length - LONGEST).toLocaleString('en-US')} more characters` }));
  return nodes;
}

function marked({ text, cls }, sought) {
  if (!sought) return [cls ? span(text, cls) : document.createTextNode(text)];
  const nodes = [];
  const lower = text.toLowerCase();
  let from = 0;
  for (let at = lower.indexOf(sought); at >= 0 && nodes.length < 400; at = lower.indexOf(sought, from)) {
    if (at > from) nodes.push(span(text.slice(from, at), cls));
    nodes.push(Object.assign(element('mark', cls), { textContent: text.slice(at, at + sought.length) }));
    from = at + sought.length;
  }
  nodes.push(span(text.slice(from), cls));
  return nodes;
}
