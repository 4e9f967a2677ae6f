/**
 * @module
 * Training where it is called, with the compiled kernel where there is one: for a thread that is
 * one of several already. The same bits as on any number of threads.
 */
import { createPlainSolveKernel } from '../src/model/training/solveKernel.ts';
import { createChunkRunner } from '../src/model/training/state.ts';
import type { Workshop } from '../src/model/training/trainFactors.ts';
import { canSolveInWasm, createWasmSolveKernel } from '../src/model/training/wasmSolveKernel.ts';
import { loadTrainingKernel } from './trainingKernel.ts';

/** @param onRows - told after each step how many rows have been solved since the beginning. */
export function createInlineWorkshop(onRows: (totalRows: number) => void = () => {}): Workshop {
  return {
    allocate: (bytes) => new ArrayBuffer(bytes),
    open(state) {
      const { dim } = state;
      const module = canSolveInWasm(dim) ? loadTrainingKernel() : null;
      const runChunk = createChunkRunner(
        state,
        module ? createWasmSolveKernel(module, dim) : createPlainSolveKernel(dim),
      );
      let totalRows = 0;
      return (step, chunks) => {
        for (let chunk = 0; chunk < chunks; chunk++) runChunk(step, chunk);
        if (step.kind === 'solve') onRows((totalRows += state.entries[step.side].rows));
        return Promise.resolve();
      };
    },
  };
}
