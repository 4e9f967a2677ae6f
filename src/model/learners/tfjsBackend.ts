/**
 * @module
 * Starts tfjs on one of its backends: WebGPU where there is an adapter, else WASM, else CPU. Each
 * backend is a chunk of its own, downloaded only when it is tried.
 *
 * tfjs keeps one active backend for the whole realm. Whoever computes does so through `run`, which
 * lets one computation at a time have it.
 */
import { env, findBackend, ready, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { SottoError, asSottoError } from '../../errors.ts';

export type TfjsBackend = 'webgpu' | 'wasm' | 'cpu';

/** Fastest first. */
const PREFERENCE: readonly TfjsBackend[] = ['webgpu', 'wasm', 'cpu'];

export interface OpenedTfjs {
  readonly backend: TfjsBackend;
  /** The device that tfjs computes on; null unless the backend is webgpu. */
  readonly device: GPUDevice | null;
  /** Backends that were preferred and could not be had, each with the reason. */
  readonly refused: readonly { backend: TfjsBackend; error: SottoError }[];
  /** Runs `work` with this backend active, after every earlier `run` of any backend. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * @param wanted - one backend, or `auto` for the first of webgpu, wasm, cpu that starts.
 * @param tfjsUrl - the folder with tfjs' .wasm files, with a slash at its end.
 * @throws {SottoError} `webgpu-unavailable`, `wasm-unavailable` or `learner-unavailable`.
 */
export async function openTfjs(wanted: TfjsBackend | 'auto', tfjsUrl: string): Promise<OpenedTfjs> {
  const refused: { backend: TfjsBackend; error: SottoError }[] = [];
  for (const backend of wanted === 'auto' ? PREFERENCE : [wanted]) {
    try {
      await exclusively(() => start(backend, tfjsUrl));
      return {
        backend,
        device: backend === 'webgpu' ? (findBackend(backend) as WebGPUBackend).device : null,
        refused,
        run: (work) =>
          exclusively(async () => {
            await setBackend(backend);
            return work();
          }),
      };
    } catch (thrown) {
      refused.push({ backend, error: asSottoError(thrown, 'learner-unavailable') });
    }
  }
  throw refused[refused.length - 1].error;
}

const started = new Set<TfjsBackend>();

async function start(backend: TfjsBackend, tfjsUrl: string): Promise<void> {
  // Asked every time: a device once lost takes its adapter with it.
  if (backend === 'webgpu') await requireAdapter();
  if (started.has(backend)) return;
  switch (backend) {
    case 'webgpu':
      await import('@tensorflow/tfjs-backend-webgpu');
      break;
    case 'wasm':
      await loadWasm(tfjsUrl);
      break;
    case 'cpu':
      await import('@tensorflow/tfjs-backend-cpu');
  }
  if (!(await setBackend(backend))) {
    // Or tfjs would go on trying it in the place of another.
    removeBackend(backend);
    const place = backend === 'wasm' ? ` with the .wasm files at ${tfjsUrl}` : '';
    throw new SottoError(codeOf(backend), `tfjs did not start on ${backend}${place}`);
  }
  await ready();
  started.add(backend);
}

async function loadWasm(tfjsUrl: string): Promise<void> {
  try {
    // The smallest module there is. A content policy without wasm-unsafe-eval refuses it.
    await WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  } catch (cause) {
    throw new SottoError('wasm-unavailable', `WebAssembly is refused here: ${String(cause)}`, {
      cause,
    });
  }
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  // One visitor's problem is far too small for threads, and they would ask for more files.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  wasm.setWasmPaths(tfjsUrl);
}

/** tfjs registers WebGPU wherever `navigator.gpu` is, and fails obscurely without an adapter. */
async function requireAdapter(): Promise<void> {
  const gpu = (globalThis as { navigator?: { gpu?: GPU } }).navigator?.gpu;
  if (!gpu) throw new SottoError('webgpu-unavailable', 'navigator.gpu is not there');
  if (!(await gpu.requestAdapter())) {
    throw new SottoError('webgpu-unavailable', 'navigator.gpu has no adapter');
  }
}

function codeOf(
  backend: TfjsBackend,
): 'webgpu-unavailable' | 'wasm-unavailable' | 'learner-unavailable' {
  return backend === 'cpu' ? 'learner-unavailable' : `${backend}-unavailable`;
}

let last: Promise<unknown> = Promise.resolve();

function exclusively<T>(work: () => Promise<T>): Promise<T> {
  const result = last.then(work);
  last = result.catch(() => undefined);
  return result;
}
