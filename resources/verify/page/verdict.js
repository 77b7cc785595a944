// The verdict: what to do first, every signed field large, each check in words, and what nobody signed.

import { STEPS } from '../chain/verify.js';
import { h, icon } from './dom.js';
import { holdings, line } from './holdings.js';
import { fileButton } from './start.js';
import { ago, centreName, date, say, score, serial, span, todayNumber } from './words.js';

// What a person can do about each failure, beside what its sentence says.
const REMEDIES = {
  decode: ['do-rescan', 'do-issuer', 'do-headquarters'],
  authority: ['do-update', 'do-issuer', 'do-headquarters'],
  back: ['do-back', 'do-issuer', 'do-headquarters'],
  other: ['do-issuer', 'do-headquarters'],
  superseded: ['do-replacement', 'do-issuer'],
};
// These doubt the check itself, so that green would promise too much.
const DOUBTS = new Set([
  'status-missing', 'status-unusable', 'status-stale', 'status-superseded', 'status-ahead', 'trust-stale', 'signed-ahead', 'qr-host-strange',
]);
// With these a list that does not name the certificate says little.
const OLD_LIST = new Set(['status-stale', 'status-superseded', 'status-ahead']);

/** `doors` are { scan, picture(file), again, print } for the back page and for the next certificate. */
export function verdictView(verdict, doors) {
  return h('div', { class: 'columns' },
    h('article', { class: `card main ${tone(verdict)}`, 'data-code': verdict.code, 'aria-labelledby': 'headline' },
      banner(verdict), verdict.warnings.length > 0 && warnings(verdict.warnings),
      verdict.certified && fields(verdict, tone(verdict) === 'green'), verdict.modules && modules(verdict.modules), verdict.failed && remedies(verdict)),
    h('aside', { class: 'side' },
      checks(verdict, doors), verdict.certified && notSigned(verdict.notSigned), holdings(), actions(doors)));
}

/** The headline and the sentence below it, as also read out. */
export function headline(verdict) {
  if (verdict.failed) return [say(`head-${verdict.code}`), say(verdict.code, verdict.failed.facts)];
  return [say(tone(verdict) === 'green' ? 'head-genuine' : 'head-noted'), say('sub-genuine')];
}

function tone(verdict) {
  if (verdict.failed) return 'red';
  return verdict.warnings.some((code) => DOUBTS.has(code)) ? 'amber' : 'green';
}

function banner(verdict) {
  const signs = { red: 'circle-alert', amber: 'triangle-alert', green: 'shield-check' };
  const [head, sub] = headline(verdict);
  return h('header', { class: 'banner' }, icon(signs[tone(verdict)], 36),
    h('div', {}, h('h1', { id: 'headline', tabindex: -1, 'data-focus': true }, head), h('p', {}, sub)));
}

function warnings(codes) {
  return h('ul', { class: 'warnings' },
    codes.map((code) => h('li', { class: 'notice amber', 'data-warning': code }, icon('triangle-alert', 20), h('p', {}, say(code)))));
}

function fields({ certified: c, failed }, green) {
  return h('section', { class: 'content', 'aria-labelledby': 'content' },
    h('h2', { id: 'content', class: failed ? 'content-title' : 'unseen' }, say(failed ? 'content-refused' : 'content')),
    h('dl', { class: 'fields' },
      nameField(c.name),
      field('birth-date', date(c.birthDate)),
      field('result', say(`result-${c.result}`), green ? 'passed' : ''),
      field('programme', c.programme, 'whole'),
      field('jp', say('jp-value', { n: c.jp })),
      field('training', span(c.firstDay, c.lastDay)),
      field('serial', serial(c.serial)),
      field('dated', date(c.dated)),
      field('signed', date(c.signed)),
      c.number !== null && field('number', c.number)));
}

function field(name, value, style = '') {
  return h('div', { class: `field ${style}`, 'data-field': name }, h('dt', {}, say(name)), h('dd', {}, value));
}

