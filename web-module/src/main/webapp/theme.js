// Before the first paint, so that a dark window never flashes white. A classic script on purpose: modules run too late.
(() => {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  root.dataset.choice = 'system';
  try {
    const chosen = localStorage.getItem('hodei.theme');
    if (chosen === 'light' || chosen === 'dark') root.dataset.choice = chosen;
  } catch {
    // Storage may be forbidden; the system's scheme is used then.
  }
  const apply = () => {
    const { choice } = root.dataset;
    root.dataset.theme = choice === 'system' ? (dark.matches ? 'dark' : 'light') : choice;
  };
  apply();
  dark.addEventListener('change', apply);
  root.addEventListener('hodei-theme', apply);
})();
