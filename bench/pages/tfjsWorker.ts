/**
 * @module
 * The peer's worker in the `loop` benchmark: an event in, the visitor's embedding solved as the
 * package does, ranking on tfjs-wasm, a list out. With a database it reads the event from the log,
 * as the package does; without one it takes the message's word for it and keeps nothing.
 */
import type { WeightedPreference } from '../../src/model/learners/types.ts';
import {
  createReducer,
  describeRules,
  weightPreferences,
  type PreferenceRules,
} from '../../src/model/preferences.ts';
import { DEFAULT_ACTION_WEIGHTS } from '../../src/events.ts';
import { openIndexedDbStore } from '../../src/store/indexedDbStore.ts';
import { loadModel } from '../../src/worker/loadModel.ts';
import { createTfjsRanking, toFloats } from './topKList.ts';
import { clickOn, embeddingOf } from './visitors.ts';

export interface OpenPeer {
  type: 'open';
  manifestUrl: string;
  kernelUrl: string;
  /** null: no log. */
  databaseName: string | null;
}
export type TfjsWorkerRequest = OpenPeer | { type: 'click'; itemId: string; count: number };
/** Item ids, best first; empty once open. */
export interface TfjsWorkerAnswer {
  itemIds: string[];
}

type Peer = (itemId: string, count: number) => Promise<string[]>;

let peer: Peer;

onmessage = async ({ data }: MessageEvent<TfjsWorkerRequest>) => {
  let itemIds: string[] = [];
  if (data.type === 'open') peer = await open(data);
  else itemIds = await peer(data.itemId, data.count);
  postMessage({ itemIds } satisfies TfjsWorkerAnswer);
};

async function open({ manifestUrl, kernelUrl, databaseName }: OpenPeer): Promise<Peer> {
  const { model } = await loadModel(manifestUrl, kernelUrl);
  const { factors, ids, rowOf, manifest } = model;
  const ranking = await createTfjsRanking(toFloats(factors), factors.dim, false);
  const readPreferences = databaseName === null ? inMemory() : fromLog(databaseName);
  return async (itemId, count) => {
    const preferences = await readPreferences(itemId);
    const embedding = Float32Array.from(embeddingOf(model, preferences));
    const seen = new Set(preferences.map(({ row }) => row));
    const unseen = Array.from(ranking.topK(embedding, count + seen.size)).filter(
      (row) => !seen.has(row),
    );
    return unseen.slice(0, count).map((row) => ids[row]);
  };

  function inMemory(): (itemId: string) => Promise<WeightedPreference[]> {
    const clicks = new Map<number, WeightedPreference>();
    return (itemId) => {
      const row = rowOf.get(itemId) as number;
      const before = clicks.get(row);
      const click = clickOn(model, row);
      clicks.set(row, before ? { ...before, a: before.a + click.a, b: before.b + click.b } : click);
      return Promise.resolve([...clicks.values()]);
    };
  }

  function fromLog(name: string): () => Promise<WeightedPreference[]> {
    const store = openIndexedDbStore(name);
    const { halfLifeDays, objective } = manifest;
    const rules: PreferenceRules = { actionWeights: DEFAULT_ACTION_WEIGHTS, halfLifeDays };
    return async () => {
      const { records } = await store.advance(describeRules(rules), createReducer(rules));
      return weightPreferences(records.values(), rowOf, objective, halfLifeDays, Date.now());
    };
  }
}
