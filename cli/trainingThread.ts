/**
 * @module
 * One training thread: takes chunks of the current step off a shared counter until none is left.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { asSottoError } from '../src/errors.ts';
import { createPlainSolveKernel } from '../src/model/training/solveKernel.ts';
import { createChunkRunner } from '../src/model/training/state.ts';
import { createWasmSolveKernel } from '../src/model/training/wasmSolveKernel.ts';
import {
  CHUNKS_DONE,
  NEXT_CHUNK,
  type ThreadData,
  type ThreadReply,
  type ThreadRequest,
} from './threadMessages.ts';

const { state, kernel, counters } = workerData as ThreadData;
const runChunk = createChunkRunner(
  state,
  kernel ? createWasmSolveKernel(kernel, state.dim) : createPlainSolveKernel(state.dim),
);

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
