/**
 * @module
 * What both compact engines share beside codes and tables.
 */
import type { ItemFactors } from '../../model.ts';
import type { QuantisedQuery } from '../quantiseQuery.ts';
import type { CompactCodes } from './encodeCodes.ts';

/** Codes and codebooks of one model. */
export interface CompactItems {
  readonly factors: ItemFactors;
  readonly codes: CompactCodes;
  /** S × 16 × 2. */
  readonly centroids: Float32Array;
}

/** Covers the rounding of norms and of their product, so that a bound is never too low. */
const BOUND_SLACK = 1 + 1e-9;

/** Times a group's norm: the most that a row of it can score. */
export function reachOf({ norm }: QuantisedQuery): number {
  return norm * BOUND_SLACK;
}

/** Enough that the k best by the finer codes are nearly always among them. */
export function candidateCount(k: number): number {
  return 2 * k + 200;
}
