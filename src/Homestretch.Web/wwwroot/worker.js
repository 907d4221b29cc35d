// Shows what the server pushes, and opens the screen it is about. It keeps nothing and answers no requests of pages: what is on screen is always the server's.
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', e => e.waitUntil(self.clients.claim()));

self.addEventListener('push', e => {
  let m = {};
  try { m = e.data.json(); } catch { /* told without its words */ }
  e.waitUntil(self.registration.showNotification(m.title || 'Homestretch', {
    body: m.body || 'There is something you should know of.',
    tag: m.tag || 'homestretch', renotify: !m.calm, silent: m.calm === true, requireInteraction: m.severity === 'critical',
    icon: '/_content/Homestretch.Web/icon-192.png', badge: '/_content/Homestretch.Web/badge-96.png', data: { path: typeof m.path === 'string' && m.path.startsWith('/') && !m.path.startsWith('//') ? m.path : '/notify' },
  }));
});

self.addEventListener('notificationclick', e => {
  e.notification.close();
  const to = new URL(e.notification.data?.path ?? '/notify', self.location.origin).href;
  e.waitUntil((async () => {
    const open = (await self.clients.matchAll({ type: 'window', includeUncontrolled: true }))[0];
    if (!open) return self.clients.openWindow(to);
    await open.focus();
    try { return await open.navigate(to); } catch { return self.clients.openWindow(to); }
  })());
});

// The browser renews a subscription by itself: the server is told the new one in the name of who is signed in.
self.addEventListener('pushsubscriptionchange', e => e.waitUntil((async () => {
  const s = e.newSubscription ?? (e.oldSubscription && await self.registration.pushManager.subscribe(e.oldSubscription.options));
  if (!s) return;
  const { endpoint, keys } = s.toJSON();
  await fetch('/api/v1/notify/devices', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ endpoint, p256dh: keys.p256dh, auth: keys.auth, label: 'a browser, renewed' }) });
})()));
