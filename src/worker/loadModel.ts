/**
 * @module
 * From a manifest and its files to a model that ranks: kernel memory, decoding, retrieval engine.
 */
import type { SottoError } from '../errors.ts';
import { decodeModel, factorStride, type ReadVerified } from '../model/artifact/decode.ts';
import type { Manifest, QuantizationKind } from '../model/artifact/manifest.ts';
import { readManifest } from '../model/artifact/readManifest.ts';
import type { Model } from '../model/model.ts';
import { createRetrieval } from '../model/retrieval/createRetrieval.ts';
import type { RetrievalMemory } from '../model/retrieval/memory.ts';
import type { ImmediateRetrievalEngine } from '../model/retrieval/types.ts';
import type { KernelAddresses } from './api.ts';
import { kernelUrls } from './kernelUrls.ts';
import { pause } from './breathe.ts';
import { createModelFiles, download } from './modelFiles.ts';

export interface LoadedModel {
  model: Model;
  retrieval: ImmediateRetrievalEngine;
  /** ms: reading and verifying files; decoding what was left by then; starting kernels. */
  timings: { files: number; decode: number; kernels: number };
  warnings: SottoError[];
}

/** The kernel of a kind of model. Rejects with `wasm-unavailable`: the TypeScript engine serves. */
export type Kernels = (kind: QuantizationKind) => Promise<ArrayBuffer>;

/** The exact one is on its way at once; the compact one from when it is first asked for. */
export function loadKernels(addresses: KernelAddresses): Kernels {
  const exact = loadKernel(kernelUrls(addresses, ''));
  // Heard of when it is asked for.
  exact.catch(() => undefined);
  let compact: Promise<ArrayBuffer> | null = null;
  return (kind) =>
    kind === 'int8' ? exact : (compact ??= loadKernel(kernelUrls(addresses, '-compact')));
}

/** A site that hosts the plain build alone is served by that. */
function loadKernel([best, plain]: string[]): Promise<ArrayBuffer> {
  const read = (address: string) =>
    download(address, 'wasm-unavailable', 'default', (response) => response.arrayBuffer());
  return plain ? read(best).catch(() => read(plain)) : read(best);
}

/** @throws {SottoError} as `decodeModel`; `manifest-invalid` for more than fits into memory. */
export async function assembleModel(
  manifest: Manifest,
  read: ReadVerified,
  kernels: Kernels,
): Promise<LoadedModel> {
  const started = performance.now();
  const warnings: SottoError[] = [];
  const memory = await startRetrieval(manifest, kernels, warnings);
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
    pause,
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
  // The exact kernel does not depend on the manifest: both are on their way at once.
  const kernels = loadKernels({ kernelUrl });
  return assembleModel(await readManifest(await files.freshManifest()), files.read, kernels);
}

/** Where WebAssembly is refused, with a warning: the TypeScript engine. */
async function startRetrieval(
  { items: rows, dim, blockRows, quantization: { kind } }: Manifest,
  kernels: Kernels,
  warnings: SottoError[],
): Promise<RetrievalMemory> {
  const shape = { rows, dim, stride: factorStride(dim), blockRows, kind };
  try {
    return await createRetrieval(kernels(kind), shape);
  } catch (thrown) {
    warnings.push(thrown as SottoError);
    return createRetrieval(null, shape);
  }
}
