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

/** 'system', 'light' or 'dark'. */
export const theme = () => document.documentElement.dataset.choice ?? 'system';

/** Stored as plain text because theme.js reads it before modules run. */
export function setTheme(name) {
  const root = document.documentElement;
  root.dataset.choice = name;
  root.dispatchEvent(new Event('hodei-theme'));
  try {
    if (name === 'system') localStorage.removeItem('hodei.theme');
    else localStorage.setItem('hodei.theme', name);
  } catch {
    // As above.
  }
}
