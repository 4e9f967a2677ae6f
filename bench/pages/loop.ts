/**
 * @module
 * In the page of the `loop` benchmark: clicks go to the package and to its peer in turns.
 */
import type * as Sotto from '../../src/index.ts';
import type { TfjsWorkerAnswer, TfjsWorkerRequest } from './tfjsWorker.ts';

export interface LoopRequest {
  manifestUrl: string;
  items: number;
  count: number;
  rounds: number;
}

/** ms of every round. */
export interface LoopAnswer {
  /** From `track()` to the `update` event. */
  sottoUpdateMs: number[];
  /** From `track()` to the new list. */
  sottoListMs: number[];
  /** From posting the event to the new list. */
  tfjsListMs: number[];
}

const WARM_UP_ROUNDS = 5;

export async function run(request: LoopRequest): Promise<LoopAnswer> {
  const manifestUrl = new URL(request.manifestUrl, location.href).href;
  const address = '/dist/index.js';
  const { createRecommender } = (await import(/* @vite-ignore */ address)) as typeof Sotto;
  const sotto = await createRecommender({ model: manifestUrl, track: false });
  sotto.on('error', (error) => {
    throw error;
  });
  await sotto.recommend({ count: request.count });
  const kernelUrl = new URL('/dist/sotto-kernels.wasm', location.href).href;
  const peer = await openPeer({ type: 'open', manifestUrl, kernelUrl });

  const answer: LoopAnswer = { sottoUpdateMs: [], sottoListMs: [], tfjsListMs: [] };
  for (let round = -WARM_UP_ROUNDS; round < request.rounds; round++) {
    const click = Math.imul(round + WARM_UP_ROUNDS + 1, 2_654_435_761) >>> 0;
    const itemId = `item-${click % request.items}`;
    const own = async (): Promise<void> => {
      const updated = new Promise<void>((resolve) => {
        const stop = sotto.on('update', () => {
          stop();
          resolve();
        });
      });
      const started = performance.now();
      sotto.track({ itemId, action: 'click' });
      await updated;
      const updateMs = performance.now() - started;
      const list = await sotto.recommend({ count: request.count });
      const listMs = performance.now() - started;
      if (list.length !== request.count) throw new Error(`sotto gave ${list.length} items`);
      if (round < 0) return;
      answer.sottoUpdateMs.push(updateMs);
      answer.sottoListMs.push(listMs);
    };
    const peers = async (): Promise<void> => {
      const started = performance.now();
      const { itemIds } = await peer({ type: 'click', itemId, count: request.count });
      const listMs = performance.now() - started;
      if (itemIds.length !== request.count)
        throw new Error(`the peer gave ${itemIds.length} items`);
      if (round >= 0) answer.tfjsListMs.push(listMs);
    };
    for (const turn of round % 2 === 0 ? [own, peers] : [peers, own]) await turn();
  }
  sotto.destroy();
  return answer;
}

/** Starts the peer's worker. @returns what asks it, one question at a time. */
async function openPeer(
  open: TfjsWorkerRequest,
): Promise<(request: TfjsWorkerRequest) => Promise<TfjsWorkerAnswer>> {
  const worker = new Worker('/pages/tfjsWorker.js', { type: 'module' });
  const ask = (request: TfjsWorkerRequest): Promise<TfjsWorkerAnswer> =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<TfjsWorkerAnswer>) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(`the peer's worker: ${message}`));
      worker.postMessage(request);
    });
  await ask(open);
  return ask;
}
