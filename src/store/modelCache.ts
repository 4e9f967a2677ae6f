/**
 * @module
 * ModelCache: a model's files in the Cache API, by address, so that a warm start reads no network.
 *
 * The Cache API rather than a store of the database: see docs/performance.md for both, measured.
 * Where it is missing (no TLS, some private modes) or full, everything works without it.
 */

export interface ModelCache {
  read: (url: string) => Promise<Response | undefined>;
  /** Resolves to whether it is kept. */
  keep: (url: string, bytes: BlobPart & BodyInit) => Promise<boolean>;
  /** Removes whatever lies in `folder` and is not named. */
  retain: (folder: string, urls: ReadonlySet<string>) => Promise<void>;
}

/**
 * Must be opened once and held: what is written through it after somebody else has deleted the
 * cache by name goes with it, so that a worker cannot bring back what `forget` has removed.
 * @returns null where there is no Cache API.
 */
export async function openModelCache(name: string): Promise<ModelCache | null> {
  let cache: Cache;
  try {
    cache = await caches.open(name);
  } catch {
    return null;
  }
  return {
    read: (url) => cache.match(url).catch(() => undefined),
    keep: (url, bytes) =>
      cache.put(url, new Response(bytes)).then(
        () => true,
        () => false,
      ),
    async retain(folder, urls) {
      for (const { url } of await cache.keys()) {
        if (url.startsWith(folder) && !urls.has(url)) await cache.delete(url);
      }
    },
  };
}
