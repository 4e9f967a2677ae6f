/**
 * @module
 * What both compact engines make of a query before the scan: tables, and for each group its gain
 * and the most that a row of it can score.
 */
import type { ItemFactors } from '../../model.ts';
import type { QuantisedQuery } from '../quantiseQuery.ts';
import type { Measure } from '../types.ts';
import type { CompactCodes } from './encodeCodes.ts';

/** Covers the rounding of norms and of their product, so that a bound is never too low. */
const BOUND_SLACK = 1 + 1e-9;

/** Enough that the k best by the finer codes are nearly always among them. */
export function candidateCount(k: number): number {
  return 2 * k + 200;
}

/**
 * Writes gains and bounds, by group.
 *
 * For the cosine each group's gain is divided by its largest norm: rows come in order of norm, so
 * the others' differ little. There a bound would help nothing.
 */
export function fillGroups(
  { gains, norms }: CompactCodes,
  query: QuantisedQuery,
  measure: Measure,
  target: { gains: Float64Array; bounds: Float64Array },
): void {
  const cosine = measure === 'cosine';
  const reach = query.norm * BOUND_SLACK;
  for (let group = 0; group < gains.length; group++) {
    target.gains[group] = cosine && norms[group] > 0 ? gains[group] / norms[group] : gains[group];
    target.bounds[group] = cosine ? Infinity : reach * norms[group];
  }
}

/** Codes and codebooks of one model. */
export interface CompactItems {
  readonly factors: ItemFactors;
  readonly codes: CompactCodes;
  /** S × 16 × 2. */
  readonly centroids: Float32Array;
}
