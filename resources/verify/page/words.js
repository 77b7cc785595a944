// What people read: the sentence of a code in the chosen language, days and serials as people write them.

import { CENTRES, WORDS } from '../made.js';

const LANGUAGES = ['id', 'en'];
const KEPT = 'balai-language';
const DAYS = new Set(['dated', 'not_before', 'expires', 'until', 'today']);
const MS_A_DAY = 86400000;
let chosen = remembered();

export function language() {
  return chosen;
}

export function choose(name) {
  chosen = LANGUAGES.includes(name) ? name : LANGUAGES[0];
  document.documentElement.lang = chosen;
  try {
    localStorage.setItem(KEPT, chosen);
  } catch {
    // A page opened from a file may have no storage; then the choice lasts as long as the page.
  }
}

function remembered() {
  try {
    const kept = localStorage.getItem(KEPT);
    return LANGUAGES.includes(kept) ? kept : LANGUAGES[0];
  } catch {
    return LANGUAGES[0];
  }
}

/** The sentence of a code, its {placeholders} filled; day numbers among the facts are written out. */
export function say(code, facts = {}) {
  const sentence = WORDS[code]?.[chosen] ?? code;
  return sentence.replace(/\{(\w+)\}/g, (_, name) => shown(name, facts));
}

function shown(name, facts) {
  if (!(name in facts)) return '…';
  if (DAYS.has(name) && typeof facts[name] === 'number') return date(facts[name]);
  return String(facts[name]);
}

/** A day number as `17 Maret 1989`. */
export function date(day) {
  const { year, month, of } = parts(day);
  return `${of} ${month} ${year}`;
}

/** Two days as `9 sampai 16 November 2026`, without saying month or year twice. */
export function span(first, last) {
  if (first === last) return date(first);
  const [one, other] = [parts(first), parts(last)];
  const sameYear = one.year === other.year;
  const short = sameYear && one.month === other.month ? `${one.of}` : sameYear ? `${one.of} ${one.month}` : date(first);
  return say('span', { first: short, last: date(last) });
}

/** How long ago a day was: `hari ini`, `kemarin`, `12 hari lalu`. */
export function ago(day, today) {
  const n = today - day;
  return n < 0 ? say('ahead') : n === 0 ? say('today') : n === 1 ? say('yesterday') : say('days-ago', { n });
}

/** The device's own day, by its local calendar. */
export function todayNumber() {
  const now = new Date();
  return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / MS_A_DAY;
}

/** As printed, with its ISO 7064 MOD 97-10 pair: `10009 0000412 93`. */
export function serial(number) {
  const digits = String(number).padStart(12, '0');
  const pair = String(98 - Number((BigInt(number) * 100n) % 97n)).padStart(2, '0');
  return `${digits.slice(0, 5)} ${digits.slice(5)} ${pair}`;
}

/** The centre's name in the list this page brings, else its number. */
export function centreName(number) {
  return CENTRES[number] ?? say('centre', { centre: number });
}

/** A score in hundredths as `85,5` or `85.5`. */
export function score(hundredths) {
  const text = String(hundredths / 100);
  return chosen === 'id' ? text.replace('.', ',') : text;
}

function parts(day) {
  const at = new Date(day * MS_A_DAY);
  const month = say('months').split(' ')[at.getUTCMonth()];
  return { year: at.getUTCFullYear(), month, of: at.getUTCDate() };
}
