/**
 * @module
 * Embeddings to measure recall with: of trained users where there are any, else of made-up
 * visitors, each folded in from a few items.
 */
import { solveVisitor } from '../learners/als.ts';
import type { WeightedPreference } from '../learners/types.ts';
import { coefficients, type Objective } from '../objective.ts';
import { gramOf } from '../training/gram.ts';
import { seededRandom } from '../training/seededRandom.ts';
import { BLOCK_ROWS } from './encode.ts';
import { factorStride } from './decode.ts';
import { quantizeFactors } from './quantize.ts';

const SEED = 1701;
/** Items of one made-up visitor: from the first click to a loyal customer. */
const HISTORIES = [1, 2, 3, 5, 10, 20];
/** Products that measuring may cost, so that a million items do not take minutes. */
const AFFORDABLE_ROWS = 20_000_000;

export function queryCount(items: number): number {
  return Math.max(32, Math.min(200, Math.floor(AFFORDABLE_ROWS / Math.max(1, items))));
}

/** Evenly spread over all users that were solved for: a row of zeros was not. */
export function sampleUsers(users: Float32Array, dim: number, count: number): Float64Array[] {
  const solved: Float64Array[] = [];
  for (let offset = 0; offset < users.length; offset += dim) {
    const user = users.subarray(offset, offset + dim);
    if (user.some((value) => value !== 0)) solved.push(Float64Array.from(user));
  }
  const step = Math.max(1, solved.length / count);
  return Array.from(
    { length: Math.min(count, solved.length) },
    (_, index) => solved[Math.floor(index * step)],
  );
}

/**
 * Visitors of 1 to 20 items, each item drawn from all alike; seeded.
 * @param factors - items × d, row-major, finite.
 */
export function sampleVisitors(
  { factors, ids, dim }: { factors: Float32Array; ids: readonly string[]; dim: number },
  { prior, objective }: { prior: Float64Array; objective: Objective },
  count: number,
): Float64Array[] {
  const rows = ids.length;
  if (rows === 0) return [];
  const quantized = quantizeFactors(factors, ids, dim, BLOCK_ROWS);
  const stride = factorStride(dim);
  const values = new Int8Array(rows * stride);
  for (let row = 0; row < rows; row++) {
    values.set(quantized.values.subarray(row * dim, (row + 1) * dim), row * stride);
  }
  const { scale } = quantized;
  const problem = {
    factors: {
      ...{ rows, dim, stride, values, scale, basis: null },
      blockRows: BLOCK_ROWS,
      blockNorms: Float64Array.from(quantized.blockNorms),
    },
    gram: gramOf(factors, rows, dim),
    prior,
    objective,
  };
  const random = seededRandom(SEED);
  return Array.from({ length: count }, (_, visitor) => {
    const preferences = Array.from(
      { length: HISTORIES[visitor % HISTORIES.length] },
      (): WeightedPreference => ({
        row: Math.floor(random() * rows),
        ...coefficients(objective, 1),
        positives: 1,
      }),
    );
    return solveVisitor(problem, preferences).embedding;
  });
}
