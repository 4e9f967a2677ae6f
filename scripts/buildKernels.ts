/**
 * @module
 * Compiles the AssemblyScript kernels to dist/sotto-kernels.wasm. Also the unit tests' global
 * setup, so that they never run against yesterday's kernel.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));

/** @throws {Error} with the compiler's own message. */
export async function buildKernels(): Promise<void> {
  await mkdir(`${root}dist`, { recursive: true });
  const stderr = asc.createMemoryStream();
  const compilerArguments = [
    'src/model/kernels/assembly/topK.ts',
    ...['--baseDir', root],
    ...['--outFile', 'dist/sotto-kernels.wasm'],
    // No allocation happens inside: the caller owns the memory.
    ...['--runtime', 'stub', '--importMemory', '--use', 'abort='],
    ...['-O3', '--converge', '--noAssert', '--enable', 'simd'],
  ];
  const { error } = await asc.main(compilerArguments, { stderr });
  if (error) throw new Error(`kernels do not compile: ${stderr.toString()}`, { cause: error });
}

/** The compiled kernels' bytes, for tests and the command line. */
export async function readKernels(): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(`${root}dist/sotto-kernels.wasm`));
}

/** Vitest's global setup. */
export default buildKernels;
