/**
 * @module
 * SolveKernel on WebAssembly with SIMD: `kernels/assembly/solve.ts` and the layout of its memory.
 */
import { LANES, type SolveKernel } from './solveKernel.ts';

const PAGE_BYTES = 65_536;

interface SolveExports {
  addOuterProducts(rows: number, weights: number, matrix: number, dim: number): void;
  solveInPlace(matrix: number, right: number, dim: number): number;
}

/**
 * @param module - compiled from dist/sotto-training.wasm.
 * @param dim - even: the kernel takes numbers in pairs. See `canSolveInWasm`.
 */
export function createWasmSolveKernel(module: WebAssembly.Module, dim: number): SolveKernel {
  const places = { rows: 0, weights: 0, right: 0, matrix: 0 };
  places.weights = LANES * dim * 8;
  places.right = places.weights + LANES * 8;
  places.matrix = places.right + dim * 8;
  const bytes = places.matrix + dim * dim * 8;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  const exports = instance.exports as unknown as SolveExports;
  const view = (place: number, length: number): Float64Array =>
    new Float64Array(memory.buffer, place, length);
  return {
    dim,
    rows: view(places.rows, LANES * dim),
    weights: view(places.weights, LANES),
    right: view(places.right, dim),
    matrix: view(places.matrix, dim * dim),
    addOuterProducts: () =>
      exports.addOuterProducts(places.rows, places.weights, places.matrix, dim),
    solve: () => exports.solveInPlace(places.matrix, places.right, dim) === 1,
  };
}

/** An odd length would let a pair reach into the next row's lower triangle. */
export function canSolveInWasm(dim: number): boolean {
  return dim % 2 === 0;
}
