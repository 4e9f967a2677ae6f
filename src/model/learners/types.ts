/**
 * @module
 * Learner: a visitor's embedding from their preferences, item factors held fixed.
 */
import type { FactorRows } from '../model.ts';
import type { Objective } from '../objective.ts';

/** One item's part in the equation, decayed to now; see `objective.ts`. */
export interface WeightedPreference {
  row: number;
  /** g·a: weight of yᵢyᵢᵀ. */
  a: number;
  /** g·b: weight of yᵢ on the right-hand side. */
  b: number;
  /** g when the preference is for the item, 0 when it is against: its share in n. */
  positives: number;
}

/** What stays the same from one visitor to the next. Not modified by learners. */
export interface LearnerProblem {
  readonly factors: FactorRows;
  /** YᵀY, d × d, row-major. */
  readonly gram: Float64Array;
  /** m, length d. */
  readonly prior: Float64Array;
  readonly objective: Objective;
  /** N of the objective, where `factors` holds but the first of them. Default: its rows. */
  readonly wholeItems?: number;
}

export interface Learner {
  readonly name: string;
  /**
   * @param preferences - any order; a row may come twice (for and against), its parts add up.
   * @returns the embedding, length d; the prior itself when there is no preference.
   * @throws {SottoError} `row-out-of-range`; `not-finite` if the solve breaks down.
   */
  learn(
    problem: LearnerProblem,
    preferences: readonly WeightedPreference[],
  ): Float64Array | Promise<Float64Array>;
  /** Releases what the learner holds (tensors, a device). */
  dispose(): void;
}
