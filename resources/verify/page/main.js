// The page's life: what came in, what is held, what is shown. Nothing that comes in leaves the browser.

import { Refused, same } from '../chain/spelling.js';
import { verify } from '../chain/verify.js';
import * as camera from './camera.js';
import { h } from './dom.js';
import { holdings, offline } from './holdings.js';
import { sorted, textsInFile } from './intake.js';
import { begin, held, refresh } from './lists.js';
import { listen } from './listening.js';
import { noticeBox, start } from './start.js';
import { headline, verdictView } from './verdict.js';
import { choose, language, say, todayNumber } from './words.js';

// How long a verdict waits for a newer list: little where one is held, longer where none is.
const WAIT_MS = 2500;
const WAIT_WITHOUT_MS = 9000;
const NOTHING = { front: null, back: null, verdict: null, notice: null };

const state = { ...NOTHING, view: 'start', busy: null, refreshing: null };

const reader = async () => {
  const eyes = await import('./reader.js');
  await eyes.prepare();
  return eyes;
};

function show(view, changes = {}) {
  if (view !== 'camera') camera.stop();
  Object.assign(state, { view }, changes);
  render();
  document.querySelector('#main [data-focus]')?.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

/** What a screen reader says of the new view. */
function spoken() {
  if (state.notice) return say(state.notice.code, state.notice.facts);
  return state.view === 'verdict' ? headline(state.verdict).join(' ') : '';
}

function render() {
  document.title = say('title');
  document.getElementById('main').replaceChildren(viewOf(state.view));
  for (const [id, code] of [['product', 'product'], ['product-title', 'title']]) {
    document.getElementById(id).textContent = say(code);
  }
  for (const button of document.querySelectorAll('[data-language]')) {
    button.setAttribute('aria-pressed', String(button.dataset.language === language()));
  }
  document.getElementById('languages').setAttribute('aria-label', say('language'));
  const page = location.host || say('page-file');
  document.getElementById('printed').textContent = say('printed', { today: todayNumber(), page });
  const live = document.getElementById('live');
  if (live.textContent !== spoken()) live.textContent = spoken();
}

function viewOf(view) {
  if (view === 'camera') return cameraView();
  if (view === 'busy') return h('p', { class: 'card busy', role: 'status' }, say(state.busy));
  if (view === 'start') return start({ scan, picture: takePicture, text: takeText }, state.notice);
  const shown = verdictView(state.verdict, { scan, picture: takeBackPicture, again, print: () => window.print() });
  if (state.notice) shown.querySelector('.main').prepend(noticeBox(state.notice));
  return shown;
}

/** The camera looks for a front, or for the back page of the front whose verdict is on the screen. */
function cameraView() {
  const [from, hint, take] = state.verdict
    ? ['verdict', 'camera-hint-back', backTaken]
    : ['start', 'camera-hint', (texts) => frontTaken(texts, null)];
  return camera.card({
    hint: say(hint),
    reader,
    found: (texts) => take(texts).then(() => true, unwanted),
    failed: (code) => show(from, { notice: { code } }),
    cancelled: () => show(from, { notice: null }),
  });
}

/** Before the camera a code that is of no use is no failure: it looks on. */
function unwanted(fault) {
  if (!(fault instanceof Refused)) throw fault;
  return false;
}

function scan() {
  show('camera', { notice: null });
}

/** A refusal on the start page: an earlier verdict must not stand there as if it were about this. */
function tell(fault) {
  if (!(fault instanceof Refused)) throw fault;
  show('start', { ...NOTHING, notice: { code: fault.code, facts: fault.facts } });
}

function tellOfBack(fault) {
  if (!(fault instanceof Refused)) throw fault;
  show('verdict', { notice: { code: fault.code, facts: fault.facts } });
}

function takeText(text) {
  return frontTaken([text], null).catch(tell);
}

function takePicture(file) {
  show('busy', { busy: 'busy-picture', notice: null });
  return textsInFile(file, reader).then((texts) => frontTaken(texts, null)).catch(tell);
}

function takeBackPicture(file) {
  show('busy', { busy: 'busy-picture', notice: null });
  return textsInFile(file, reader).then(backTaken).catch(tellOfBack);
}

/** Texts of QR codes, or of a person; `host` is that of the page where the QR itself opened it. */
async function frontTaken(texts, host) {
  const { front, back } = sorted(texts);
  if (!front && !state.front) {
    show('start', { ...NOTHING, back, notice: { code: 'only-back' } });
    return;
  }
  if (front) {
    // A back page that was read first waits for its front; that of somebody else does not.
    const waiting = !state.front || same(state.front.payload, front.payload) ? state.back : null;
    Object.assign(state, { front: { ...front, host: front.host ?? host }, back: waiting });
  }
  state.back = back ?? state.back;
  await judge();
}

async function backTaken(texts) {
  const { back } = sorted(texts);
  if (!back) throw new Refused('not-a-back');
  state.back = back;
  await judge();
}

/** Verifies with the newest lists within reach; what arrives later is judged again. */
async function judge() {
  const { front } = state;
  show('busy', { busy: 'busy', notice: null });
  if (state.refreshing && navigator.onLine !== false) {
    show('busy', { busy: 'busy-lists' });
    await Promise.race([state.refreshing, wait(held.trust && held.status ? WAIT_MS : WAIT_WITHOUT_MS)]);
  }
  if (state.front !== front) return;
  if (held.trust) show('verdict', { verdict: await judged() });
  else show('start', { ...NOTHING, notice: { code: 'trust-missing' } });
}

function judged() {
  const { trust, status, warnings } = held;
  const { front, back } = state;
  return verify({ raw: front.payload, host: front.host, back, trust, status, warnings, today: todayNumber() });
}

function again() {
  show('start', NOTHING);
}

function wait(milliseconds) {
  return new Promise((resume) => setTimeout(resume, milliseconds));
}

/** Newer lists from the page's own host; a verdict on the screen is judged again if they change anything. */
function update() {
  state.refreshing = refresh().then(async (changed) => {
    state.refreshing = null;
    renewHoldings();
    if (!changed || state.view !== 'verdict') return;
    const before = state.verdict.code;
    state.verdict = await judged();
    if (state.verdict.code === before) render();
    else show('verdict');
  });
}

/** Only this part, so that nothing a person is typing is lost. */
function renewHoldings() {
  document.querySelector('[aria-labelledby="holdings"]')?.replaceWith(holdings());
}

/** What stands after #, taken out of the address at once, so that history and screen do not keep it. */
function takeFragment() {
  const text = location.hash.slice(1);
  if (!text) return;
  try {
    history.replaceState(null, '', location.pathname + location.search);
  } catch {
    // Some browsers allow no such thing for a page from a file.
  }
  Object.assign(state, NOTHING);
  frontTaken([text], location.protocol === 'https:' ? location.hostname : null).catch(tell);
}

function embedded(id) {
  const text = document.getElementById(id)?.textContent.trim();
  return text ? Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)) : null;
}

/** Keeps the page on the device. The scope has no slash at its end: /v is where QR codes lead. */
async function settle() {
  if (!('serviceWorker' in navigator) || !location.protocol.startsWith('http')) return;
  try {
    await navigator.serviceWorker.register('/v/sw.js', { scope: '/v' });
    await navigator.serviceWorker.ready;
    offline.ready = true;
    renewHoldings();
  } catch {
    // Plain http, or a browser that keeps nothing: the page works while there is a network.
  }
}

async function main() {
  choose(language());
  await begin({ trust: embedded('embedded-trust'), status: embedded('embedded-status') });
  update();
  show('start');
  listen({
    language: (name) => (choose(name), render()),
    fragment: takeFragment,
    online: update,
    picture: takePicture,
    text: takeText,
    // A scanner's letters go to the box for text, whatever is on the screen.
    typing: () => state.view === 'verdict' && show('start', { notice: null }),
    enter: () => state.view === 'verdict' && again(),
    installable: (ask) => ((offline.install = ask), renewHoldings()),
  });
  takeFragment();
  await settle();
}

main();
