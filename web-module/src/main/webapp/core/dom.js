// Elements made by hand, where a template for each would cost too much.

export function element(tag, cls) {
  const made = document.createElement(tag);
  if (cls) made.className = cls;
  return made;
}

export const span = (text, cls) => Object.assign(element('span', cls), { textContent: text });

/** The width of a character in this box, in pixels. */
export function measureChar(box) {
  const probe = span('0'.repeat(100), 'log-probe');
  box.append(probe);
  const width = probe.getBoundingClientRect().width / 100;
  probe.remove();
  return width || 7.5;
}

/** Moves so many siblings from the beginning to the end, or, when negative, from the end to the beginning. */
export function turn(siblings, by) {
  if (!by || Math.abs(by) >= siblings.length) return;
  const parent = siblings[0].parentNode;
  const moved = by > 0 ? siblings.splice(0, by) : siblings.splice(by);
  // An element that is moved loses the focus, and with it the keys that scroll.
  if (moved.some((each) => each.contains(document.activeElement))) parent.closest('[tabindex]')?.focus({ preventScroll: true });
  siblings[by > 0 ? 'push' : 'unshift'](...moved);
  parent[by > 0 ? 'append' : 'prepend'](...moved);
}
