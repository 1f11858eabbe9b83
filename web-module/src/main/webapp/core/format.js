// Numbers, times and sizes as people read them. Widths are stable: live numbers must not move what is beside them.

const NUMBER = new Intl.NumberFormat('en-US');
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short' });
const FULL = new Intl.DateTimeFormat('en-GB', {
  year: 'numeric', month: 'short', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short',
});

export const NONE = '–';
export const count = (value) => (value === undefined || value === null ? NONE : NUMBER.format(value));

/** 1,234 stays; 12,345 becomes 12.3k. */
export function compact(value) {
  if (value === undefined || value === null) return NONE;
  if (value < 10_000) return NUMBER.format(value);
  if (value < 999_500) return `${(value / 1000).toFixed(value < 100_000 ? 1 : 0)}k`;
  return `${(value / 1e6).toFixed(1)}M`;
}

/** 950 ms, 1.2 s, 3 m 20 s, 2 h 05 m, 4 d 3 h. */
export function span(millis) {
  if (millis === undefined || millis === null || Number.isNaN(millis)) return NONE;
  const value = Math.max(0, millis);
  if (value < 1000) return `${Math.round(value)} ms`;
  if (value < 60_000) return `${(value / 1000).toFixed(1)} s`;
  const seconds = Math.floor(value / 1000);
  const [d, h, m, s] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60];
  if (d) return `${d} d ${h} h`;
  if (h) return `${h} h ${String(m).padStart(2, '0')} m`;
  return `${m} m ${String(s).padStart(2, '0')} s`;
}

export const millis = (time) => (time ? Date.parse(time) : undefined);
export const between = (from, to = new Date().toISOString()) => (from ? Date.parse(to) - Date.parse(from) : undefined);

/** 14:03:22 today, 03 Nov 14:03 earlier. */
export function moment(time) {
  if (!time) return NONE;
  const date = new Date(time);
  if (date.toDateString() === new Date().toDateString()) return CLOCK.format(date);
  return `${DAY.format(date)} ${CLOCK.format(date).slice(0, 5)}`;
}

export const full = (time) => (time ? FULL.format(new Date(time)) : '');

/** in 5 m 03 s, 12.0 s ago. */
export function relative(time, now = Date.now()) {
  if (!time) return NONE;
  const distance = Date.parse(time) - now;
  return distance > 0 ? `in ${span(distance)}` : `${span(-distance)} ago`;
}

export function bytes(value) {
  if (value === undefined || value === null || value < 0) return NONE;
  if (value < 1024) return `${value} B`;
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  let rest = value / 1024;
  let unit = 0;
  while (rest >= 1024 && unit < units.length - 1) {
    rest /= 1024;
    unit++;
  }
  return `${rest < 10 ? rest.toFixed(1) : Math.round(rest)} ${units[unit]}`;
}

/** ISO-8601 durations of the API in milliseconds: PT1H30M, P1DT2S. */
export function duration(text) {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text ?? '');
  if (!match) return undefined;
  const [, d = 0, h = 0, m = 0, s = 0] = match;
  return ((Number(d) * 24 + Number(h)) * 60 + Number(m)) * 60_000 + Number(s) * 1000;
}

/** TIMED_OUT → timed out. */
export const words = (constant) => String(constant ?? '').toLowerCase().replaceAll('_', ' ');
export const plural = (number, word, many = `${word}s`) => `${count(number)} ${number === 1 ? word : many}`;
