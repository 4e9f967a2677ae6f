/**
 * @module
 * In the page of the `loop` benchmark: clicks go to the package and to its peers in turns.
 */
import type * as Sotto from '../../src/index.ts';
import { openPageStore } from '../../src/store/pageStore.ts';
import type { OpenPeer, TfjsWorkerAnswer, TfjsWorkerRequest } from './tfjsWorker.ts';

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
  /** From the event to the new list, through a log like the package's. */
  tfjsListMs: number[];
  /** The same without a log: nothing outlives the page. */
  tfjsWithoutLogMs: number[];
}

const WARM_UP_ROUNDS = 8;
const PEER_DATABASE = 'bench-peer';

export async function run(request: LoopRequest): Promise<LoopAnswer> {
  const { count, items, rounds } = request;
  const manifestUrl = new URL(request.manifestUrl, location.href).href;
  const kernelUrl = new URL('/dist/sotto-kernels.wasm', location.href).href;
  const open: OpenPeer = { type: 'open', manifestUrl, kernelUrl, databaseName: null };
  const peer = await openPeer({ ...open, databaseName: PEER_DATABASE });
  const peerWithoutLog = await openPeer(open);
  const peerStore = openPageStore(PEER_DATABASE, () => import('../../src/store/wholeStore.ts'));
  const sotto = await openSotto(manifestUrl);
  await sotto.recommend({ count });

  const answer: LoopAnswer = {
    sottoUpdateMs: [],
    sottoListMs: [],
    tfjsListMs: [],
    tfjsWithoutLogMs: [],
  };
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    const click = Math.imul(round + WARM_UP_ROUNDS + 1, 2_654_435_761) >>> 0;
    const itemId = `item-${click % items}`;
    const note = (times: number[], startedMs: number): void => {
      if (round >= 0) times.push(performance.now() - startedMs);
    };
    const turns = [
      async () => {
        const updated = new Promise<void>((resolve) => {
          const stop = sotto.on('update', () => {
            stop();
            resolve();
          });
        });
        const startedMs = performance.now();
        sotto.track({ itemId, action: 'click' });
        await updated;
        note(answer.sottoUpdateMs, startedMs);
        const list = await sotto.recommend({ count });
        note(answer.sottoListMs, startedMs);
        return list.length;
      },
      async () => {
        const startedMs = performance.now();
        const id = crypto.randomUUID();
        const timestamp = Date.now();
        await peerStore.append([{ id, itemId, action: 'click', timestamp, sessionId: 'bench' }]);
        const { itemIds } = await peer({ type: 'click', itemId, count });
        note(answer.tfjsListMs, startedMs);
        return itemIds.length;
      },
      async () => {
        const startedMs = performance.now();
        const { itemIds } = await peerWithoutLog({ type: 'click', itemId, count });
        note(answer.tfjsWithoutLogMs, startedMs);
        return itemIds.length;
      },
    ];
    for (const [turn] of turns.entries()) {
      const found = await turns[(turn + round + WARM_UP_ROUNDS) % turns.length]();
      if (found !== count) throw new Error(`a list must hold ${count} items but holds ${found}`);
      await idle();
    }
  }
  sotto.destroy();
  return answer;
}

/** What one has begun must not run into the next one's time. */
function idle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}

async function openSotto(manifestUrl: string): Promise<Sotto.Recommender> {
  const address = '/dist/index.js';
  const { createRecommender } = (await import(/* @vite-ignore */ address)) as typeof Sotto;
  const sotto = await createRecommender({ model: manifestUrl, track: false });
  sotto.on('error', (error) => {
    throw error;
  });
  return sotto;
}

/** Starts a peer's worker. @returns what asks it, one question at a time. */
async function openPeer(
  open: OpenPeer,
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
