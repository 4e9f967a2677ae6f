/**
 * @module
 * One item's neighbours: the few others from which a visitor's liking for it is best foretold.
 *
 * Ridge regression of the item's column of X (users × items) on the columns of those it occurs with
 * most, (XₛᵀXₛ + λI) b = Xₛᵀxⱼ; then once more on the strongest of them alone, since what is cut off
 * was carrying its share. Over all columns at once it would be EASE, whose matrix nobody could
 * download. What another λ, more companions or more neighbours find: docs/quality.md.
 *
 * Papers: Ning & Karypis, SLIM, ICDM 2011, https://doi.org/10.1109/ICDM.2011.134; Steck, EASE, WWW
 * 2019, https://arxiv.org/abs/1905.03375, eq. 4.
 */
import { SottoError } from '../../../errors.ts';
import type { SolveKernel } from '../solveKernel.ts';
import type { SparseMatrix } from '../sparse.ts';
import { createCoOccurring } from './coOccurring.ts';
import { createSubGram } from './subGram.ts';

export interface NeighbourOptions {
  /** Companions that a regression starts from, even. */
  candidates: number;
  /** Neighbours that remain, even. */
  kept: number;
  /** λ, in units of one undecayed event. */
  lambda: number;
}

/** Nothing near it finds clearly more on the validation period of docs/quality.md. */
export const NEIGHBOUR_OPTIONS: NeighbourOptions = { candidates: 128, kept: 32, lambda: 30 };

/**
 * Beyond this many items a regression for each of them is too long a wait; what occurs together is
 * then taken as it is.
 */
export const MAX_REGRESSED_ITEMS = 200_000;

export interface Neighbours {
  /** Rows of the items that speak for this one, ascending. */
  rows: number[];
  /** How much, above 0, by place in `rows`. */
  weights: number[];
}

/**
 * @param users - users × items. @param items - its transpose; values positive.
 * @param createKernel - for one number of columns; every kernel gives the same bits.
 * @returns a function of the item: O(n + c³ + k³), n as in `SubGram`.
 */
export function createNeighboursOf(
  users: SparseMatrix,
  items: SparseMatrix,
  { candidates, kept, lambda }: NeighbourOptions,
  createKernel: (dim: number) => SolveKernel,
): (item: number) => Neighbours {
  const coOccurring = createCoOccurring(users, items, candidates);
  const subGram = createSubGram(items);
  const first = createKernel(candidates);
  const second = createKernel(kept);
  const gram = new Float64Array(candidates * candidates);

  /** Fills and solves a kernel for the chosen places of the neighbourhood. */
  function regress(kernel: SolveKernel, places: readonly number[], together: Float64Array): void {
    const { dim, matrix, right } = kernel;
    matrix.fill(0);
    right.fill(0);
    for (const [row, place] of places.entries()) {
      for (let column = 0; column <= row; column++) {
        matrix[row * dim + column] = gram[place * candidates + places[column]];
      }
      matrix[row * dim + row] += lambda;
      right[row] = together[place];
    }
    // What the neighbourhood is short of stands for itself.
    for (let row = places.length; row < dim; row++) matrix[row * dim + row] = 1;
    if (!kernel.solve()) {
      throw new SottoError(
        'not-finite',
        `the neighbours' equation must be positive definite but is not (lambda ${lambda})`,
      );
    }
  }

  return (item) => {
    const { rows, together } = coOccurring(item);
    if (rows.length === 0) return { rows: [], weights: [] };
    subGram.write(rows, gram, candidates);
    const all = Array.from(rows.keys());
    regress(first, all, together);
    const { right } = first;
    const strongest = all
      .filter((place) => right[place] > 0)
      .sort((left, other) => right[other] - right[left] || left - other)
      .slice(0, kept)
      .sort((left, other) => left - other);
    regress(second, strongest, together);
    const positive = strongest.flatMap((place, index) =>
      second.right[index] > 0 ? [{ row: rows[place], weight: second.right[index] }] : [],
    );
    return {
      rows: positive.map(({ row }) => row),
      weights: positive.map(({ weight }) => weight),
    };
  };
}
