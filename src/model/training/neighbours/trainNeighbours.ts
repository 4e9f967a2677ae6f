/**
 * @module
 * Item neighbours from interactions: every item's, turned about so that they can be read from the
 * side that a visitor's history is on.
 */
import type { Interactions } from '../../interactions.ts';
import type { ItemNeighbours } from '../../model.ts';
import { decayEvents } from '../decayEvents.ts';
import { createPlainSolveKernel, type SolveKernel } from '../solveKernel.ts';
import {
  PLAIN_MEMORY,
  shareMatrix,
  sparseFromInteractions,
  transpose,
  type Allocate,
  type SparseMatrix,
} from '../sparse.ts';
import type { TrainingOptions } from '../trainFactors.ts';
import { MAX_REGRESSED_ITEMS, NEIGHBOUR_OPTIONS, type NeighbourOptions } from './neighboursOf.ts';
import { createNeighbourRunner, neighbourChunks, type NeighbourWork } from './neighbourWork.ts';

/** Of what training is asked for, what says how events weigh. */
export type EventWeighing = Pick<TrainingOptions, 'objective' | 'repeat' | 'trainingHalfLifeDays'>;

export interface NeighbourTraining {
  /** false: what occurs together is taken as it is. Default: not for very many items. */
  regressed?: boolean;
  options?: NeighbourOptions;
  /** For one number of columns; every kernel gives the same bits. */
  createKernel?: (dim: number) => SolveKernel;
}

/** Here, chunk after chunk. @returns by item, in the order of `itemIds`. */
export function trainNeighbours(
  interactions: Interactions,
  weighing: EventWeighing,
  { createKernel = createPlainSolveKernel, ...training }: NeighbourTraining = {},
): ItemNeighbours {
  const work = prepareNeighbours(interactions, weighing, training);
  const runChunk = createNeighbourRunner(work, createKernel);
  for (let chunk = 0; chunk < neighbourChunks(work); chunk++) runChunk(chunk);
  return joinNeighbours(work);
}

/** @param allocate - memory that whoever runs the chunks can see. */
export function prepareNeighbours(
  interactions: Interactions,
  weighing: EventWeighing,
  {
    regressed = interactions.itemIds.length <= MAX_REGRESSED_ITEMS,
    options = NEIGHBOUR_OPTIONS,
  }: Omit<NeighbourTraining, 'createKernel'> = {},
  allocate: Allocate = PLAIN_MEMORY,
): NeighbourWork {
  const users = shareMatrix(positiveRoots(decayedMatrix(interactions, weighing)), allocate);
  const items = shareMatrix(transpose(users), allocate);
  const room = items.rows * options.kept;
  return {
    users,
    items,
    options,
    regressed,
    counts: new Int32Array(allocate(items.rows * 4)),
    rows: new Int32Array(allocate(room * 4)),
    weights: new Float32Array(allocate(room * 4)),
  };
}

/** What was found, turned about. */
export function joinNeighbours({ items, options, ...found }: NeighbourWork): ItemNeighbours {
  const length = found.counts.reduce((sum, count) => sum + count, 0);
  const byTarget: SparseMatrix = {
    rows: items.rows,
    columns: items.rows,
    starts: new Float64Array(items.rows + 1),
    indices: new Int32Array(length),
    values: new Float32Array(length),
  };
  for (const [item, count] of found.counts.entries()) {
    const from = item * options.kept;
    const at = byTarget.starts[item];
    byTarget.indices.set(found.rows.subarray(from, from + count), at);
    byTarget.values.set(found.weights.subarray(from, from + count), at);
    byTarget.starts[item + 1] = at + count;
  }
  const { starts, indices, values } = transpose(byTarget);
  return { starts: Uint32Array.from(starts), rows: indices, weights: values };
}

function decayedMatrix(
  interactions: Interactions,
  { objective, repeat, trainingHalfLifeDays }: EventWeighing,
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
