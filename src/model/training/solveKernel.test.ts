import { beforeAll, describe, expect, it } from 'vitest';
import { readFile } from 'node:fs/promises';
import { seededRandom } from './seededRandom.ts';
import { createPlainSolveKernel, LANES, type SolveKernel } from './solveKernel.ts';
import { canSolveInWasm, createWasmSolveKernel } from './wasmSolveKernel.ts';

let module: WebAssembly.Module;

beforeAll(async () => {
  const file = new URL('../../../dist/sotto-training.wasm', import.meta.url);
  module = await WebAssembly.compile(await readFile(file));
});

function fill(kernel: SolveKernel, seed: number): void {
  const random = seededRandom(seed);
  const { dim, matrix, right, rows, a, b } = kernel;
  matrix.fill(0);
  for (let f = 0; f < dim; f++) matrix[f * dim + f] = 1 + random();
  for (let f = 0; f < dim; f++) right[f] = random() - 0.5;
  for (let place = 0; place < rows.length; place++) rows[place] = random() - 0.5;
  for (let lane = 0; lane < LANES; lane++) a[lane] = random();
  for (let lane = 0; lane < LANES; lane++) b[lane] = random();
}

describe('the training kernel in WebAssembly', () => {
  it.each([2, 4, 6, 8, 30, 64, 126])('gives the bits of the plain one: dim %i', (dim) => {
    const plain = createPlainSolveKernel(dim);
    const wasm = createWasmSolveKernel(module, dim);
    for (let seed = 0; seed < 5; seed++) {
      for (const kernel of [plain, wasm]) {
        fill(kernel, seed);
        kernel.addEntries();
        kernel.addEntries();
      }
      for (let row = 0; row < dim; row++) {
        const lower = (kernel: SolveKernel): Float64Array =>
          kernel.matrix.slice(row * dim, row * dim + row + 1);
        expect(lower(wasm)).toEqual(lower(plain));
      }
      expect(wasm.right).toEqual(plain.right);
      expect(wasm.solve()).toBe(true);
      expect(plain.solve()).toBe(true);
      expect(wasm.right).toEqual(plain.right);
    }
  });

  it('refuses the same matrices', () => {
    for (const kernel of [createPlainSolveKernel(4), createWasmSolveKernel(module, 4)]) {
      for (const bad of [0, -1, NaN, Infinity]) {
        fill(kernel, 1);
        kernel.matrix[10] = bad;
        expect(kernel.solve()).toBe(false);
      }
    }
  });

  it('takes even lengths only', () => {
    expect([1, 2, 63, 64].map(canSolveInWasm)).toEqual([false, true, false, true]);
  });
});
