// Choices of this browser. They are conveniences: without storage everything works with the defaults.

export function remembered(name, byDefault) {
  try {
    const text = localStorage.getItem(`hodei.${name}`);
    return text === null ? byDefault : JSON.parse(text);
  } catch {
    return byDefault;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(`hodei.${name}`, JSON.stringify(value));
  } catch {
    // Full or forbidden: the choice lasts as long as the page.
  }
}

/** 'system', 'light' or 'dark'. Stored as plain text because theme.js reads it before modules run. */
export function theme() {
  return document.documentElement.dataset.theme ?? 'system';
}

export function setTheme(name) {
  if (name === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
  try {
    if (name === 'system') localStorage.removeItem('hodei.theme');
    else localStorage.setItem('hodei.theme', name);
  } catch {
    // As above.
  }
}
