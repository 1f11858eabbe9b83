// Before the first paint, so that a dark window never flashes white. A classic script on purpose: modules run too late.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('hodei.theme');
  } catch {
    // Storage may be forbidden; the system's scheme is used then.
  }
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
})();
