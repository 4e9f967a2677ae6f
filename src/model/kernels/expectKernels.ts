/**
 * @module
 * The kernels are files of their own, which a site or a cache can hold in another build: with another
 * layout of the memory they would give odd lists. Each names the sources it was compiled from, in a
 * section of its own. https://webassembly.github.io/spec/core/appendix/custom.html
 */
import { SottoError } from '../../errors.ts';

/** Put in by the build; from unbuilt sources any kernel is taken. */
declare const SOTTO_KERNELS: string | undefined;

const SECTION = 'sotto';

/** @param wanted - of the kernels that this code was built with. */
export function expectKernels(
  module: WebAssembly.Module,
  wanted = typeof SOTTO_KERNELS === 'string' ? SOTTO_KERNELS : undefined,
): void {
  if (!wanted) return;
  const [section] = WebAssembly.Module.customSections(module, SECTION);
  const found = section ? new TextDecoder().decode(section) : 'no build';
  if (found === wanted) return;
  throw new SottoError(
    'wasm-unavailable',
    `the kernels must be of build ${wanted} but are of ${found}: publish the .wasm files and sotto-worker.js of one version together`,
  );
}

/** @param kernel - which one, in words. */
export function kernelError(kernel: string, cause: unknown): SottoError {
  // By name: a part of the worker may bring a class of its own.
  if ((cause as Error).name === 'SottoError') return cause as SottoError;
  const message = `WebAssembly with SIMD must be allowed for the ${kernel} kernel: ${String(cause)}`;
  return new SottoError('wasm-unavailable', message, { cause });
}
