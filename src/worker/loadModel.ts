/**
 * @module
 * From a manifest and its files to a model that ranks: kernel memory, decoding, retrieval engine.
 */
import { SottoError } from '../errors.ts';
import { decodeModel, factorStride, type ReadVerified } from '../model/artifact/decode.ts';
import { parseManifest, type Manifest } from '../model/artifact/manifest.ts';
import { createRankingKernel } from '../model/kernels/rankingKernel.ts';
import type { Model } from '../model/model.ts';
import { createReferenceRetrieval } from '../model/retrieval/reference.ts';
import type { RetrievalEngine } from '../model/retrieval/types.ts';
import { createWasmRetrieval } from '../model/retrieval/wasm.ts';
import { createModelFiles, download } from './modelFiles.ts';

export interface LoadedModel {
  model: Model;
  retrieval: RetrievalEngine;
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
  try {
    const bytes = await download(url, 'wasm-unavailable', 'default', (response) =>
      response.arrayBuffer(),
    );
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
  const kernel = await startKernel(manifest, kernels.bytes, warnings);
  const kernelStarted = performance.now();
  let filesRead = kernelStarted;
  const target = kernel?.factors ?? allocate(manifest);
  const model = await decodeModel(
    manifest,
    async (file, place) => {
      const bytes = await read(file, place);
      filesRead = performance.now();
      return bytes;
    },
    target,
  );
  return {
    model,
    retrieval: kernel
      ? createWasmRetrieval(kernel, model.factors)
      : createReferenceRetrieval(model.factors),
    timings: {
      kernels: kernelStarted - started,
      files: filesRead - kernelStarted,
      decode: performance.now() - filesRead,
    },
    warnings,
  };
}

/** A whole model from the network, nothing kept. Both addresses absolute. */
export async function loadModel(manifestUrl: string, kernelUrl: string): Promise<LoadedModel> {
  const files = createModelFiles(manifestUrl, null);
  // The kernels do not depend on the manifest: both are on their way at once.
  const [kernels, text] = await Promise.all([loadKernels(kernelUrl), files.freshManifest()]);
  return assembleModel(parseManifest(text), files.read, kernels);
}

/** null, with a warning, where WebAssembly is refused: the TypeScript engine then serves. */
async function startKernel(
  { items, dim, blockRows }: Manifest,
  bytes: Uint8Array<ArrayBuffer> | null,
  warnings: SottoError[],
) {
  if (bytes === null) return null;
  try {
    const shape = { rows: items, stride: factorStride(dim), blockRows };
    return await createRankingKernel(bytes, shape);
  } catch (thrown) {
    warnings.push(thrown as SottoError);
    return null;
  }
}

function allocate({ items, dim }: Manifest): Int8Array {
  try {
    return new Int8Array(items * factorStride(dim));
  } catch (cause) {
    throw new SottoError(
      'manifest-invalid',
      `manifest: items × dim must fit into memory but are ${items} × ${dim}`,
      { cause },
    );
  }
}
