/**
 * @module
 * One training thread: takes chunks of the current step off a shared counter until none is left.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { asSottoError } from '../src/errors.ts';
import { createNeighbourRunner } from '../src/model/training/neighbours/neighbourWork.ts';
import { createChunkRunner, type TrainingStep } from '../src/model/training/state.ts';
import { kernelMaker } from './trainingKernel.ts';
import {
  CHUNKS_DONE,
  NEXT_CHUNK,
  type ThreadData,
  type ThreadReply,
  type ThreadRequest,
} from './threadMessages.ts';

const { job, kernel, counters } = workerData as ThreadData;
const runChunk = runnerOf();

function runnerOf(): (step: TrainingStep | null, chunk: number) => void {
  const createKernel = kernelMaker(kernel);
  if (job.kind === 'neighbours') {
    const run = createNeighbourRunner(job.work, createKernel);
    return (_, chunk) => run(chunk);
  }
  const run = createChunkRunner(job.state, createKernel(job.state.dim));
  return (step, chunk) => {
    if (step) run(step, chunk);
  };
}

parentPort?.on('message', ({ step, chunks }: ThreadRequest) => {
  let reply: ThreadReply = null;
  try {
    for (;;) {
      const chunk = Atomics.add(counters, NEXT_CHUNK, 1);
      if (chunk >= chunks) break;
      runChunk(step, chunk);
      Atomics.add(counters, CHUNKS_DONE, 1);
    }
  } catch (thrown) {
    const { code, message } = asSottoError(thrown);
    reply = { code, message };
  }
  parentPort?.postMessage(reply);
});
