/**
 * @module
 * Visitors for benchmarks in Node: embeddings as they come of a few clicks.
 */
import { solveVisitor } from '../src/model/learners/als.ts';
import type { LearnerProblem } from '../src/model/learners/types.ts';
import { coefficients } from '../src/model/objective.ts';

const CLICKS = 5;

/** Each has clicked five items, drawn evenly by a fixed rule. */
export function visitorEmbeddings(problem: LearnerProblem, count: number): Float64Array[] {
  return Array.from({ length: count }, (_, visitor) => {
    const clicks = Array.from({ length: CLICKS }, (__, click) => ({
      row: (Math.imul(visitor * CLICKS + click + 1, 2_654_435_761) >>> 0) % problem.factors.rows,
      ...coefficients(problem.objective, 1),
      positives: 1,
    }));
    return solveVisitor(problem, clicks).embedding;
  });
}
