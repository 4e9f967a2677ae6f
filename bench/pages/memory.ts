/**
 * @module
 * In the page of the `memory` benchmark: one worker that stays, and lists of it.
 */
import { startWorker, type WorkerClient } from '../../src/worker/client.ts';
import { factorStride } from '../../src/model/artifact/decode.ts';
import { LIST, openRequest } from '../../src/worker/openRequest.case.ts';

export interface MemoryRequest {
  manifestUrl: string;
  calls: number;
}

export interface MemoryAnswer {
  /** Of the model's files. */
  modelBytes: number;
  /** Of the kernel's memory: factors, bounds, norms, mask, scores and rows. */
  wasmBytes: number;
}

let client: WorkerClient | undefined;

export async function run({ manifestUrl, calls }: MemoryRequest): Promise<MemoryAnswer> {
  client ??= startWorker(
    () => new Worker('/dist/sotto-worker.js', { type: 'module' }),
    // In memory, so that what is measured is the model and not the writing of the cache.
    openRequest({ manifestUrl, databaseName: 'bench-memory', storage: 'memory' }),
    (error) => {
      if (error) throw error;
    },
    () => Promise.reject(new Error('a worker, or nothing')),
  );
  await client.ready;
  const { model } = await client.ask('profile');
  // A visitor with a taste, so that lists come of the whole scan.
  const event = {
    id: 'e',
    itemId: 'item-1',
    action: 'click',
    timestamp: Date.now(),
    sessionId: 's',
  };
  await client.ask('learn', [event]);
  for (let call = 0; call < calls; call++) await client.ask('recommend', LIST);
  // As `createRankingKernel` lays it out.
  const bytesPerRow = factorStride(model.dim) + 8 / 256 + 8 + 1 / 8 + 8 + 4;
  return { modelBytes: model.bytes, wasmBytes: Math.ceil(model.items * bytesPerRow) };
}
