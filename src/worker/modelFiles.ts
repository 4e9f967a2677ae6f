/**
 * @module
 * A model's files, from the cache or else from the network, each verified before use.
 *
 * Every visitor asks for the same files in the same order, without cookies, referrer or query: the
 * requests say nothing of taste. The manifest is revalidated; the rest is named by content and
 * never asked for twice, so that between two models only what differs is downloaded.
 */
import { SottoError } from '../errors.ts';
import type { ReadVerified } from '../model/artifact/decode.ts';
import { verifyFile } from '../model/artifact/integrity.ts';
import type { FileEntry, Manifest } from '../model/artifact/manifest.ts';
import type { ModelCache } from '../store/modelCache.ts';
import { breathe } from './breathe.ts';
import { readBody } from './readBody.ts';

export interface ModelFiles {
  /** The last good manifest; null where none is kept. */
  keptManifest: () => Promise<string | null>;
  /** @throws {SottoError} `manifest-missing`. */
  freshManifest: () => Promise<string>;
  /** @throws {SottoError} `file-missing`, `file-truncated`, `file-corrupt`. */
  read: ReadVerified;
  /**
   * Makes a model that has proved good the last good one; files that it does not name go.
   * @param text - its manifest, as it came.
   */
  keep: (text: string, manifest: Manifest) => Promise<void>;
}

/** @param manifestUrl - absolute; the other files lie beside it. */
export function createModelFiles(manifestUrl: string, cache: ModelCache | null): ModelFiles {
  const writes = new Map<string, Promise<boolean>>();
  const urlOf = (file: FileEntry): string => new URL(file.name, manifestUrl).href;

  async function readKept(file: FileEntry, place?: Uint8Array<ArrayBuffer>) {
    try {
      const response = await cache?.read(urlOf(file));
      if (!response) return null;
      const bytes = await readBody(response, file.bytes, place);
      await verifyFile(file, bytes);
      return bytes;
    } catch {
      // Damaged on the device: the network has it still.
      return null;
    }
  }

  return {
    keptManifest: async () => (await (await cache?.read(manifestUrl))?.text()) ?? null,

    freshManifest: async () =>
      await download(manifestUrl, 'manifest-missing', 'no-cache', (response) => response.text()),

    async read(file, place) {
      const kept = await readKept(file, place);
      if (kept) return breathe(kept);
      const url = urlOf(file);
      const bytes = await download(url, 'file-missing', 'force-cache', (response) =>
        readBody(response, file.bytes, place),
      );
      await verifyFile(file, bytes);
      if (cache) writes.set(url, cache.keep(url, bytes));
      return breathe(bytes);
    },

    async keep(text, manifest) {
      const areKept = await Promise.all(writes.values());
      writes.clear();
      // Must come after its files: a manifest that is kept names nothing that is not.
      if (!cache || areKept.includes(false) || !(await cache.keep(manifestUrl, text))) return;
      const named = new Set([manifestUrl, ...manifest.files.map(urlOf)]);
      await cache.retain(new URL('.', manifestUrl).href, named);
    },
  };
}

/** @throws {SottoError} `code`, when it cannot be had or read to its end. */
export async function download<T>(
  url: string,
  code: 'manifest-missing' | 'file-missing' | 'wasm-unavailable',
  cache: RequestCache,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, { cache, credentials: 'omit', referrerPolicy: 'no-referrer' });
    if (response.ok) return await read(response);
  } catch (cause) {
    throw new SottoError(code, `${url} cannot be downloaded: ${String(cause)}`, { cause });
  }
  throw new SottoError(code, `${url} must be there but the server answers ${response.status}`);
}
