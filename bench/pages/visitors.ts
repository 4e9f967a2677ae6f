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

/** Each has clicked five items, drawn evenly by a fixed rule. */
export function manyEmbeddings(model: Model, count: number): Float64Array[] {
  return Array.from({ length: count }, (_, visitor) => {
    const clicks = Array.from({ length: 5 }, (__, click) =>
      clickOn(
        model,
        (Math.imul(visitor * 5 + click + 1, 2_654_435_761) >>> 0) % model.factors.rows,
      ),
    );
    return embeddingOf(model, clicks);
  });
}
