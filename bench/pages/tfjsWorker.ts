/**
 * @module
 * The peer's worker in the `loop` benchmark: an event in, the visitor's embedding solved as the
 * package does, ranking on tfjs-wasm, a list out. In the peer's favour, it keeps nothing on disk.
 */
import type { WeightedPreference } from '../../src/model/learners/types.ts';
import type { Model } from '../../src/model/model.ts';
import { loadModel } from '../../src/worker/loadModel.ts';
import { createTfjsRanking, toFloats, type TfjsRanking } from './topKList.ts';
import { clickOn, embeddingOf } from './visitors.ts';

export type TfjsWorkerRequest =
  | { type: 'open'; manifestUrl: string; kernelUrl: string }
  | { type: 'click'; itemId: string; count: number };
/** Item ids, best first; empty once open. */
export type TfjsWorkerAnswer = { itemIds: string[] };

let model: Model;
let ranking: TfjsRanking;
const clicks = new Map<number, WeightedPreference>();

onmessage = async ({ data }: MessageEvent<TfjsWorkerRequest>) => {
  if (data.type === 'open') {
    ({ model } = await loadModel(data.manifestUrl, data.kernelUrl));
    ranking = await createTfjsRanking(toFloats(model.factors), model.factors.dim, false);
    answer([]);
    return;
  }
  const row = model.rowOf.get(data.itemId) as number;
  const before = clicks.get(row);
  const click = clickOn(model, row);
  clicks.set(row, before ? { ...before, a: before.a + click.a, b: before.b + click.b } : click);
  const embedding = embeddingOf(model, [...clicks.values()]);
  const rows = ranking.topK(Float32Array.from(embedding), data.count + clicks.size);
  const unseen = Array.from(rows).filter((each) => !clicks.has(each));
  answer(unseen.slice(0, data.count).map((each) => model.ids[each]));
};

function answer(itemIds: string[]): void {
  postMessage({ itemIds } satisfies TfjsWorkerAnswer);
}
