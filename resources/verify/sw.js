// Keeps the page on the device, so that it opens in flight mode; touches nothing but the page's own files.
// Trust file and status list are kept by the page itself, once they have verified.

const VERSION = '@version@';
const CORE = ['@core@'];
const LATER = ['@later@'];
const PREFIX = 'balai-page-';
const STORE = PREFIX + VERSION;
const PAGE = '/v/index.html';
const DOORS = ['/v', '/v/', PAGE];

self.addEventListener('install', (event) => {
  event.waitUntil(install());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(activate());
});

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (DOORS.includes(url.pathname)) event.respondWith(kept(PAGE, event.request));
  else if (CORE.includes(url.pathname) || LATER.includes(url.pathname)) event.respondWith(kept(url.pathname, event.request));
});

/** The page must be whole; the QR reader is large and may come with a later visit on a poor link. */
async function install() {
  const store = await caches.open(STORE);
  await store.addAll(fresh(CORE));
  await store.addAll(fresh(LATER)).catch(() => undefined);
  await self.skipWaiting();
}

function fresh(paths) {
  return paths.map((path) => new Request(path, { cache: 'no-cache' }));
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== STORE) await caches.delete(name);
  }
  await self.clients.claim();
}

async function kept(path, request) {
  const store = await caches.open(STORE);
  const found = await store.match(path);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await store.put(path, answer.clone());
  return answer;
}
