/**
 * @module
 * Finds the compiled ranking kernels: one folder above the built command line, in dist from source.
 */
import { readFileSync } from 'node:fs';
import type { KernelsByKind } from '../src/model/retrieval/memory.ts';

const PLACES = ['../', '../dist/'];

/** null where they were not built, or where this Node cannot compile them: measuring is slower. */
export function loadRankingKernels(): KernelsByKind | null {
  for (const place of PLACES) {
    const compile = (name: string) =>
      new WebAssembly.Module(readFileSync(new URL(`${place}${name}.wasm`, import.meta.url)));
    try {
      return { int8: compile('sotto-kernels'), pq4: compile('sotto-kernels-compact') };
    } catch {
      // The next place, or the readable engine.
    }
  }
  return null;
}
