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
