// The trust file and status list this page holds: pinned in it, kept on the device, refreshed from its host.
// What is fetched or kept replaces what is held only by the rules of docs/formats/certificate.md, 2 and 6.

import { Refused } from '../chain/spelling.js';
import { replace as replaceStatus } from '../chain/status.js';
import { read as readTrust, replace as replaceTrust } from '../chain/trust.js';

const STORE = 'balai-held';
const TRUST = '/trust.cose';
const STATUS = '/status.cose';
const PIN = 'x-balai-pin';
const PATIENCE_MS = 8000;

/** `trouble` is the refusal of the last file that the host offered, null if it was taken. */
export const held = { trust: null, status: null, warnings: [], trouble: null, reached: false };
let pin = 'none';

/** Takes up what is pinned in the page and what the device kept from earlier visits. */
export async function begin(pinned) {
  const kept = { trust: await recall(TRUST), status: await recall(STATUS) };
  const own = pinned.trust && (await attempt(() => readTrust(pinned.trust)));
  pin = own ? own.fingerprint : 'none';
  held.trust = await chosenTrust(own, kept.trust);
  for (const raw of [pinned.status, kept.status?.raw]) {
    if (raw && held.trust) await offerStatus(raw);
  }
  held.trouble = null;
}

/** Whether there are newer files at the page's own host; resolves to true if a verdict may change. */
export async function refresh() {
  if (!location.protocol.startsWith('http')) return false;
  const [trust, status] = await Promise.all([fetched(TRUST), fetched(STATUS)]);
  held.reached = trust !== null || status !== null;
  held.trouble = null;
  const before = [held.trust, held.status, held.warnings.length];
  if (trust) await offerTrust(trust);
  if (status && held.trust) await offerStatus(status);
  await remember();
  return before[0] !== held.trust || before[1] !== held.status || before[2] !== held.warnings.length;
}

async function chosenTrust(own, kept) {
  const earlier = kept && (await attempt(() => readTrust(kept.raw)));
  // What grew out of this very pin was verified root by root; its roots need not be the pin's any more.
  if (!own || (earlier && kept.pin === own.fingerprint)) return earlier ?? own ?? null;
  return (earlier && (await attempt(() => replaceTrust(own, kept.raw)))) ?? own;
}

async function offerTrust(raw) {
  const found = await attempt(() => (held.trust ? replaceTrust(held.trust, raw) : readTrust(raw)));
  if (!found || found === held.trust) return;
  held.trust = found;
  const status = held.status;
  held.status = null;
  if (status) await offerStatus(status.raw);
}

async function offerStatus(raw) {
  const found = await attempt(() => replaceStatus(held.status, raw, held.trust.file));
  if (found) held.status = found;
  held.warnings = held.status ? [] : ['status-unusable'];
}

/** What `work` gives, null where a rule forbids it; the rule's code is noted. */
async function attempt(work) {
  try {
    return await work();
  } catch (fault) {
    if (!(fault instanceof Refused)) throw fault;
    held.trouble = fault;
    return null;
  }
}

async function fetched(path) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(path, { cache: 'no-cache', credentials: 'omit', signal: patience.signal });
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

async function recall(path) {
  try {
    const answer = await (await caches.open(STORE)).match(path);
    return answer ? { raw: new Uint8Array(await answer.arrayBuffer()), pin: answer.headers.get(PIN) } : null;
  } catch {
    return null;
  }
}

/** Keeps what is held; where there is no storage (plain http, a file) the page lives on what it brings. */
async function remember() {
  try {
    const store = await caches.open(STORE);
    for (const [path, one] of [[TRUST, held.trust], [STATUS, held.status]]) {
      if (one) await store.put(path, new Response(one.raw, { headers: { [PIN]: pin } }));
    }
  } catch {
    // Nothing is lost but the next flight.
  }
}

