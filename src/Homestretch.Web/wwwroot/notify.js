// A browser becomes one of a person's devices: permission, subscription, and what to say when it cannot.

const installed = () => matchMedia('(display-mode: standalone)').matches || navigator.standalone === true;
const apple = () => /iPhone|iPad/.test(navigator.userAgent) || (navigator.platform === 'MacIntel' && navigator.maxTouchPoints > 1);

/** Wires the button that adds this device. The browser asks for permission only in the very act of pressing, so it is asked here and not by the server. */
export function wire(button, key, owner) {
  const say = why => owner.invokeMethodAsync('Say', why);
  const missing = !isSecureContext ? 'Browsers take push messages over https only. Open this server by its https address.'
    : !('serviceWorker' in navigator) || !('PushManager' in window)
      ? apple() && !installed() ? 'On this device put Homestretch on the home screen first (share, then Add to Home Screen) and open it from there.' : 'This browser takes no push messages.'
      : '';
  if (missing) { button.disabled = true; say(missing); return; }
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      const permission = await Notification.requestPermission();
      if (permission !== 'granted') { say(permission === 'denied' ? 'The browser was told not to show messages of this site. Allow it in the settings of the site, then press again.' : 'Nothing was allowed, so nothing is sent.'); return; }
      const worker = await navigator.serviceWorker.register('/worker.js');
      await navigator.serviceWorker.ready;
      const s = await subscribe(worker, key);
      const json = s.toJSON();
      await owner.invokeMethodAsync('Subscribed', json.endpoint, json.keys.p256dh, json.keys.auth, label());
    } catch (e) {
      say(e.name === 'AbortError' ? 'The browser could not reach its push service. Check the connection and press again.' : `The browser could not subscribe: ${e.message}`);
    } finally { button.disabled = false; }
  });
}

/** A subscription to another key than this server's is of no use any more. */
async function subscribe(worker, key) {
  const known = await worker.pushManager.getSubscription();
  if (known) {
    const its = known.options.applicationServerKey;
    if (its && btoa(String.fromCharCode(...new Uint8Array(its))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '') === key) return known;
    await known.unsubscribe();
  }
  return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

/** 'Chrome on Android'. */
function label() {
  const u = navigator.userAgent, brand = navigator.userAgentData?.brands.map(b => b.brand).find(b => !/Not|Chromium/.test(b));
  const browser = brand ?? (/Firefox/.test(u) ? 'Firefox' : /Edg/.test(u) ? 'Edge' : /Chrom/.test(u) ? 'Chromium' : /Safari/.test(u) ? 'Safari' : 'A browser');
  const system = navigator.userAgentData?.platform || (/iPhone/.test(u) ? 'iPhone' : /iPad/.test(u) ? 'iPad' : /Android/.test(u) ? 'Android' : /Mac/.test(u) ? 'Mac' : /Windows/.test(u) ? 'Windows' : /Linux/.test(u) ? 'Linux' : 'a device');
  return `${browser} on ${system}`;
}
