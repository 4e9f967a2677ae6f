/**
 * @module
 * The kernels are files of their own, which a site or a cache can hold in another build: with another
 * layout of the memory they would give odd lists. Each names the sources it was compiled from, in a
 * section of its own. https://webassembly.github.io/spec/core/appendix/custom.html
 */
/** Put in by the build; from unbuilt sources any kernel is taken. */
declare const SOTTO_KERNELS: string | undefined;

const SECTION = 'sotto';

/**
 * @param wanted - of the kernels that this code was built with.
 * @throws {Error} for others.
 */
export function expectKernels(
  module: WebAssembly.Module,
  wanted = typeof SOTTO_KERNELS === 'string' ? SOTTO_KERNELS : undefined,
): void {
  if (!wanted) return;
  const [section] = WebAssembly.Module.customSections(module, SECTION);
  const found = section ? new TextDecoder().decode(section) : 'none';
  if (found === wanted) return;
  throw new Error(`sotto-worker.js needs kernels of build ${wanted} but they are of ${found}`);
}
