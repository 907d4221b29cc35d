// The device around the app: scanners that type, the camera, sound, the network, new versions, other windows.
let app, sound, registration, camera;

export function start(reference) {
  app = reference;
  addEventListener('keydown', wedge, true);
  addEventListener('online', () => app.invokeMethodAsync('NetworkChanged', true));
  addEventListener('offline', () => app.invokeMethodAsync('NetworkChanged', false));
  document.addEventListener('visibilitychange', () => { app.invokeMethodAsync(document.hidden ? 'Rested' : 'Woke'); putCardAway(); });
  navigator.serviceWorker?.addEventListener('message', e => { if (typeof e.data?.open === 'string') Blazor.navigateTo(new URL(e.data.open, document.baseURI).href); });
  putCardAway();
  watchWorker();
  return { online: navigator.onLine, languages: [...navigator.languages], minutes: -new Date().getTimezoneOffset(), hash: location.hash, touch: matchMedia('(pointer: coarse)').matches, secure: isSecureContext };
}

// ---- scanners: what is typed faster than a hand can, and ends with Enter or Tab
let typed = '', last = 0, before = null;

function wedge(e) {
  const quick = e.timeStamp - last < 80, field = e.target instanceof HTMLInputElement ? e.target : null;
  const separator = e.ctrlKey && e.key === ']' || e.key === 'F8' && typed; // FNC1 comes as Ctrl+], the control character GS
  if ((e.key === 'Enter' || e.key === 'Tab') && quick && typed.length >= 3) {
    if (field && before !== null) { field.value = before; field.dispatchEvent(new Event('input', { bubbles: true })); }
    const text = typed;
    typed = '';
    e.preventDefault();
    e.stopImmediatePropagation();
    app.invokeMethodAsync('Scanned', text);
    return;
  }
  if (e.key.length !== 1 && !separator || (e.ctrlKey || e.metaKey) && !separator) return;
  if (!quick) { typed = ''; before = field?.value ?? null; }
  last = e.timeStamp;
  typed += separator ? '\u001d' : e.key;
  if (separator || quick && !field) e.preventDefault(); // a space within a scan presses no button
}

// ---- camera
export async function look(video) {
  if (camera) return '';
  if (!navigator.mediaDevices?.getUserMedia) return 'none';
  const mine = camera = { on: true };
  try {
    mine.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } }, audio: false });
  } catch (e) {
    camera = null;
    return e.name === 'NotAllowedError' ? 'denied' : 'none';
  }
  if (!mine.on) { mine.stream.getTracks().forEach(t => t.stop()); return ''; }
  video.srcObject = mine.stream;
  await video.play();
  watch(mine, video, await eye());
  return '';
}

export function lookAway() {
  if (!camera) return;
  camera.on = false;
  camera.stream?.getTracks().forEach(t => t.stop());
  camera = null;
}

/** Reads pictures with the browser's own reader, or with the one that the app brings along. */
async function eye() {
  const wanted = ['data_matrix', 'qr_code', 'code_128'];
  const own = 'BarcodeDetector' in self ? await BarcodeDetector.getSupportedFormats().catch(() => []) : [];
  if (wanted.every(f => own.includes(f))) {
    const detector = new BarcodeDetector({ formats: wanted });
    return async video => (await detector.detect(video))[0]?.rawValue ?? '';
  }
  const { read } = await import('./vendor/barcodes.js'), canvas = document.createElement('canvas'), ink = canvas.getContext('2d', { willReadFrequently: true });
  return async video => {
    // the middle of the picture, where people hold the label
    const w = Math.min(video.videoWidth, 800), h = Math.min(video.videoHeight, 600);
    if (!w || !h) return '';
    [canvas.width, canvas.height] = [w, h];
    ink.drawImage(video, (video.videoWidth - w) / 2, (video.videoHeight - h) / 2, w, h, 0, 0, w, h);
    return read(ink.getImageData(0, 0, w, h));
  };
}

async function watch(mine, video, see) {
  let seen = '', at = 0;
  while (mine.on) {
    const text = await see(video).catch(() => '');
    const now = performance.now();
    if (text && mine.on && (text !== seen || now - at > 2500)) {
      [seen, at] = [text, now];
      app.invokeMethodAsync('Scanned', text);
    } else if (text) at = now;
    await new Promise(r => setTimeout(r, 120));
  }
}

/** Reads a picture that is already there; for what is not a camera. */
export async function readPicture(source) {
  const picture = await createImageBitmap(await (await fetch(source)).blob());
  const canvas = new OffscreenCanvas(picture.width, picture.height), ink = canvas.getContext('2d');
  ink.drawImage(picture, 0, 0);
  return (await import('./vendor/barcodes.js')).read(ink.getImageData(0, 0, picture.width, picture.height));
}

