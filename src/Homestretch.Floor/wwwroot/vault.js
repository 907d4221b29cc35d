// What the device keeps, in the browser's database, sealed with AES-GCM: the key is made here, cannot be taken out, and never leaves the device.
// 'kept' has texts by name; 'queue' has operations by their running number, which the database gives and never gives twice; 'photos' has pictures by their hash.
let db, key;
const done = request => new Promise((yes, no) => { request.onsuccess = () => yes(request.result); request.onerror = () => no(request.error); });
const ended = tx => new Promise((yes, no) => { tx.oncomplete = () => yes(); tx.onerror = tx.onabort = () => no(tx.error ?? new Error('The device did not keep it.')); });
const store = (name, mode = 'readonly') => db.transaction(name, mode, { durability: 'strict' }).objectStore(name);

export async function open() {
  if (db) return;
  const request = indexedDB.open('homestretch-floor', 2);
  request.onupgradeneeded = e => {
    if (e.oldVersion < 1) {
      request.result.createObjectStore('keys');
      request.result.createObjectStore('kept');
      request.result.createObjectStore('queue', { autoIncrement: true });
    }
    if (e.oldVersion < 2) request.result.createObjectStore('photos');
  };
  db = await done(request);
  db.onversionchange = () => db.close();
  key = await done(store('keys').get('seal'));
  if (!key) {
    const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    const keys = store('keys', 'readwrite'); // another window may have been faster
    key = await done(keys.get('seal')) ?? (keys.put(made, 'seal'), made);
    await ended(keys.transaction);
  }
  try { await navigator.storage?.persist?.(); } catch { /* the browser decides */ }
}

async function sealBytes(bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes) };
}
const seal = text => sealBytes(new TextEncoder().encode(text));
const unsealBytes = sealed => crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv }, key, sealed.data);
const unseal = async sealed => new TextDecoder().decode(await unsealBytes(sealed));

export async function get(name) {
  const sealed = await done(store('kept').get(name));
  return sealed ? await unseal(sealed) : null;
}

export async function put(name, text) {
  const sealed = await seal(text), kept = store('kept', 'readwrite');
  kept.put(sealed, name);
  await ended(kept.transaction);
}

export async function drop(name) {
  const kept = store('kept', 'readwrite');
  kept.delete(name);
  await ended(kept.transaction);
}

/** Adds to the queue and gives its number, once it is on the disk. */
export async function append(text) {
  const sealed = await seal(text), queue = store('queue', 'readwrite'), number = done(queue.add(sealed));
  await ended(queue.transaction);
  return await number;
}

/** Writes several entries again and takes others out, all or nothing. */
export async function change(numbers, texts, gone) {
  const sealed = await Promise.all(texts.map(seal)), queue = store('queue', 'readwrite');
  numbers.forEach((n, i) => queue.put(sealed[i], n));
  gone.forEach(n => queue.delete(n));
  await ended(queue.transaction);
}

/** Everything in the queue as [number, text] in its order. What cannot be unsealed is left where it is. */
export async function queue() {
  const all = store('queue'), [numbers, sealed] = await Promise.all([done(all.getAllKeys()), done(all.getAll())]);
  const texts = await Promise.all(sealed.map(s => unseal(s).catch(() => '')));
  return numbers.map((n, i) => ({ number: n, text: texts[i] }));
}

// ---- photos: pictures by their hash
export async function putPhoto(name, bytes) {
  const sealed = await sealBytes(bytes), photos = store('photos', 'readwrite');
  photos.put(sealed, name);
  await ended(photos.transaction);
}

/** The picture; null when there is none or it cannot be unsealed. */
export async function photo(name) {
  const sealed = await done(store('photos').get(name));
  return sealed ? new Uint8Array(await unsealBytes(sealed).catch(() => new ArrayBuffer(0))) : null;
}

export const photoNames = () => done(store('photos').getAllKeys());

export async function dropPhotos(names) {
  const photos = store('photos', 'readwrite');
  names.forEach(n => photos.delete(n));
  await ended(photos.transaction);
}

export function random(bytes) {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), b => b.toString(16).padStart(2, '0')).join('');
}
