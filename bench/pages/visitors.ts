/**
 * @module
 * Visitors for benchmarks: embeddings as they come of a few clicks.
 */
import { solveVisitor } from '../../src/model/learners/als.ts';
import type { Model } from '../../src/model/model.ts';
import { coefficients } from '../../src/model/objective.ts';
import type { WeightedPreference } from '../../src/model/learners/types.ts';

export function clickOn(model: Model, row: number): WeightedPreference {
  return { row, ...coefficients(model.manifest.objective, 1), positives: 1 };
}

export function embeddingOf(
  model: Model,
  preferences: readonly WeightedPreference[],
): Float64Array {
  const { factors, gram, prior, manifest } = model;
  const problem = { factors, gram, prior, objective: manifest.objective };
  return solveVisitor(problem, preferences).embedding;
}
