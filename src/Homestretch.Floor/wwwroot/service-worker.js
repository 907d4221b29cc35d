// Keeps the app on the device, file by file with the checksums of the build, and starts it from there. Data never passes through here:
// operations wait in the app's own queue. A new version waits until the app says that nothing is on its way.
self.importScripts('./service-worker-assets.js');

const name = `floor-${self.assetsManifest.version}`, base = new URL('./', self.location), start = new URL('index.html', base).href;
const path = a => a.url.replace(/^floor\//, '');
const kept = self.assetsManifest.assets.filter(a => !/(^|\/)service-worker(-assets)?\.js$|\.(map|pdb|gz|br)$/.test(a.url));
const urls = new Set(kept.map(a => new URL(path(a), base).href));

self.addEventListener('install', e => e.waitUntil((async () => {
  const cache = await caches.open(name);
  await cache.addAll(kept.map(a => new Request(new URL(path(a), base), { integrity: a.hash, cache: 'no-cache' })));
})()));

self.addEventListener('activate', e => e.waitUntil((async () => {
  for (const old of await caches.keys()) if (old.startsWith('floor-') && old !== name) await caches.delete(old);
  await self.clients.claim();
})()));

self.addEventListener('message', e => { if (e.data === 'take-over') self.skipWaiting(); });

self.addEventListener('fetch', e => {
  if (e.request.method !== 'GET') return;
  const url = new URL(e.request.url);
  if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) return;
  url.hash = '';
  url.search = '';
  const wanted = e.request.mode === 'navigate' ? start : url.href;
  if (urls.has(wanted)) e.respondWith((async () => await (await caches.open(name)).match(wanted) ?? fetch(e.request))());
});

// ---- what comes next, as a notification: the hub sends names and numbers, the app has left the words of its language here
self.addEventListener('push', e => e.waitUntil((async () => {
  let card = {}, words = {};
  try { card = e.data.json(); } catch { /* told without its words */ }
  try { words = await (await (await caches.open('card')).match(new URL('card-words.json', base).href))?.json() ?? {}; } catch { /* named only */ }
  const one = v => typeof v === 'number' ? v.toLocaleString(words.language || 'en') : typeof v === 'string' ? v : '';
  const fill = (text, from) => (text ?? '').replace(/\{(\w+)\}/g, (_, place) => one(from[place]));
  const next = words.next?.[card.kind] ?? { title: '{name}', value: '{place}', state: '{text}', way: '' }, news = (card.news ?? []).map(n => fill(words.news?.[n.kind] ?? '{name}', n));
  const title = fill(next.title, card), told = [fill(next.value, card), fill(next.state, card)].filter(t => t), way = next.way.replace('{name}', encodeURIComponent(one(card.name)));
  await self.registration.showNotification(news[0] || title || 'Homestretch', {
    body: (news.length ? [...news.slice(1), `${words.then ? `${words.then}: ` : ''}${title}`, told.join(' · ')] : told).filter(t => t).join('\n'), lang: words.language, tag: 'next', renotify: news.length > 0, silent: news.length === 0,
    icon: new URL('icon-192.png', base).href, data: { way }, actions: way && words.go_on ? [{ action: 'go', title: words.go_on }] : [],
  });
})()));

self.addEventListener('notificationclick', e => {
  e.notification.close();
  const way = e.notification.data?.way ?? '';
  e.waitUntil((async () => {
    const open = (await self.clients.matchAll({ type: 'window' })).find(c => c.url.startsWith(base.href));
    if (!open) return self.clients.openWindow(new URL(way, base).href);
    await open.focus().catch(() => { });
    open.postMessage({ open: way });
  })());
});
