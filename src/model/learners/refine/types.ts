/**
 * @module
 * Refiner: a visitor's embedding once more, under a loss that ranks, started at the closed form's
 * answer and pulled back to it.
 */
import type { LearnerProblem, WeightedPreference } from '../types.ts';

/**
 * - `softmax`: each item chosen against the whole catalogue.
 * - `sampled-softmax`: the same, the catalogue estimated from a weighted sample of it.
 * - `bpr`: each item chosen against a few that were not, one by one.
 */
export const RANKING_LOSSES = ['softmax', 'sampled-softmax', 'bpr'] as const;
export type RankingLoss = (typeof RANKING_LOSSES)[number];

/** What a loss needs besides its name. Chosen on a validation period; docs/quality.md. */
export interface LossConstants {
  /** τ: what scores are multiplied by. Fold-in scores lie about [0, 1], too flat for a softmax. */
  readonly sharpness: number;
  /** ρ: strength of the pull towards the closed form. */
  readonly pull: number;
  /** Rows drawn from the catalogue; for `bpr` shared out among the items chosen, one each at least. */
  readonly negatives: number;
  /** Of the negatives' draw: equal seeds and equal feedback give equal embeddings. */
  readonly seed: number;
}

export interface RefinementProblem extends LearnerProblem {
  /** By row: how many users chose it; negatives are drawn by it. */
  readonly popularity: ArrayLike<number>;
}

/** How one refinement went. */
export interface RefinementRun {
  loss: RankingLoss | 'squared';
  steps: number;
  /** At most this far, in Euclidean norm, from the minimum. */
  residual: number;
  /** Of tfjs, the most that were held at once; 0 without it. */
  tensors: number;
  bytes: number;
}

export interface RefineLimits {
  /** Resolves when the work may go on: lets others have the thread. */
  breathe: () => Promise<void>;
  /** Whether the answer is no longer wanted. */
  isStale: () => boolean;
}

export interface Refiner {
  readonly name: string;
  /**
   * @returns the embedding, length d, float64, and how it was found; null when it went stale.
   * Without anything in favour of an item: the closed form's answer, in 0 steps.
   * @throws {SottoError} `row-out-of-range`; `not-finite`.
   */
  refine(
    problem: RefinementProblem,
    preferences: readonly WeightedPreference[],
    limits?: RefineLimits,
  ): Promise<{ embedding: Float64Array; run: RefinementRun } | null>;
  dispose(): void;
}
