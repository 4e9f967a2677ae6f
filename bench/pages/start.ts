/**
 * @module
 * In the page of the `start` benchmark: the package's worker and its peers start in turns.
 */
import { startWorker, type WorkerClient } from '../../src/worker/client.ts';
import { LIST, openRequest } from '../../src/worker/openRequest.case.ts';
import type { ReadingRequest } from './readingWorker.ts';

export interface StartRequest {
  manifestUrl: string;
  rounds: number;
}

export interface StartAnswer {
  /** ms of every round, by what was done. */
  timesMs: Record<string, number[]>;
  modelBytes: number;
}

const DATABASE = 'bench-start';
const WARM_UP_ROUNDS = 3;

export async function run({ manifestUrl, rounds }: StartRequest): Promise<StartAnswer> {
  const request = openRequest({ manifestUrl, databaseName: DATABASE });
  const cold = openSotto();
  await cold.ready;
  const { bytes: modelBytes } = (await cold.ask('profile')).model;
  const urls = await keptUrls(request.manifestUrl);
  cold.close();
  const running = createReader();
  const filled = await running.ask({ type: 'fill', name: DATABASE, urls });
  if (filled < modelBytes) throw new Error(`${modelBytes} bytes must be kept but are ${filled}`);

  const timesMs: Record<string, number[]> = {
    'sotto, new worker to first list': [],
    'sotto, new worker to whole model': [],
    'cache, new worker': [],
    'cache, running worker': [],
    'IndexedDB, running worker': [],
  };
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    const note = (what: string, startedMs: number): void => {
      if (round >= 0) timesMs[what].push(performance.now() - startedMs);
    };
    const turns = [
      async () => {
        const startedMs = performance.now();
        const client = openSotto();
        await client.ready;
        const list = await client.ask('recommend', LIST);
        note('sotto, new worker to first list', startedMs);
        if (list.length !== LIST.count) throw new Error(`the list holds ${list.length}`);
        await client.ask('popular', { ...LIST, window: 'all', count: 1 });
        note('sotto, new worker to whole model', startedMs);
        client.close();
      },
      async () => {
        const startedMs = performance.now();
        const reader = createReader();
        await reader.ask({ type: 'cache', name: DATABASE, urls });
        await reader.ask({ type: 'empty' });
        note('cache, new worker', startedMs);
        reader.close();
      },
      async () => {
        const startedMs = performance.now();
        await running.ask({ type: 'cache', name: DATABASE, urls });
        await running.ask({ type: 'empty' });
        note('cache, running worker', startedMs);
      },
      async () => {
        const startedMs = performance.now();
        await running.ask({ type: 'indexeddb', name: DATABASE, urls });
        await running.ask({ type: 'empty' });
        note('IndexedDB, running worker', startedMs);
      },
    ];
    for (const [turn] of turns.entries()) {
      await turns[(turn + round + WARM_UP_ROUNDS) % turns.length]();
      // What one has begun must not run into the next one's time.
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  running.close();
  return { timesMs, modelBytes };

  function openSotto(): WorkerClient {
    const create = () => new Worker('/dist/sotto-worker.js', { type: 'module' });
    const heard = (error: Error | null) => {
      if (error) throw error;
    };
    const lower = () => Promise.reject(new Error('a worker, or nothing'));
    return startWorker(create, request, heard, lower);
  }
}

/** Once the manifest is there, so are the files it names. */
async function keptUrls(manifestUrl: string): Promise<string[]> {
  for (;;) {
    const cache = await caches.open(DATABASE);
    const urls = (await cache.keys()).map(({ url }) => url);
    if (urls.includes(manifestUrl)) return urls;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function createReader() {
  const worker = new Worker('/pages/readingWorker.js', { type: 'module' });
  return {
    ask: (request: ReadingRequest): Promise<number> =>
      new Promise((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<number>) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(`the reading worker: ${message}`));
        worker.postMessage(request);
      }),
    close: () => worker.terminate(),
  };
}
