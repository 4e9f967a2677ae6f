/**
 * @module
 * What both compact engines share beside codes and tables: what is asked for, made ready.
 */
import { MAX_CANDIDATES } from '../../kernels/compactKernel.ts';
import type { ItemFactors } from '../../model.ts';
import { quantiseQuery, type QuantisedQuery } from '../quantiseQuery.ts';
import type { TopKQuery } from '../types.ts';
import type { CompactCodes } from './encodeCodes.ts';
import { fillTables, type QueryTables } from './tables.ts';

/** Codes and codebooks of one model. */
export interface CompactItems {
  readonly factors: ItemFactors;
  readonly codes: CompactCodes;
  /** S × 16 × 2. */
  readonly centroids: Float32Array;
}

/** Covers the rounding of norms and of their product, so that a bound is never too low. */
const BOUND_SLACK = 1 + 1e-9;

export interface FirstStage extends QueryTables {
  quantised: QuantisedQuery;
  k: number;
  /** Candidates, in [k, MAX_CANDIDATES]. */
  count: number;
  isCosine: boolean;
  /** Times a group's norm: the most that a row of it can score. */
  reach: number;
}

/** Items up to which as many candidates do; beyond, the coarse codes put more items side by side. */
const CROWDED_ROWS = 100_000;

/** Enough that the k best by the finer codes are nearly always among them. */
export function candidateCount(k: number, rows: number): number {
  const count = 2 * k + 200;
  const crowd = Math.sqrt(Math.max(rows / CROWDED_ROWS, 1));
  return Math.max(count, Math.min(Math.ceil(count * crowd), MAX_CANDIDATES));
}

export type CandidateCount = typeof candidateCount;

/**
 * @param tables - S × 16; overwritten.
 * @returns null where so many rows are asked for that all had better be scored exactly.
 * @throws {SottoError} as `RetrievalEngine.topK`.
 */
export function startFirstStage(
  { factors, centroids }: CompactItems,
  query: TopKQuery,
  countFor: CandidateCount,
  tables: Int8Array,
): FirstStage | null {
  const quantised = quantiseQuery(factors, query);
  const k = Math.min(query.k, factors.rows);
  const count = Math.min(countFor(k, factors.rows), factors.rows);
  if (count > MAX_CANDIDATES) return null;
  return {
    ...fillTables(quantised.values, factors.dim, centroids, tables),
    ...{ quantised, k, count },
    isCosine: query.measure === 'cosine',
    reach: quantised.norm * BOUND_SLACK,
  };
}
