/**
 * @module
 * SolveKernel on WebAssembly with SIMD: `kernels/assembly/solve.ts` and the layout of its memory.
 */
import { LANES, type SolveKernel } from './solveKernel.ts';

const PAGE_BYTES = 65_536;

interface SolveExports {
  addEntries(rows: number, a: number, b: number, matrix: number, right: number, dim: number): void;
  solveInPlace(matrix: number, right: number, column: number, dim: number): number;
}

/**
 * @param module - compiled from dist/sotto-training.wasm.
 * @param dim - even: the kernel takes numbers in pairs. See `canSolveInWasm`.
 */
export function createWasmSolveKernel(module: WebAssembly.Module, dim: number): SolveKernel {
  let bytes = 0;
  const allot = (length: number): number => {
    bytes += length * 8;
    return bytes - length * 8;
  };
  const rows = allot(LANES * dim);
  const a = allot(LANES);
  const b = allot(LANES);
  const right = allot(dim);
  const column = allot(dim);
  const matrix = allot(dim * dim);
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  const exports = instance.exports as unknown as SolveExports;
  const view = (place: number, length: number): Float64Array =>
    new Float64Array(memory.buffer, place, length);
  return {
    dim,
    rows: view(rows, LANES * dim),
    a: view(a, LANES),
    b: view(b, LANES),
    right: view(right, dim),
    matrix: view(matrix, dim * dim),
    addEntries: () => exports.addEntries(rows, a, b, matrix, right, dim),
    solve: () => exports.solveInPlace(matrix, right, column, dim) === 1,
  };
}

/** An odd length would let a pair reach into the next row's lower triangle. */
export function canSolveInWasm(dim: number): boolean {
  return dim % 2 === 0;
}
