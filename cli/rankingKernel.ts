/**
 * @module
 * Finds the compiled ranking kernels: one folder above the built command line, in dist from source.
 */
import { readFileSync } from 'node:fs';

const PLACES = ['../sotto-kernels.wasm', '../dist/sotto-kernels.wasm'];

/** null where they were not built, or where this Node cannot compile them: measuring is slower. */
export function loadRankingKernel(): WebAssembly.Module | null {
  for (const place of PLACES) {
    try {
      return new WebAssembly.Module(readFileSync(new URL(place, import.meta.url)));
    } catch {
      // The next place, or the readable engine.
    }
  }
  return null;
}
