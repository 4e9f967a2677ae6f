/**
 * @module
 * Trainer where it is called, with the compiled kernel where there is one: for a thread that is one
 * of several already. The same bits as on any number of threads.
 */
import { trainNeighbours } from '../src/model/training/neighbours/trainNeighbours.ts';
import { createChunkRunner } from '../src/model/training/state.ts';
import { trainFactors, type Workshop } from '../src/model/training/trainFactors.ts';
import type { Trainer } from '../src/model/training/trainModel.ts';
import { kernelMaker, loadTrainingKernel } from './trainingKernel.ts';

export function createInlineTrainer(): Trainer {
  const createKernel = kernelMaker(loadTrainingKernel());
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
    neighbours: (interactions, weighing) =>
      Promise.resolve(trainNeighbours(interactions, weighing, { createKernel })),
  };
}
