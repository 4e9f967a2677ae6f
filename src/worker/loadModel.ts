/**
 * @module
 * From a manifest and its files to a model that ranks: kernel memory, decoding, retrieval engine.
 */
import type { SottoError } from '../errors.ts';
import { decodeModel, factorStride, type ReadVerified } from '../model/artifact/decode.ts';
import type { Manifest } from '../model/artifact/manifest.ts';
import { readManifest } from '../model/artifact/readManifest.ts';
import type { Model } from '../model/model.ts';
import { createRetrieval } from '../model/retrieval/createRetrieval.ts';
import type { RetrievalMemory } from '../model/retrieval/memory.ts';
import type { ImmediateRetrievalEngine } from '../model/retrieval/types.ts';
import { kernelUrls } from './kernelUrls.ts';
import { createModelFiles, download } from './modelFiles.ts';

export interface LoadedModel {
  model: Model;
  retrieval: ImmediateRetrievalEngine;
  /** ms: reading and verifying files; decoding what was left by then; starting kernels. */
  timings: { files: number; decode: number; kernels: number };
  warnings: SottoError[];
}

/** The bytes of the kernels; null, with why, where they cannot be had. */
export interface Kernels {
  bytes: Uint8Array<ArrayBuffer> | null;
  warnings: SottoError[];
}

/** Never rejects: the TypeScript engine serves without them. @param url - absolute. */
export async function loadKernels(url: string): Promise<Kernels> {
  const read = (address: string) =>
    download(address, 'wasm-unavailable', 'default', (response) => response.arrayBuffer());
  const [best, plain] = kernelUrls(url);
  try {
    // A site that hosts the plain build alone is served by that.
    const bytes = plain ? await read(best).catch(() => read(plain)) : await read(best);
    return { bytes: new Uint8Array(bytes), warnings: [] };
  } catch (thrown) {
    return { bytes: null, warnings: [thrown as SottoError] };
  }
}

/** @throws {SottoError} as `decodeModel`; `manifest-invalid` for more than fits into memory. */
export async function assembleModel(
  manifest: Manifest,
  read: ReadVerified,
  kernels: Kernels,
): Promise<LoadedModel> {
  const started = performance.now();
  const warnings = [...kernels.warnings];
  const memory = await startRetrieval(manifest, kernels.bytes, warnings);
  const kernelStarted = performance.now();
  let filesRead = kernelStarted;
  const model = await decodeModel(
    manifest,
    async (file, place) => {
      const bytes = await read(file, place);
      filesRead = performance.now();
      return bytes;
    },
    memory.target,
  );
  return {
    model,
    retrieval: await memory.open(model, nextTask),
    timings: {
      kernels: kernelStarted - started,
      files: filesRead - kernelStarted,
      decode: performance.now() - filesRead,
    },
    warnings,
  };
}

/** Messages that wait are answered before it. */
const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** A whole model from the network, nothing kept. Both addresses absolute. */
export async function loadModel(manifestUrl: string, kernelUrl: string): Promise<LoadedModel> {
  const files = createModelFiles(manifestUrl, null);
  // The kernels do not depend on the manifest: both are on their way at once.
  const [kernels, text] = await Promise.all([loadKernels(kernelUrl), files.freshManifest()]);
  return assembleModel(await readManifest(text), files.read, kernels);
}

/** Where WebAssembly is refused, with a warning: the TypeScript engine. */
async function startRetrieval(
  { items: rows, dim, blockRows, quantization: { kind } }: Manifest,
  bytes: Uint8Array<ArrayBuffer> | null,
  warnings: SottoError[],
): Promise<RetrievalMemory> {
  const shape = { rows, dim, stride: factorStride(dim), blockRows, kind };
  try {
    return await createRetrieval(bytes, shape);
  } catch (thrown) {
    warnings.push(thrown as SottoError);
    return createRetrieval(null, shape);
  }
}
