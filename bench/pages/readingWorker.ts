/**
 * @module
 * The peer's worker in the `start` benchmark: reads files from the Cache API or from IndexedDB and
 * does nothing with them.
 */
export type ReadingRequest =
  { type: 'empty' } | { type: 'cache' | 'indexeddb' | 'fill'; name: string; urls: string[] };

onmessage = async ({ data }: MessageEvent<ReadingRequest>) => {
  postMessage(data.type === 'empty' ? 0 : await read(data));
};

/** @returns bytes read. */
async function read({
  type,
  name,
  urls,
}: Exclude<ReadingRequest, { type: 'empty' }>): Promise<number> {
  if (type === 'indexeddb') {
    const store = (await openStore(name)).transaction('files').objectStore('files');
    const all = await Promise.all(urls.map((url) => settled(store.get(url) as IDBRequest<ArrayBuffer>)));
    return total(all);
  }
  const cache = await caches.open(name);
  const all = await Promise.all(
    urls.map(async (url) => (await cache.match(url))?.arrayBuffer() ?? new ArrayBuffer(0)),
  );
  if (type === 'fill') {
    const store = (await openStore(name)).transaction('files', 'readwrite').objectStore('files');
    await Promise.all(all.map((bytes, index) => settled(store.put(bytes, urls[index]))));
  }
  return total(all);
}

function total(all: readonly ArrayBuffer[]): number {
  return all.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

async function openStore(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(`${name}-files`, 1);
  request.onupgradeneeded = () => void request.result.createObjectStore('files');
  return settled(request);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
  });
}
