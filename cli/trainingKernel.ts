/**
 * @module
 * Finds the compiled training kernel: one folder above the built command line, in dist from source.
 */
import { readFileSync } from 'node:fs';
import { createPlainSolveKernel, type SolveKernel } from '../src/model/training/solveKernel.ts';
import { canSolveInWasm, createWasmSolveKernel } from '../src/model/training/wasmSolveKernel.ts';

const PLACES = ['../sotto-training.wasm', '../dist/sotto-training.wasm'];

/** null where it was not built, or where this Node cannot compile it: training is slower then. */
export function loadTrainingKernel(): WebAssembly.Module | null {
  for (const place of PLACES) {
    try {
      return new WebAssembly.Module(readFileSync(new URL(place, import.meta.url)));
    } catch {
      // The next place, or the plain kernel.
    }
  }
  return null;
}

/** Compiled where it can be, else plain: the same bits. */
export function kernelMaker(module: WebAssembly.Module | null): (dim: number) => SolveKernel {
  return (dim) =>
    module && canSolveInWasm(dim)
      ? createWasmSolveKernel(module, dim)
      : createPlainSolveKernel(dim);
}
