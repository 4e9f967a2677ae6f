/**
 * @module
 * In the page of the `rank` benchmark: four ways to the 50 best items, in turns.
 */
import { loadModel } from '../../src/worker/loadModel.ts';
import { createReferenceRetrieval } from '../../src/model/retrieval/reference.ts';
import { createTfjsRanking, toFloats, topKByLoop } from './topKList.ts';
import { manyEmbeddings } from './visitors.ts';

export interface RankRequest {
  manifestUrl: string;
  k: number;
  rounds: number;
  /** tfjs with its own threads. */
  threads: boolean;
}

export interface RankAnswer {
  /** ms of every call, by contender. */
  timesMs: Record<string, number[]>;
  /** Of the k rows, the fewest that a contender shares with the reference. */
  fewestShared: Record<string, number>;
}

const VISITORS = 16;
const WARM_UP_ROUNDS = 4;

export async function run(request: RankRequest): Promise<RankAnswer> {
  const { k, rounds } = request;
  const { model, retrieval, warnings } = await loadModel(
    new URL(request.manifestUrl, location.href).href,
    new URL('/dist/sotto-kernels.wasm', location.href).href,
  );
  if (retrieval.name !== 'wasm') throw new Error(`no WASM kernel: ${String(warnings[0])}`);
  const { dim } = model.factors;
  const reference = createReferenceRetrieval(model.factors);
  const floats = toFloats(model.factors);
  const tfjs = await createTfjsRanking(floats, dim, request.threads);
  const queries = manyEmbeddings(model, VISITORS).map((vector) => ({
    vector,
    floats: Float32Array.from(vector),
  }));

  const contenders: Record<string, (query: (typeof queries)[number]) => ArrayLike<number>> = {
    'sotto, WASM kernel': ({ vector }) =>
      retrieval.topK({ vector, k, mask: null, measure: 'inner-product' }).rows,
    'sotto, TypeScript': ({ vector }) =>
      reference.topK({ vector, k, mask: null, measure: 'inner-product' }).rows,
    'float32 loop with a heap': (query) => topKByLoop(floats, dim, query.floats, k),
    'tfjs-wasm, matMul + topk': (query) => tfjs.topK(query.floats, k),
  };
  const names = Object.keys(contenders);
  const timesMs = Object.fromEntries(names.map((name): [string, number[]] => [name, []]));
  const fewestShared = Object.fromEntries(names.map((name) => [name, k]));

  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    const query = queries[(round + WARM_UP_ROUNDS) % queries.length];
    const expected = new Set(
      reference.topK({ ...query, k, mask: null, measure: 'inner-product' }).rows,
    );
    for (const [turn] of names.entries()) {
      // Each comes first as often as any other: whoever follows tfjs finds the caches cold.
      const name = names[(turn + round + WARM_UP_ROUNDS) % names.length];
      const started = performance.now();
      const rows = contenders[name](query);
      const ended = performance.now();
      if (round >= 0) timesMs[name].push(ended - started);
      const shared = Array.from(rows).filter((row) => expected.has(row)).length;
      fewestShared[name] = Math.min(fewestShared[name], shared);
    }
  }
  tfjs.dispose();
  return { timesMs, fewestShared };
}
