/**
 * @module
 * Factors on all cores: the same chunks as on one, in shared memory.
 */
import type { Workshop } from '../src/model/training/trainFactors.ts';
import { createThreadPool, type ThreadPool } from './threadPool.ts';

export interface TrainingProgress {
  /** From 0; equals the number of epochs in the closing pass over the users. */
  epoch: number;
  /** Rows solved in this step so far. */
  rows: number;
  /** Rows solved since the beginning. */
  totalRows: number;
}

export interface ThreadedWorkshop extends Workshop {
  /** Ends the threads. */
  close(): Promise<void>;
}

export function createThreadedWorkshop(
  threads: number,
  onProgress: (progress: TrainingProgress) => void = () => {},
): ThreadedWorkshop {
  let pool: ThreadPool | null = null;
  return {
    allocate: (bytes) => new SharedArrayBuffer(bytes),
    open(state) {
      const opened = createThreadPool(threads, { kind: 'factors', state });
      pool = opened;
      let rowsBefore = 0;
      return async (step, chunks, epoch) => {
        const stepRows = step.kind === 'solve' ? state.entries[step.side].rows : 0;
        await opened.run({ step, chunks }, (share) => {
          const rows = Math.round(stepRows * share);
          onProgress({ epoch, rows, totalRows: rowsBefore + rows });
        });
        rowsBefore += stepRows;
      };
    },
    async close() {
      await pool?.close();
    },
  };
}
