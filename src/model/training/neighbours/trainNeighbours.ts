/**
 * @module
 * Item neighbours from interactions: every item's, turned about so that they can be read from the
 * side that a visitor's history is on.
 */
import type { Interactions } from '../../interactions.ts';
import type { ItemNeighbours } from '../../model.ts';
import { decayEvents } from '../decayEvents.ts';
import { createPlainSolveKernel, type SolveKernel } from '../solveKernel.ts';
import { sparseFromInteractions, transpose, type SparseMatrix } from '../sparse.ts';
import type { TrainingOptions } from '../trainFactors.ts';
import { createNeighboursOf, NEIGHBOUR_OPTIONS, type NeighbourOptions } from './neighboursOf.ts';
import { createPlainNeighboursOf } from './plainNeighboursOf.ts';

export interface NeighbourTraining {
  /** false: what occurs together is taken as it is. */
  regressed?: boolean;
  options?: NeighbourOptions;
  /** For one number of columns; every kernel gives the same bits. */
  createKernel?: (dim: number) => SolveKernel;
}

/**
 * @param training - of its fields, what says how events weigh.
 * @returns by item, in the order of `itemIds`.
 */
export function trainNeighbours(
  interactions: Interactions,
  training: Pick<TrainingOptions, 'objective' | 'repeat' | 'trainingHalfLifeDays'>,
  {
    regressed = true,
    options = NEIGHBOUR_OPTIONS,
    createKernel = createPlainSolveKernel,
  }: NeighbourTraining = {},
): ItemNeighbours {
  const users = positiveRoots(decayedMatrix(interactions, training));
  const items = transpose(users);
  const neighboursOf = regressed
    ? createNeighboursOf(users, items, options, createKernel)
    : createPlainNeighboursOf(users, items, options);
  const found = Array.from({ length: items.rows }, (_, item) => neighboursOf(item));
  const length = found.reduce((sum, { rows }) => sum + rows.length, 0);
  const byTarget: SparseMatrix = {
    rows: items.rows,
    columns: items.rows,
    starts: new Float64Array(items.rows + 1),
    indices: new Int32Array(length),
    values: new Float32Array(length),
  };
  for (const [item, { rows, weights }] of found.entries()) {
    byTarget.indices.set(rows, byTarget.starts[item]);
    byTarget.values.set(weights, byTarget.starts[item]);
    byTarget.starts[item + 1] = byTarget.starts[item] + rows.length;
  }
  const { starts, indices, values } = transpose(byTarget);
  return { starts: Uint32Array.from(starts), rows: indices, weights: values };
}

function decayedMatrix(
  interactions: Interactions,
  { objective, repeat, trainingHalfLifeDays }: Parameters<typeof trainNeighbours>[1],
): SparseMatrix {
  if (trainingHalfLifeDays == null) return sparseFromInteractions(interactions, repeat);
  const decayed = decayEvents(interactions, objective, repeat, trainingHalfLifeDays);
  return sparseFromInteractions(decayed.interactions, decayed.repeat);
}

/**
 * What speaks for an item, as the square root of its weight: in XᵀX a pair then weighs as its two
 * events do on the average, and an item by itself as it does in training the factors.
 */
function positiveRoots(matrix: SparseMatrix): SparseMatrix {
  const starts = new Float64Array(matrix.rows + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (let row = 0; row < matrix.rows; row++) {
    for (let at = matrix.starts[row]; at < matrix.starts[row + 1]; at++) {
      if (!(matrix.values[at] > 0)) continue;
      indices.push(matrix.indices[at]);
      values.push(Math.sqrt(matrix.values[at]));
    }
    starts[row + 1] = indices.length;
  }
  return {
    ...matrix,
    starts,
    indices: Int32Array.from(indices),
    values: Float32Array.from(values),
  };
}
