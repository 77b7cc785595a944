// What a check rests on: trust file and status list with their dates, and whether the page can fly.

import { h, icon } from './dom.js';
import { held } from './lists.js';
import { ago, say, todayNumber } from './words.js';

/** Told by main.js: whether the page is kept on the device, and how to install it (null: not offered). */
export const offline = { ready: false, install: null };

export function holdings() {
  return h('section', { class: 'card panel', 'aria-labelledby': 'holdings' },
    h('h2', { id: 'holdings' }, say('holdings')),
    h('ul', { class: 'lines' }, trustLine(), statusLine(), held.trouble && troubleLine(), offline.ready && offlineLine()),
    offline.install && h('button', { type: 'button', class: 'button', onclick: offline.install }, icon('download'), say('install')),
    held.trust && official(held.trust));
}

/** One line with its icon; `tone` is green, amber, red or quiet. */
export function line(tone, name, title, more) {
  return h('li', { class: `line ${tone}` }, icon(name, 20),
    h('div', {}, h('p', { class: 'line-title' }, title), more && h('p', { class: 'line-more' }, more)));
}

function trustLine() {
  if (!held.trust) return line('amber', 'triangle-alert', say('holding-no-trust'), say('trust-missing'));
  const { counter, dated, nextUpdate } = held.trust.file;
  return dateLine(say('holding-trust', { counter }), dated, nextUpdate);
}

function statusLine() {
  if (!held.status) return line('amber', 'triangle-alert', say('holding-no-status'), say('holding-no-status-more'));
  const { epoch, number, dated, nextUpdate } = held.status.list;
  return dateLine(say('holding-status', { counter: `${epoch}.${number}` }), dated, nextUpdate);
}

function dateLine(title, dated, until) {
  const today = todayNumber();
  const facts = { dated, until, ago: ago(dated, today) };
  if (today > until) return line('amber', 'triangle-alert', title, say('holding-late', facts));
  return line('green', 'circle-check', title, say('holding-dated', facts));
}

function troubleLine() {
  return line('amber', 'triangle-alert', say('list-refused'), say(held.trouble.code, held.trouble.facts));
}

function offlineLine() {
  return line('green', 'cloud-off', say('offline-ready'), say('offline-ready-more'));
}

function official({ file, fingerprint }) {
  return h('div', { class: 'official' },
    h('p', {}, say('official', { host: file.host })),
    h('details', {}, h('summary', {}, say('fingerprint')), h('p', { class: 'print' }, fingerprint.match(/.{4}/g).join(' '))));
}
