// The language of filters: state:failed name:nightly* label.team=pay pool:gpu created:>-1h
// Each term becomes a parameter of the API, so that what is shown is what a bulk operation will touch.

export const JOB_STATES = ['SCHEDULED', 'QUEUED', 'BLOCKED', 'LEASED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'CANCELLED', 'EXPIRED'];
export const RUN_STATES = ['QUEUED', 'RUNNING', 'PAUSED', 'CANCELLING', 'SUCCEEDED', 'FAILED', 'CANCELLED'];
const UNITS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
/** What people call groups of states. */
const GROUPS = {
  ended: ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'CANCELLED', 'EXPIRED'],
  waiting: ['SCHEDULED', 'QUEUED', 'BLOCKED'],
  broken: ['FAILED', 'TIMED_OUT', 'EXPIRED'],
};

/** Splits at blanks outside of quotes. */
export function terms(text) {
  return (text.match(/(?:[^\s"]|"[^"]*")+/g) ?? []).filter(Boolean);
}

/**
 * Reads a filter of jobs.
 *
 * @param {string} text
 * @param {number} now
 * @returns {{query: Record<string, any>, errors: Map<string, string>}} errors by term
 */
export function parseJobFilter(text, now = Date.now()) {
  return parse(text, now, {
    state: (value) => ({ state: states(value, JOB_STATES) }),
    name: (value) => ({ name: value }),
    pool: (value) => ({ pool: value }),
    run: (value) => ({ run: value }),
    execution: (value) => ({ executionName: value }),
    label: (value) => ({ label: [value.replace('=', ':')] }),
    created: (value) => when(value, now),
    started: refuse('The list is filtered by the time of creation: created:>-1h'),
    finished: refuse('The list is filtered by the time of creation: created:>-1h'),
  });
}

export function parseRunFilter(text, now = Date.now()) {
  return parse(text, now, {
    state: (value) => ({ state: states(value, RUN_STATES) }),
    pipeline: (value) => ({ pipeline: value }),
    name: (value) => ({ pipeline: value }),
    parent: (value) => ({ parent: value }),
    created: (value) => when(value, now),
    started: refuse('The list is filtered by the time of creation: created:>-1h'),
  }, 'pipeline');
}

function parse(text, now, readers, word = 'name') {
  const query = {};
  const errors = new Map();
  for (const term of terms(text)) {
    try {
      merge(query, readTerm(term, readers, word));
      if (query.state?.length === 0) throw new Error('Nothing is in all of these states. Name several in one term: state:failed,cancelled');
    } catch (e) {
      errors.set(term, e.message);
    }
  }
  return { query, errors };
}

function readTerm(term, readers, word) {
  const label = /^label\.([^=:]+)(?:[=:](.*))?$/.exec(term);
  if (label && readers.label) return { label: [label[2] === undefined ? label[1] : `${label[1]}:${unquoted(label[2])}`] };
  const colon = term.indexOf(':');
  if (colon < 0) return readers[word](unquoted(term).endsWith('*') || word !== 'name' ? unquoted(term) : `${unquoted(term)}*`);
  const key = term.slice(0, colon);
  const value = unquoted(term.slice(colon + 1));
  const reader = readers[key];
  if (!reader) throw new Error(`There is no filter ${key}. Known are ${Object.keys(readers).join(', ')}, label.KEY=VALUE.`);
  if (!value) throw new Error(`${key}: says nothing yet`);
  return reader(value);
}

const unquoted = (text) => text.replaceAll('"', '');
const refuse = (why) => () => {
  throw new Error(why);
};

function states(value, known) {
  return value.split(',').flatMap((each) => {
    if (known === JOB_STATES && GROUPS[each]) return GROUPS[each];
    const name = each.toUpperCase().replaceAll('-', '_');
    if (!known.includes(name)) throw new Error(`There is no state ${each}. Known are ${known.map((state) => state.toLowerCase()).join(', ')}.`);
    return [name];
  });
}

/** >-1h, <-2d, >2026-11-21, >2026-11-21T08:00Z; bare -1h means since then. */
function when(value, now) {
  const match = /^([<>]?)(.+)$/.exec(value);
  const back = /^-(\d+)([smhdw])$/.exec(match[2]);
  const at = back ? now - Number(back[1]) * UNITS[back[2]] * 1000 : Date.parse(match[2]);
  if (Number.isNaN(at)) throw new Error('A time is -15m, -2h, -1d or a date like 2026-11-21 or 2026-11-21T08:00Z');
  return { [match[1] === '<' ? 'to' : 'from']: new Date(at).toISOString() };
}

function merge(query, more) {
  for (const [name, value] of Object.entries(more)) {
    if (!Array.isArray(value)) query[name] = value;
    else if (name === 'state' && query.state) query.state = query.state.filter((each) => value.includes(each));
    else query[name] = [...(query[name] ?? []), ...value];
  }
}

/** What could come next, for the text under the cursor. */
export function suggestions(text, fields) {
  const labels = fields.find((field) => field.key === 'label.')?.values;
  if (labels && text.startsWith('label.')) return labels().filter((each) => each.startsWith(text) && each !== text).slice(0, 12).map((each) => ({ text: each, hint: '' }));
  const colon = text.indexOf(':');
  if (colon < 0) return fields.filter((field) => field.key.startsWith(text.toLowerCase())).map((field) => ({ text: field.key + (field.key === 'label.' ? '' : ':'), hint: field.hint, goesOn: true }));
  const field = fields.find((each) => each.key === text.slice(0, colon));
  if (!field?.values) return [];
  const before = text.slice(colon + 1).split(',');
  const start = before.pop().toLowerCase();
  const kept = before.length ? `${before.join(',')},` : '';
  return field.values().filter((value) => value.startsWith(start) && value !== start).slice(0, 12).map((value) => ({ text: `${field.key}:${kept}${value}`, hint: '' }));
}
