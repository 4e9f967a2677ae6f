import { expect, test } from 'vitest';
import { kernelsId } from '../../../scripts/buildId.ts';
import { readKernels } from '../../../scripts/buildKernels.ts';
import { expectKernels, kernelError } from './expectKernels.ts';

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
    /of build 0123456789 but are of [0-9a-f]{10}:/,
  );
  expect(() => expectKernels(module, '0123456789')).toThrow(kernelsId());
});

test('so is one that names none, as those before did', async () => {
  const bare = await WebAssembly.compile(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
  expect(() => expectKernels(bare, '0123456789')).toThrow('are of no build');
  // Unbuilt sources take what there is.
  expect(() => expectKernels(bare)).not.toThrow();
});

test('what is said of another build is not said to be a policy', () => {
  const bare = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
  try {
    expectKernels(bare, '0123456789');
  } catch (thrown) {
    expect(kernelError('fast', thrown)).toBe(thrown);
  }
  expect(kernelError('fast', new TypeError('refused'))).toMatchObject({
    code: 'wasm-unavailable',
    message: 'WebAssembly with SIMD must be allowed for the fast kernel: TypeError: refused',
  });
});
