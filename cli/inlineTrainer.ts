/**
 * @module
 * Trainer where it is called, with the compiled kernel where there is one: for a thread that is one
 * of several already. The same bits as on any number of threads.
 */
import { createPlainSolveKernel, type SolveKernel } from '../src/model/training/solveKernel.ts';
import { createChunkRunner } from '../src/model/training/state.ts';
import { trainFactors, type Workshop } from '../src/model/training/trainFactors.ts';
import type { Trainer } from '../src/model/training/trainModel.ts';
import { canSolveInWasm, createWasmSolveKernel } from '../src/model/training/wasmSolveKernel.ts';
import { loadTrainingKernel } from './trainingKernel.ts';

export function createInlineTrainer(): Trainer {
  const module = loadTrainingKernel();
  const createKernel = (dim: number): SolveKernel =>
    module && canSolveInWasm(dim)
      ? createWasmSolveKernel(module, dim)
      : createPlainSolveKernel(dim);
  const workshop: Workshop = {
    allocate: (bytes) => new ArrayBuffer(bytes),
    open(state) {
      const runChunk = createChunkRunner(state, createKernel(state.dim));
      return (step, chunks) => {
        for (let chunk = 0; chunk < chunks; chunk++) runChunk(step, chunk);
        return Promise.resolve();
      };
    },
  };
  return {
    factors: (interactions, options) => trainFactors(interactions, options, workshop),
    createKernel,
  };
}
