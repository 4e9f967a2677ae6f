/**
 * @module
 * For tests: a compact model made from a seed, and the lists that it gives. Node and the browser are
 * held to the same ones.
 */
import type { TopKQuery } from '../retrieval/types.ts';
import { nearlyNormal, seededRandom } from '../training/seededRandom.ts';
import { BLOCK_ROWS, encodeModel, type EncodedModel } from './encode.ts';
import { quantizeCompact, turnFactors } from './quantizeCompact.ts';

const ITEMS = 3000;
const DIM = 20;

/** Norms with a heavy tail, strong axes and weak ones. */
export function compactModel(): Promise<EncodedModel> {
  const random = seededRandom(12);
  const factors = Float32Array.from({ length: ITEMS * DIM }, (_, at) => {
    const strength = 1 / Math.sqrt(1 + (at % DIM));
    return (nearlyNormal(random) * strength) / (1 + Math.floor(at / DIM) / 400);
  });
  const ids = Array.from({ length: ITEMS }, (_, item) => `item ${item}`);
  const turned = turnFactors(factors, ids, DIM);
  const ones = new Array<number>(ITEMS).fill(1);
  return encodeModel(
    {
      ...{ ids, dim: DIM, factors, prior: new Float64Array(DIM), catalogue: {} },
      objective: { convention: 'ials', alpha0: 0.3, lambda: 0.01, nu: 1 },
      ...{ halfLifeDays: null, trendingDays: 60, createdAt: '2026-01-01T00:00:00.000Z' },
      statistics: { popularity: ones, trending: ones },
    },
    quantizeCompact(turned, DIM, BLOCK_ROWS, 0.2 * turned.rms),
  );
}

/** What `LISTS` answer, in their order. */
export const QUERIES: readonly TopKQuery[] = [0, 1, 2].flatMap((seed) =>
  (['inner-product', 'cosine'] as const).map((measure) => ({
    vector: Float64Array.from({ length: DIM }, (_, f) => ((f * 7 + seed * 3) % 11) - 5),
    k: 12,
    mask: null,
    measure,
  })),
);

/** Rows, best first. */
export const LISTS: readonly (readonly number[])[] = [
  [3, 9, 32, 15, 72, 52, 37, 141, 0, 100, 17, 217],
  [1934, 979, 448, 1267, 606, 491, 2886, 2766, 2182, 2306, 2321, 937],
  [74, 20, 108, 36, 49, 34, 45, 55, 40, 122, 43, 381],
  [2754, 2692, 656, 2382, 1628, 604, 2890, 1595, 886, 1676, 2540, 1965],
  [13, 11, 107, 39, 18, 19, 137, 22, 105, 118, 109, 27],
  [2619, 1745, 2206, 1679, 1602, 333, 1911, 107, 935, 1880, 2885, 2959],
];
