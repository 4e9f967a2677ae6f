/**
 * @module
 * Compiles the AssemblyScript kernels to dist/*.wasm. Also the unit tests' global setup, so that
 * they never run against yesterday's kernel.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import type { QuantizationKind } from '../src/model/artifact/manifest.ts';
import { kernelsId } from './buildId.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const KERNELS = [
  ['topK.ts', 'sotto-kernels.wasm', 'simd'],
  ['topK.ts', 'sotto-kernels-relaxed.wasm', 'simd,relaxed-simd'],
  // Apart from the first: no visitor should download what only compact models need, or training.
  ['compact.ts', 'sotto-kernels-compact.wasm', 'simd'],
  ['compact.ts', 'sotto-kernels-compact-relaxed.wasm', 'simd,relaxed-simd'],
  ['solve.ts', 'sotto-training.wasm', 'simd'],
] as const;

/** @throws {Error} with the compiler's own message. */
export async function buildKernels(): Promise<void> {
  await mkdir(`${root}dist`, { recursive: true });
  for (const [source, target, features] of KERNELS) {
    await compileKernel(source, `dist/${target}`, features);
  }
}

/**
 * @param outFile - absolute, or from the root of the package.
 * @throws {Error} with the compiler's own message.
 */
export async function compileKernel(
  source: string,
  outFile: string,
  features: string,
): Promise<void> {
  const stderr = asc.createMemoryStream();
  const compilerArguments = [
    `src/model/kernels/assembly/${source}`,
    ...['--baseDir', root],
    ...['--outFile', relative(root, resolve(root, outFile))],
    // No allocation happens inside: the caller owns the memory.
    ...['--runtime', 'stub', '--importMemory', '--use', 'abort='],
    ...['-O3', '--converge', '--noAssert'],
    ...features.split(',').flatMap((feature) => ['--enable', feature]),
  ];
  const { error } = await asc.main(compilerArguments, { stderr });
  if (error) throw new Error(`${source} does not compile: ${stderr.toString()}`, { cause: error });
  const file = resolve(root, outFile);
  await writeFile(file, Buffer.concat([await readFile(file), namedSection('sotto', kernelsId())]));
}

/** A custom section; see `expectKernels`. Lengths below 128 are one byte. */
function namedSection(name: string, text: string): Buffer {
  const content = Buffer.concat([Buffer.from([name.length]), Buffer.from(name + text)]);
  return Buffer.concat([Buffer.from([0, content.length]), content]);
}

/** A compiled kernel's bytes, for tests. */
export async function readKernels(
  name: (typeof KERNELS)[number][1] = 'sotto-kernels.wasm',
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(`${root}dist/${name}`));
}

/** Those that rank, compiled, for tests and benchmarks. */
export async function compileKernels(): Promise<Record<QuantizationKind, WebAssembly.Module>> {
  const [int8, pq4] = [await readKernels(), await readKernels('sotto-kernels-compact.wasm')];
  return { int8: await WebAssembly.compile(int8), pq4: await WebAssembly.compile(pq4) };
}

/** Vitest's global setup. */
export default buildKernels;
