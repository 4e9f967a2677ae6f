/**
 * @module
 * What each ranking loss is run with; docs/quality.md has the comparison.
 */
import type { LossConstants, RankingLoss } from './types.ts';

export const DEFAULT_CONSTANTS: Readonly<Record<RankingLoss, LossConstants>> = {
  softmax: { sharpness: 3, pull: 10, negatives: 1, seed: 1 },
  'sampled-softmax': { sharpness: 3, pull: 10, negatives: 256, seed: 1 },
  bpr: { sharpness: 2, pull: 4, negatives: 1000, seed: 1 },
};
