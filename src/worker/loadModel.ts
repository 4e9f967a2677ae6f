/**
 * @module
 * Downloads a model: manifest first, then every file it names, each verified before use.
 *
 * Every visitor asks for the same files in the same order, without cookies, referrer or query: the
 * requests say nothing of taste. The manifest is revalidated; the rest is named by content and
 * never asked for twice.
 */
import { SottoError } from '../errors.ts';
import { decodeModel, factorStride } from '../model/artifact/decode.ts';
import { parseManifest, type FileEntry, type Manifest } from '../model/artifact/manifest.ts';
import type { Model } from '../model/model.ts';
import { createRetrieval, type RetrievalMemory } from '../model/retrieval/createRetrieval.ts';
import type { RetrievalEngine } from '../model/retrieval/types.ts';
import type { ModelInfo } from './api.ts';
import { kernelUrls } from './kernelUrls.ts';

export interface LoadedModel {
  model: Model;
  retrieval: RetrievalEngine;
  timings: ModelInfo['timings'];
  warnings: SottoError[];
}

/**
 * @param manifestUrl - absolute; the other files lie beside it.
 * @param kernelUrl - absolute.
 * @throws {SottoError} `manifest-missing`, `manifest-invalid`, `version-unsupported`,
 * `file-missing`, `file-truncated`, `file-corrupt`.
 */
export async function loadModel(manifestUrl: string, kernelUrl: string): Promise<LoadedModel> {
  const warnings: SottoError[] = [];
  // The kernel does not depend on the manifest: both are on their way at once.
  const kernelBytes = downloadKernels(kernelUrl).catch((thrown: unknown) => {
    warnings.push(thrown as SottoError);
    return null;
  });
  const started = performance.now();
  const manifest = parseManifest(
    new TextDecoder().decode(await download(manifestUrl, 'manifest-missing', 'no-cache')),
  );
  const manifestRead = performance.now();
  const memory = await startRetrieval(manifest, await kernelBytes, warnings);
  const kernelStarted = performance.now();
  let filesRead = kernelStarted;
  const read = async (file: FileEntry): Promise<Uint8Array<ArrayBuffer>> => {
    const url = new URL(file.name, manifestUrl).href;
    const bytes = await download(url, 'file-missing', 'force-cache');
    filesRead = Math.max(filesRead, performance.now());
    return bytes;
  };
  const model = await decodeModel(manifest, read, memory.target);
  return {
    model,
    retrieval: memory.open(model),
    timings: {
      manifest: manifestRead - started,
      kernels: kernelStarted - manifestRead,
      files: filesRead - kernelStarted,
      decode: performance.now() - filesRead,
    },
    warnings,
  };
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

/** The best build there is; a site that hosts the plain one alone is served by that. */
async function downloadKernels(kernelUrl: string): Promise<Uint8Array<ArrayBuffer>> {
  const [best, ...others] = kernelUrls(kernelUrl);
  try {
    return await download(best, 'wasm-unavailable', 'default');
  } catch (thrown) {
    if (others.length === 0) throw thrown;
    return download(others[0], 'wasm-unavailable', 'default');
  }
}

async function download(
  url: string,
  code: 'manifest-missing' | 'file-missing' | 'wasm-unavailable',
  cache: RequestCache,
): Promise<Uint8Array<ArrayBuffer>> {
  let response: Response;
  try {
    response = await fetch(url, { cache, credentials: 'omit', referrerPolicy: 'no-referrer' });
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw new SottoError(code, `${url} cannot be downloaded: ${String(cause)}`, { cause });
  }
  throw new SottoError(code, `${url} must be there but the server answers ${response.status}`);
}