/** The style sheet shrinks it where its longest word would not fit the screen. */
function nameField(name) {
  const shown = field('name', name, 'whole name');
  const longest = Math.max(...name.split(' ').map((word) => [...word].length));
  shown.querySelector('dd').style.setProperty('--longest', longest);
  return shown;
}

function modules(lines) {
  const head = ['module-code', 'module-jp', 'module-score', 'module-result'].map((name) => h('th', { scope: 'col' }, say(name)));
  const rows = lines.map((one) =>
    h('tr', {}, h('td', {}, one.code), h('td', { class: 'figure' }, one.jp), h('td', { class: 'figure' }, one.score === null ? '–' : score(one.score)),
      h('td', {}, say(`module-${one.outcome}`))));
  return h('section', { class: 'modules', 'aria-labelledby': 'modules' },
    h('h2', { id: 'modules' }, say('modules')),
    h('table', {}, h('thead', {}, h('tr', {}, head)), h('tbody', {}, rows)));
}

function remedies({ failed }) {
  const group = failed.code.endsWith('-superseded') ? 'superseded' : failed.step in REMEDIES ? failed.step : 'other';
  return h('section', { class: 'remedies', 'aria-labelledby': 'do' },
    h('h2', { id: 'do' }, say('do')), h('ol', {}, REMEDIES[group].map((code) => h('li', {}, say(code)))));
}

function checks(verdict, doors) {
  const stopped = verdict.checks.length < STEPS.length;
  return h('section', { class: 'card panel', 'aria-labelledby': 'checks' },
    h('h2', { id: 'checks' }, say('checks')),
    h('ul', { class: 'lines' }, verdict.checks.map((check) => checkLine(check, verdict.warnings))),
    stopped && h('p', { class: 'quiet' }, say('checks-stopped')),
    verdict.checks.some((check) => check.step === 'back' && check.outcome === 'skipped') && backDoors(doors));
}

function checkLine({ step, outcome, facts }, doubts) {
  const shown = { ...facts, ...spelled(step, facts) };
  if (outcome === 'failed') return line('red', 'circle-alert', say(`failed-${step}`), say('failed-here'));
  const more = say(`${outcome}-${step}-more`, shown);
  if (outcome === 'skipped') return line('quiet', 'circle-minus', say(`skipped-${step}`), more);
  if (step === 'status' && doubts.some((code) => OLD_LIST.has(code))) return line('amber', 'triangle-alert', say('passed-status-old'), more);
  return line('green', 'circle-check', say(`passed-${step}`, shown), more);
}

/** Facts as people write them: the centre's name, sequences with their zeros, how old a list is. */
function spelled(step, facts) {
  if (step === 'authority') return { centre_name: centreName(facts.centre) };
  if (step === 'serial') return { first: padded(facts.first), last: padded(facts.last) };
  return step === 'status' ? { ago: ago(facts.dated, todayNumber()) } : {};
}

function padded(sequence) {
  return String(sequence).padStart(7, '0');
}

function notSigned(codes) {
  return h('section', { class: 'card panel', 'aria-labelledby': 'not-signed' },
    h('h2', { id: 'not-signed' }, say('not-signed')), h('p', { class: 'quiet' }, say('not-signed-lead')),
    h('ul', { class: 'dots' }, codes.map((code) => h('li', {}, say(code)))));
}

function backDoors({ scan, picture }) {
  return h('div', { class: 'row' },
    h('button', { type: 'button', class: 'button', onclick: scan }, icon('camera'), say('add-back')),
    fileButton(say('pick-back'), picture, 'button'));
}

function actions({ again, print }) {
  return h('div', { class: 'actions' },
    h('button', { type: 'button', class: 'button only-wide', onclick: print }, icon('printer'), say('print')),
    h('button', { type: 'button', class: 'button primary tall', onclick: again }, say('again'), h('kbd', { class: 'only-wide' }, 'Enter')));
}
