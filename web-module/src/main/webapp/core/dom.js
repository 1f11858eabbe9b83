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
