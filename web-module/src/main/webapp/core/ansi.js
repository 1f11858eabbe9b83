// Colours of terminals become classes from a fixed list; every other escape is dropped. The text itself is never markup.

/** No line makes more pieces than this: what is behind stays in the last one. */
const MOST_SPANS = 200;
/* eslint-disable-next-line no-control-regex */
const ESCAPE = /\x1b(?:\[([0-?]*)[ -/]*([@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])/g;
/* eslint-disable-next-line no-control-regex */
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A line as pieces of text with classes.
 *
 * @param {string} line without its line break
 * @returns {{text: string, cls: string}[]}
 */
export function parseAnsi(line) {
  const shown = lastOverwrite(line);
  if (!shown.includes('\x1b')) return [{ text: visible(shown), cls: '' }];
  const spans = [];
  const style = { fg: '', bg: '', bold: false, dim: false, italic: false, under: false, inverse: false };
  let from = 0;
  ESCAPE.lastIndex = 0;
  for (let match = ESCAPE.exec(shown); match; match = ESCAPE.exec(shown)) {
    push(spans, shown.slice(from, match.index), style);
    from = ESCAPE.lastIndex;
    if (match[2] === 'm') apply(style, match[1]);
    if (spans.length >= MOST_SPANS) break;
  }
  push(spans, shown.slice(from).replace(ESCAPE, ''), style);
  return spans;
}

/** The line as plain text: what is searched and copied. */
export const plain = (line) => visible(lastOverwrite(line).replace(ESCAPE, ''));

/** A progress bar writes one line many times; the last version counts. */
function lastOverwrite(line) {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  const at = text.lastIndexOf('\r');
  return at < 0 ? text : text.slice(at + 1);
}

/** Control characters, and those that turn the direction of text, are shown and have no effect. */
const visible = (text) => text.replaceAll('\t', '    ').replace(CONTROL, (char) => (char < ' ' ? String.fromCharCode(0x2400 + char.charCodeAt(0)) : '\ufffd'));

function push(spans, text, style) {
  if (text) spans.push({ text: visible(text), cls: classes(style) });
}

function classes(style) {
  const fg = style.inverse ? style.bg || 'inv' : style.fg;
  const bg = style.inverse ? style.fg || 'inv' : style.bg;
  return [fg && `a-f-${fg}`, bg && `a-b-${bg}`, style.bold && 'a-bold', style.dim && 'a-dim', style.italic && 'a-italic', style.under && 'a-under'].filter(Boolean).join(' ');
}

function apply(style, parameters) {
  const codes = parameters.split(/[;:]/).slice(0, 32).map(Number);
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at];
    if (code === 0) Object.assign(style, { fg: '', bg: '', bold: false, dim: false, italic: false, under: false, inverse: false });
    else if (code === 1) style.bold = true;
    else if (code === 2) style.dim = true;
    else if (code === 3) style.italic = true;
    else if (code === 4) style.under = true;
    else if (code === 7) style.inverse = true;
    else if (code === 22) style.bold = style.dim = false;
    else if (code === 23) style.italic = false;
    else if (code === 24) style.under = false;
    else if (code === 27) style.inverse = false;
    else if (code >= 30 && code <= 37) style.fg = String(code - 30);
    else if (code >= 90 && code <= 97) style.fg = String(code - 82);
    else if (code >= 40 && code <= 47) style.bg = String(code - 40);
    else if (code >= 100 && code <= 107) style.bg = String(code - 92);
    else if (code === 39) style.fg = '';
    else if (code === 49) style.bg = '';
    else if (code === 38 || code === 48) {
      const side = code === 38 ? 'fg' : 'bg';
      if (codes[at + 1] === 5) {
        style[side] = indexed(codes[at + 2] ?? 0);
        at += 2;
      } else if (codes[at + 1] === 2) {
        style[side] = nearest(codes[at + 2] ?? 0, codes[at + 3] ?? 0, codes[at + 4] ?? 0);
        at += 4;
      }
    }
  }
}

/** Of 256 colours the nearest of the 16 whose contrast this page has checked. */
function indexed(number) {
  if (number < 16) return String(number);
  if (number >= 232) return number < 244 ? '8' : '7';
  const cube = number - 16;
  const level = (value) => (value ? value * 40 + 55 : 0);
  return nearest(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6));
}

function nearest(red, green, blue) {
  const most = Math.max(red, green, blue);
  if (most - Math.min(red, green, blue) < 40) return most < 90 ? '8' : '7';
  const half = most / 2 + 20;
  const bits = (red > half ? 1 : 0) | (green > half ? 2 : 0) | (blue > half ? 4 : 0);
  return String(bits + (most > 190 ? 8 : 0));
}
