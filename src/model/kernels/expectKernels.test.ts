import { expect, test, vi } from 'vitest';
import { kernelsId } from '../../../scripts/buildId.ts';
import { readKernels } from '../../../scripts/buildKernels.ts';
import { expectKernels } from './expectKernels.ts';
import { createRankingKernel } from './rankingKernel.ts';

const NAMES = [
  'sotto-kernels.wasm',
  'sotto-kernels-relaxed.wasm',
  'sotto-kernels-compact.wasm',
  'sotto-kernels-compact-relaxed.wasm',
] as const;

test('every kernel names the sources that it was compiled from', async () => {
  for (const name of NAMES) {
    const bytes = await readKernels(name);
    // At their end. Relaxed SIMD is not compiled by every Node.
    expect(new TextDecoder().decode(bytes.slice(-15)), name).toBe(`sotto${kernelsId()}`);
  }
  const module = await WebAssembly.compile(await readKernels());
  expect(() => expectKernels(module, kernelsId())).not.toThrow();
});

test('one of other sources is refused, and both are named', async () => {
  const module = await WebAssembly.compile(await readKernels());
  expect(() => expectKernels(module, '0123456789')).toThrow(
    /of build 0123456789 but they are of [0-9a-f]{10}$/,
  );
  expect(() => expectKernels(module, '0123456789')).toThrow(kernelsId());
});

test('so is one that names none, as those before did', async () => {
  const bare = await WebAssembly.compile(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
  expect(() => expectKernels(bare, '0123456789')).toThrow('are of none');
  // Unbuilt sources take what there is.
  expect(() => expectKernels(bare)).not.toThrow();
});

test('the engine says which two have met', async () => {
  const shape = { rows: 4, stride: 16, blockRows: 4 };
  const bare = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
  vi.stubGlobal('SOTTO_KERNELS', '0123456789');
  await expect(createRankingKernel(bare, shape)).rejects.toMatchObject({
    code: 'wasm-unavailable',
    message:
      'the fast kernel does not start: Error: sotto-worker.js needs kernels of build 0123456789 but they are of none',
  });
  vi.unstubAllGlobals();
});
