// All of the console's requests. Who is signed in the server knows by a cookie that scripts cannot read;
// what changes something carries the session's CSRF value as well.

const ROOT = 'api/v1';

/** A refusal (RFC 9457) as it can be shown: what happened, why, what to do. */
export class Problem extends Error {
  /** @param {{title?: string, detail?: string, status?: number, code?: string, traceId?: string, errors?: {pointer: string, message: string}[]}} body */
  constructor(body) {
    super(body.detail || body.title || 'The request was refused.');
    this.name = 'Problem';
    this.title = body.title ?? 'Refused';
    this.status = body.status ?? 0;
    this.code = body.code ?? 'unknown';
    this.traceId = body.traceId;
    this.errors = body.errors ?? [];
    this.remedy = REMEDIES[this.code] ?? REMEDIES[this.status] ?? '';
  }
}

const REMEDIES = {
  unreachable: 'The page tries again by itself. If it lasts, look at the node: hodei doctor.',
  401: 'Sign in again.',
  403: 'Ask an administrator for a token with a role that may do this.',
  404: 'It may have been removed by retention, or belong to another tenant.',
  409: 'Reload: its state has changed.',
  412: 'Somebody changed it in the meantime. Reload and try again.',
  429: 'Too many requests. Wait a moment.',
  503: 'The node or its database is busy. Try again in a moment.',
};

/** @type {{csrf?: string, tenant?: any, token?: any, role?: string, permissions?: string[], nodes?: string[], installationAdmin?: boolean} | null} */
let session = null;
const expired = new Set();

export const currentSession = () => session;
/** Whether the signed-in token may do something; buttons that would be refused are not shown. */
export const may = (permission) => !session?.permissions || session.permissions.includes(permission);
/** Calls back when the session ends on its own: it was revoked, or has expired. */
export const onSessionEnd = (listener) => expired.add(listener);

export async function readSession() {
  session = await request('GET', '/session');
  return session;
}

/** @param {{token: string} | {code: string}} proof */
export async function signIn(proof) {
  await request('POST', '/session', { body: proof });
  return readSession();
}

export async function signOut() {
  try {
    await request('DELETE', '/session');
  } finally {
    session = null;
  }
}

/** The address of something in the API, with its query. Lists become repeated parameters. */
export function address(path, query = {}) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) value.forEach((each) => parameters.append(name, each));
    else if (value !== undefined && value !== null && value !== '') parameters.append(name, String(value));
  }
  const text = parameters.toString();
  return ROOT + path + (text ? `?${text}` : '');
}

/** The headers that the server wants beside the cookie. */
export const proof = (method) => (method === 'GET' || !session?.csrf ? {} : { 'X-Hodei-CSRF': session.csrf });

/** The response as it came; refusals are thrown as {@link Problem}. */
export async function send(method, path, { query, body, headers = {}, signal, type } = {}) {
  let response;
  try {
    response = await fetch(address(path, query), {
      method,
      signal,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: {
        Accept: 'application/json, application/problem+json;q=0.9, */*;q=0.5',
        ...(body === undefined ? {} : { 'Content-Type': type ?? 'application/json' }),
        ...proof(method),
        ...headers,
      },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });
  } catch (e) {
    if (signal?.aborted) throw e;
    throw new Problem({ title: 'No answer', detail: 'The node does not answer.', code: 'unreachable' });
  }
  if (!response.ok) {
    const problem = await problemOf(response);
    if (response.status === 401 && session) {
      session = null;
      expired.forEach((listener) => listener(problem));
    }
    throw problem;
  }
  return response;
}

async function problemOf(response) {
  try {
    return new Problem({ status: response.status, ...(await response.json()) });
  } catch {
    return new Problem({ status: response.status, title: response.statusText, detail: `The server answered ${response.status}.` });
  }
}

async function request(method, path, options) {
  const response = await send(method, path, options);
  if (response.status === 204) return null;
  const type = response.headers.get('Content-Type') ?? '';
  return type.includes('json') ? response.json() : response.text();
}

export const get = (path, query, signal) => request('GET', path, { query, signal });
export const post = (path, body, query) => request('POST', path, { body: body ?? {}, query });
/** A POST that takes no body. */
export const act = (path, query) => request('POST', path, { query });
export const put = (path, body, headers) => request('PUT', path, { body, headers });
export const patch = (path, body, version) =>
  request('PATCH', path, { body, type: 'application/merge-patch+json', headers: { 'If-Match': `"v${version}"` } });
export const remove = (path, version) =>
  request('DELETE', path, { headers: version === undefined ? {} : { 'If-Match': `"v${version}"` } });

/** All pages of a list up to a bound. */
export async function all(path, query, most = 1000, signal) {
  const items = [];
  let cursor;
  do {
    const page = await get(path, { ...query, limit: Math.min(500, most - items.length), cursor }, signal);
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor && items.length < most);
  return { items, more: Boolean(cursor) };
}

/** A part of a path. */
export const part = (text) => encodeURIComponent(text);
