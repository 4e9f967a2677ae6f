/**
 * @module
 * Trainer on all threads and the compiled kernel: the same bits as on one, in plain JavaScript.
 */
import { neighbourChunks } from '../src/model/training/neighbours/neighbourWork.ts';
import {
  joinNeighbours,
  prepareNeighbours,
} from '../src/model/training/neighbours/trainNeighbours.ts';
import { trainFactors } from '../src/model/training/trainFactors.ts';
import type { Trainer, TrainingStage } from '../src/model/training/trainModel.ts';
import { createThreadedWorkshop } from './threadedWorkshop.ts';
import { createThreadPool } from './threadPool.ts';

export interface FactorProgress {
  stage: TrainingStage;
  /** From 0, of `epochs`; equal to it in the closing pass over the users. */
  epoch: number;
  epochs: number;
  /** Rows solved, of `totalRows`, in this stage. */
  rows: number;
  totalRows: number;
}

export function createThreadedTrainer(
  threads: number,
  onProgress: (progress: FactorProgress) => void = () => {},
): Trainer {
  return {
    async factors(interactions, options, stage) {
      const { epochs } = options;
      const { userIds, itemIds } = interactions;
      const totalRows = epochs * (userIds.length + itemIds.length) + userIds.length;
      const workshop = createThreadedWorkshop(threads, ({ epoch, totalRows: rows }) =>
        onProgress({ stage, epoch, epochs, rows, totalRows }),
      );
      try {
        return await trainFactors(interactions, options, workshop);
      } finally {
        await workshop.close();
      }
    },
    async neighbours(interactions, weighing) {
      const work = prepareNeighbours(
        interactions,
        weighing,
        {},
        (bytes) => new SharedArrayBuffer(bytes),
      );
      const pool = createThreadPool(threads, { kind: 'neighbours', work });
      try {
        await pool.run({ step: null, chunks: neighbourChunks(work) });
      } finally {
        await pool.close();
      }
      return joinNeighbours(work);
    },
  };
}
