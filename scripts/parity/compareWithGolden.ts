/**
 * @module
 * How far the project's answers are from a golden file's: the fold-in that runs in the browser
 * (float64 throughout) and the half-step that `sotto train` repeats (float32 factors).
 */
import { solveVisitor } from '../../src/model/learners/als.ts';
import { coefficients, gramWeight, type Objective } from '../../src/model/objective.ts';
import { exactRows, gramOf } from '../../src/model/testing/itemFactors.ts';
import { createPlainSolveKernel } from '../../src/model/training/solveKernel.ts';
import { solveRow } from '../../src/model/training/solveRow.ts';
import type { Golden, GoldenCase } from './golden.ts';

export interface Deviation {
  name: string;
  /** Largest absolute difference of any coordinate. */
  foldIn: number;
  halfStep: number;
}

/** @param objectiveOf - the constants to solve with; the case's own unless a test wants others. */
export function compareWithGolden(
  golden: Golden,
  objectiveOf = (one: GoldenCase): Objective => one.objective,
): Deviation[] {
  return golden.models.flatMap(({ itemFactors, cases }) =>
    cases.map((one) => ({
      name: one.name,
      foldIn: largestGap(foldIn(itemFactors, one, objectiveOf(one)), one.embedding),
      halfStep: largestGap(halfStep(itemFactors, one, objectiveOf(one)), one.embedding),
    })),
  );
}

function foldIn(
  itemFactors: readonly number[][],
  { rows, weights }: GoldenCase,
  objective: Objective,
): ArrayLike<number> {
  const factors = exactRows(itemFactors);
  const problem = {
    factors,
    gram: gramOf(factors),
    // The libraries know no prior mean.
    prior: new Float64Array(factors.dim),
    objective,
  };
  const preferences = rows.map((row, index) => ({
    row,
    ...coefficients(objective, weights[index]),
    positives: weights[index] > 0 ? 1 : 0,
  }));
  return solveVisitor(problem, preferences).embedding;
}

function halfStep(
  itemFactors: readonly number[][],
  { rows, weights }: GoldenCase,
  objective: Objective,
): ArrayLike<number> {
  const dim = itemFactors[0].length;
  const side = {
    rows: 1,
    columns: itemFactors.length,
    starts: Float64Array.of(0, rows.length),
    indices: Int32Array.from(rows),
    values: Float32Array.from(weights),
  };
  const gram = gramOf(exactRows(itemFactors)).map((value) => gramWeight(objective) * value);
  const out = new Float32Array(dim);
  const frozen = Float32Array.from(itemFactors.flat());
  solveRow(objective, side, 0, frozen, gram, out, createPlainSolveKernel(dim));
  return out;
}

function largestGap(found: ArrayLike<number>, expected: readonly number[]): number {
  return Math.max(...expected.map((value, f) => Math.abs(found[f] - value)));
}
