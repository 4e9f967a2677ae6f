/**
 * @module
 * Threads that share the chunks of one job: each is taken by whichever is free. Chunks write to
 * separate places, so the result is the same bit for bit, whatever the number of threads.
 */
import type { Worker } from 'node:worker_threads';
import { SottoError } from '../src/errors.ts';
import { startThread } from './startThread.ts';
import {
  CHUNKS_DONE,
  NEXT_CHUNK,
  type ThreadData,
  type ThreadJob,
  type ThreadReply,
  type ThreadRequest,
} from './threadMessages.ts';
import { loadTrainingKernel } from './trainingKernel.ts';

export interface ThreadPool {
  /** Runs every chunk of a step once. @param onShare - told now and then how much is done, [0, 1]. */
  run(request: ThreadRequest, onShare?: (share: number) => void): Promise<void>;
  /** Ends the threads. */
  close(): Promise<void>;
}

const PROGRESS_INTERVAL_MS = 100;

export function createThreadPool(threads: number, job: ThreadJob): ThreadPool {
  const counters = new Int32Array(new SharedArrayBuffer(8));
  const data: ThreadData = { job, kernel: loadTrainingKernel(), counters };
  const workers = Array.from({ length: threads }, () => startThread('trainingThread', data));
  return {
    async run(request, onShare = () => {}) {
      counters.fill(0);
      const timer = setInterval(
        () => onShare(Atomics.load(counters, CHUNKS_DONE) / Math.max(request.chunks, 1)),
        PROGRESS_INTERVAL_MS,
      );
      try {
        await Promise.all(workers.map((worker) => ask(worker, request, counters)));
      } finally {
        clearInterval(timer);
      }
      onShare(1);
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
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