// ---- photos
export function press(input) { input?.click(); }

/** The picture that a person took or chose, upright, at most 1600 pixels a side, as JPEG: drawn anew, so that nothing of the file but what is seen goes along. */
export async function picture(input) {
  const file = input?.files?.[0];
  if (!file) return null;
  const drawn = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);
  input.value = '';
  if (!drawn) return null;
  const scale = Math.min(1, 1600 / Math.max(drawn.width, drawn.height)), canvas = new OffscreenCanvas(Math.max(1, Math.round(drawn.width * scale)), Math.max(1, Math.round(drawn.height * scale)));
  canvas.getContext('2d').drawImage(drawn, 0, 0, canvas.width, canvas.height);
  drawn.close();
  return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.82 })).arrayBuffer());
}

// ---- what is heard and felt
export function signal(right, loud) {
  navigator.vibrate?.(right ? 40 : [200, 80, 200]);
  document.documentElement.dataset.signal = right ? 'right' : 'wrong';
  if (!loud) return;
  try {
    sound ??= new AudioContext();
    const tone = sound.createOscillator(), volume = sound.createGain(), t = sound.currentTime;
    tone.type = right ? 'sine' : 'square';
    tone.frequency.value = right ? 1320 : 140;
    volume.gain.setValueAtTime(0.2, t);
    volume.gain.exponentialRampToValueAtTime(0.001, t + (right ? 0.12 : 0.5));
    tone.connect(volume).connect(sound.destination);
    tone.start(t);
    tone.stop(t + (right ? 0.12 : 0.5));
  } catch { /* no sound on this device */ }
}

export function dress(name, theme) {
  document.documentElement.lang = name;
  document.documentElement.dataset.theme = theme;
}

export function title(text) { document.title = text; }
export function focus(id) { document.getElementById(id)?.focus({ preventScroll: false }); }
export function forgetHash() { history.replaceState(null, '', location.pathname); }

export function save(file, name, media) {
  const address = URL.createObjectURL(new Blob([file], { type: media })), link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

// ---- what comes next as a notification
const words = new URL('card-words.json', document.baseURI).href;

/** Asks the person, in the act of pressing. */
export async function askNotify() {
  if (!('Notification' in self) || !('serviceWorker' in navigator) || !('PushManager' in self)) return 'none';
  return await Notification.requestPermission();
}

/** This browser's subscription to the hub's key: made anew when there is none or it is to another key; null without permission. */
export async function subscribe(key) {
  if (!('PushManager' in self) || Notification.permission !== 'granted') return null;
  const worker = await navigator.serviceWorker.ready, known = await worker.pushManager.getSubscription(), its = known?.options.applicationServerKey;
  const same = its && btoa(String.fromCharCode(...new Uint8Array(its))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '') === key;
  if (known && !same) await known.unsubscribe();
  const { endpoint, keys } = (same ? known : await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })).toJSON();
  return { endpoint, p256dh: keys.p256dh, auth: keys.auth };
}

export async function unsubscribe() {
  await caches.delete('card');
  if (!('serviceWorker' in navigator)) return;
  const worker = await navigator.serviceWorker.getRegistration();
  await (await worker?.pushManager?.getSubscription())?.unsubscribe();
  for (const n of await worker?.getNotifications?.({ tag: 'next' }) ?? []) n.close();
}

/** Words for the cards that the hub sends, where the service worker finds them. */
export async function keepWords(json) { await (await caches.open('card')).put(words, new Response(json, { headers: { 'Content-Type': 'application/json' } })); }

/** Whoever looks at the app needs no card beside it. */
async function putCardAway() {
  if (document.hidden || !('serviceWorker' in navigator)) return;
  for (const n of await (await navigator.serviceWorker.getRegistration())?.getNotifications?.({ tag: 'next' }) ?? []) n.close();
}

// ---- new versions of the app
async function watchWorker() {
  if (!('serviceWorker' in navigator)) return;
  registration = await navigator.serviceWorker.ready;
  const tell = () => { if (registration.waiting) app.invokeMethodAsync('UpdateWaits'); };
  tell();
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', tell));
  setInterval(() => registration.update().catch(() => { }), 30 * 60 * 1000);
}

export function update() {
  if (!registration?.waiting) return;
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  registration.waiting.postMessage('take-over');
}

/** True in one window at a time: two would work on one queue. */
export function alone() {
  if (!navigator.locks) return true;
  return new Promise(yes => navigator.locks.request('homestretch-floor', { ifAvailable: true }, lock => {
    yes(!!lock);
    return lock ? new Promise(() => { }) : undefined;
  }));
}
