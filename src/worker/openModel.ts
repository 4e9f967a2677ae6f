/**
 * @module
 * A model in stages: what answers first, what follows it, and what has been published since.
 *
 * First: the kept model when there is one, else the published one; of either, its first shards
 * alone where it has several. Then the whole of it. Then, when a kept one was first or the whole did
 * not come, the published one if it is another. Each stage is a model by itself; the service puts one in the place of the
 * other between two calls, and one that fails leaves the one before in service.
 */
import type { ReadVerified } from '../model/artifact/decode.ts';
import { firstShards } from '../model/artifact/firstShards.ts';
import type { Manifest } from '../model/artifact/manifest.ts';
import { readManifest } from '../model/artifact/readManifest.ts';
import { openModelCache } from '../store/modelCache.ts';
import type { OpenRequest } from './api.ts';
import { assembleModel, loadKernels, type LoadedModel } from './loadModel.ts';
import { createModelFiles } from './modelFiles.ts';

export interface ModelStages {
  manifest: Manifest;
  /** ms until there was a manifest. */
  manifestMs: number;
  first: LoadedModel;
  /** The whole; null when `first` is. Call it once. */
  whole: (() => Promise<LoadedModel>) | null;
  /** Call it once the whole is in service: it is the last good one from then on. */
  keep: () => Promise<void>;
  /** What is published now, where that may be another; null when it is this. Call it once. */
  newer: () => Promise<PublishedModel | null>;
}

export interface PublishedModel {
  manifest: Manifest;
  loaded: LoadedModel;
  keep: () => Promise<void>;
}

/**
 * @throws {SottoError} `manifest-missing`, `manifest-invalid`, `version-unsupported`,
 * `file-missing`, `file-truncated`, `file-corrupt`.
 */
export async function openModel(request: OpenRequest): Promise<ModelStages> {
  const { manifestUrl, databaseName, storage } = request;
  const started = performance.now();
  const kernels = loadKernels(request);
  // Without a database, or the consent to use it, nothing is kept here either.
  const cache = storage === 'indexeddb' ? await openModelCache(databaseName) : null;
  const files = createModelFiles(manifestUrl, cache);

  async function openStages(text: string, isKept: boolean): Promise<ModelStages> {
    const manifest = await readManifest(text);
    const manifestMs = performance.now() - started;
    const part = firstShards(manifest);
    const held = new Map<string, Uint8Array<ArrayBuffer>>();
    let isOutdated = isKept;
    const readAndHold: ReadVerified = async (file) => {
      const bytes = await files.read(file);
      held.set(file.name, bytes);
      return bytes;
    };
    const first = await assembleModel(part ?? manifest, part ? readAndHold : files.read, kernels);
    return {
      manifest,
      manifestMs,
      first,
      whole:
        part &&
        (async () => {
          const read: ReadVerified = async (file, place) =>
            held.get(file.name) ?? files.read(file, place);
          // Published anew meanwhile, and its files gone: what is there now is another model.
          isOutdated = true;
          const whole = await assembleModel(manifest, read, kernels);
          isOutdated = isKept;
          held.clear();
          return whole;
        }),
      keep: () => (isKept ? Promise.resolve() : files.keep(text, manifest)),
      newer: () => (isOutdated ? openNewer(text) : Promise.resolve(null)),
    };
  }

  async function openNewer(olderText: string): Promise<PublishedModel | null> {
    const text = await files.freshManifest();
    if (text === olderText) return null;
    const manifest = await readManifest(text);
    const loaded = await assembleModel(manifest, files.read, kernels);
    return { manifest, loaded, keep: () => files.keep(text, manifest) };
  }

  const kept = await files.keptManifest();
  if (kept !== null) {
    try {
      return await openStages(kept, true);
    } catch {
      // Of an older build, or files of it are gone from here and from the server: as if none were.
    }
  }
  const text = await files.freshManifest();
  return openStages(text, false).catch(async (thrown: unknown) => {
    // Published anew between its manifest and its files.
    const now = await files.freshManifest();
    if (now === text) throw thrown;
    return openStages(now, false);
  });
}
