import { Element, html, nothing } from '../core/element.js';
import { plural, words } from '../core/format.js';
import { icon, stateClass } from '../core/icons.js';

const MOST_WEEKS_BACK = 5;
const WEEKS_AHEAD = 8;
const DAY = 86_400_000;
const ORDER = ['FAILED', 'TIMED_OUT', 'REFUSED', 'EXPIRED', 'CANCELLED', 'STARTED', 'BUFFERED', 'SKIPPED', 'DELETED', 'SUCCEEDED'];

/** Weeks as rows: what has fired and how it ended, and what is coming with the marks of clock changes and calendars. */
class TickCalendar extends Element {
  static properties = { firings: { attribute: false }, coming: { attribute: false }, more: { attribute: false }, zone: {} };

  render() {
    // en-CA writes a date as 2026-11-21; days are those of the schedule's own zone.
    const day = new Intl.DateTimeFormat('en-CA', { timeZone: this.zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    const group = (items, key) => items.reduce((map, item) => map.set(day.format(new Date(item[key])), [...(map.get(day.format(new Date(item[key]))) ?? []), item]), new Map());
    const past = group(this.firings, 'tick');
    const next = group(this.coming, 'tick');
    const today = day.format(new Date());
    const weekday = (new Date(`${today}T12:00:00Z`).getUTCDay() + 6) % 7;
    const oldest = this.firings.length ? Math.ceil((Date.now() - Date.parse(this.firings.at(-1).tick)) / (7 * DAY)) : 1;
    const back = Math.max(1, Math.min(MOST_WEEKS_BACK, oldest));
    const start = Date.parse(`${today}T12:00:00Z`) - (weekday + back * 7) * DAY;
    const horizon = this.more && this.coming.length ? day.format(new Date(this.coming.at(-1).tick)) : '9999';
    const weeks = Array.from({ length: back + WEEKS_AHEAD }, (_, week) => Array.from({ length: 7 }, (_, at) => new Date(start + (week * 7 + at) * DAY).toISOString().slice(0, 10)));
    return html`<div class="calendar-scroll" tabindex="0" role="region" aria-label="Calendar of ticks"><table class="calendar"><thead><tr>${['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
      <tbody>${weeks.map((week) => html`<tr>${week.map((date) => this.day(date, past.get(date) ?? [], next.get(date) ?? [], today, date > horizon))}</tr>`)}</tbody></table></div>
      <div class="table-foot">Days of ${this.zone}.${this.more ? ' Only the next 500 ticks are looked at.' : ''}</div>`;
  }

  day(date, past, next, today, unknown) {
    const worst = past.map((firing) => firing.state).sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))[0];
    const fires = next.filter((tick) => tick.fires).length;
    const held = next.length - fires;
    const marks = [...new Set(next.flatMap((tick) => tick.flags ?? []))];
    const name = new Date(`${date}T12:00:00Z`).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
    return html`<td class="${date === today ? 'today' : ''} ${date < today ? 'before' : ''}"><span class="date">${date.endsWith('-01') || date === today ? name : Number(date.slice(8))}</span>
      ${past.length ? html`<span class="tick s-${stateClass(worst)}" title="${past.map((firing) => `${firing.tick.slice(11, 16)} UTC ${words(firing.state)}`).slice(0, 30).join('\n')}">${icon(stateClass(worst))}${plural(past.length, 'tick')}</span>` : nothing}
      ${fires ? html`<span class="tick coming" title=${next.map((tick) => tick.localTime).slice(0, 30).join('\n')}>${plural(fires, 'tick')}</span>` : nothing}
      ${held ? html`<span class="tick held s-skipped">${icon('skipped')}${held} held</span>` : nothing}
      ${marks.filter((mark) => mark === 'GAP' || mark === 'OVERLAP').map((mark) => html`<span class="tick s-blocked">${icon('warning')}${mark === 'GAP' ? 'clock skips' : 'clock repeats'}</span>`)}
      ${unknown ? html`<span class="muted">…</span>` : nothing}</td>`;
  }
}
customElements.define('hodei-tick-calendar', TickCalendar);
