/**
 * @module
 * Training on all cores: the same chunks as on one, in shared memory, each taken by whichever
 * thread is free. The result is the same bit for bit, whatever the number of threads.
 */
import type { Worker } from 'node:worker_threads';
import { SottoError } from '../src/errors.ts';
import type { Executor, Workshop } from '../src/model/training/trainFactors.ts';
import type { TrainingState } from '../src/model/training/state.ts';
import { canSolveInWasm } from '../src/model/training/wasmSolveKernel.ts';
import {
  CHUNKS_DONE,
  NEXT_CHUNK,
  type ThreadData,
  type ThreadReply,
  type ThreadRequest,
} from './threadMessages.ts';
import { startThread } from './startThread.ts';
import { loadTrainingKernel } from './trainingKernel.ts';

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

const PROGRESS_INTERVAL_MS = 100;

export function createThreadedWorkshop(
  threads: number,
  onProgress: (progress: TrainingProgress) => void = () => {},
): ThreadedWorkshop {
  let workers: Worker[] = [];
  return {
    allocate: (bytes) => new SharedArrayBuffer(bytes),
    open(state) {
      const kernel = canSolveInWasm(state.dim) ? loadTrainingKernel() : null;
      const counters = new Int32Array(new SharedArrayBuffer(8));
      const data: ThreadData = { state, kernel, counters };
      workers = Array.from({ length: threads }, () => startThread('trainingThread', data));
      return createExecutor(state, workers, counters, onProgress);
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function createExecutor(
  state: TrainingState,
  workers: readonly Worker[],
  counters: Int32Array,
  onProgress: (progress: TrainingProgress) => void,
): Executor {
  let rowsBefore = 0;
  return async (step, chunks, epoch) => {
    counters.fill(0);
    const stepRows = step.kind === 'solve' ? state.entries[step.side].rows : 0;
    const report = (): void => {
      const share = chunks > 0 ? Atomics.load(counters, CHUNKS_DONE) / chunks : 1;
      const rows = Math.round(stepRows * share);
      onProgress({ epoch, rows, totalRows: rowsBefore + rows });
    };
    const timer = setInterval(report, PROGRESS_INTERVAL_MS);
    try {
      await Promise.all(workers.map((worker) => ask(worker, { step, chunks }, counters)));
    } finally {
      clearInterval(timer);
    }
    report();
    rowsBefore += stepRows;
  };
}

function ask(worker: Worker, request: ThreadRequest, counters: Int32Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error: Error | null): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      if (error === null) return resolve();
      // The others need not finish what will be thrown away.
      Atomics.store(counters, NEXT_CHUNK, 0x3fffffff);
      reject(error);
    };
    const onMessage = (reply: ThreadReply): void =>
      settle(reply && new SottoError(reply.code, reply.message));
    const onError = (error: Error): void => settle(error);
    const onExit = (status: number): void =>
      settle(new SottoError('internal', `a training thread ended early, with status ${status}`));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(request);
  });
}
