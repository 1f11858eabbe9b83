// Where the window is, as #/path?query. The hash never reaches a server, so a one-time code in it cannot end in a log.

/** @typedef {{path: string, parts: string[], query: URLSearchParams}} Route */

/** @returns {Route} */
export function currentRoute() {
  const text = location.hash.replace(/^#/, '') || '/';
  const mark = text.indexOf('?');
  const path = mark < 0 ? text : text.slice(0, mark);
  return {
    path,
    parts: path.split('/').filter(Boolean).map(decoded),
    query: new URLSearchParams(mark < 0 ? '' : text.slice(mark + 1)),
  };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The address of a page: to('jobs', id) or to('jobs', {q: 'state:failed'}). */
export function to(...parts) {
  const last = parts.at(-1);
  const query = typeof last === 'object' && last !== null ? parts.pop() : {};
  const parameters = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== undefined && value !== ''));
  const text = parameters.toString();
  return '#/' + parts.map(encodeURIComponent).join('/') + (text ? `?${text}` : '');
}

export function go(...parts) {
  location.hash = to(...parts);
}

/** Changes the query of this page without a new entry in the history. */
export function amend(changes) {
  const { path, query } = currentRoute();
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === null || value === '') query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  history.replaceState(null, '', `#${path}${text ? `?${text}` : ''}`);
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}
