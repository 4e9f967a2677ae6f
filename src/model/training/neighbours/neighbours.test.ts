import { describe, expect, it } from 'vitest';
import { choleskyInPlace, solveCholeskyInPlace } from '../../linalg/cholesky.ts';
import type { Interactions } from '../../interactions.ts';
import { seededRandom } from '../seededRandom.ts';
import { createPlainSolveKernel } from '../solveKernel.ts';
import { transpose, type SparseMatrix } from '../sparse.ts';
import { createCoOccurring } from './coOccurring.ts';
import { createNeighboursOf } from './neighboursOf.ts';
import { createPlainNeighboursOf } from './plainNeighboursOf.ts';
import { createSubGram } from './subGram.ts';
import { trainNeighbours } from './trainNeighbours.ts';

const ITEMS = 12;

function sparse(dense: number[][]): SparseMatrix {
  const starts = new Float64Array(dense.length + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (const [row, cells] of dense.entries()) {
    for (const [column, value] of cells.entries()) {
      if (value === 0) continue;
      indices.push(column);
      values.push(value);
    }
    starts[row + 1] = indices.length;
  }
  return {
    rows: dense.length,
    columns: dense[0].length,
    starts,
    indices: Int32Array.from(indices),
    values: Float32Array.from(values),
  };
}

const random = seededRandom(3);
const dense = Array.from({ length: 40 }, () =>
  Array.from({ length: ITEMS }, () => (random() < 0.4 ? Math.fround(random()) : 0)),
);
const users = sparse(dense);
const items = transpose(users);
const product = (left: number, right: number): number =>
  dense.reduce((sum, row) => sum + row[left] * row[right], 0);

describe('subGram', () => {
  it('is a corner of XᵀX, and leaves nothing behind for the next', () => {
    const gram = createSubGram(items);
    for (const chosen of [
      [1, 4, 7],
      [0, 2, 3, 11],
    ]) {
      const out = new Float64Array(16).fill(NaN);
      gram.write(chosen, out, 4);
      for (const [row, left] of chosen.entries()) {
        for (let column = 0; column <= row; column++) {
          expect(out[row * 4 + column]).toBeCloseTo(product(left, chosen[column]), 5);
        }
      }
    }
  });
});

describe('coOccurring', () => {
  it('keeps the strongest, with their sums', () => {
    const { rows, together } = createCoOccurring(users, items, 4)(5);
    expect(rows).toHaveLength(4);
    expect(rows).not.toContain(5);
    for (const [place, row] of rows.entries()) {
      expect(together[place]).toBeCloseTo(product(5, row), 5);
    }
    const damped = (row: number) => product(5, row) * product(row, row) ** -0.25;
    const others = Array.from({ length: ITEMS }, (_, row) => row).filter((row) => row !== 5);
    const best = others.sort((left, right) => damped(right) - damped(left)).slice(0, 4);
    expect([...rows]).toEqual(best.sort((left, right) => left - right));
  });
});

/** EASE as its paper has it: B = I − P·diag(1/P), P = (XᵀX + λI)⁻¹. */
function ease(lambda: number): number[][] {
  const gram = Float64Array.from({ length: ITEMS * ITEMS }, (_, at) => {
    const [row, column] = [Math.floor(at / ITEMS), at % ITEMS];
    return product(row, column) + (row === column ? lambda : 0);
  });
  choleskyInPlace(gram, ITEMS);
  const inverse = Array.from({ length: ITEMS }, (_, column) => {
    const unit = new Float64Array(ITEMS);
    unit[column] = 1;
    solveCholeskyInPlace(gram, ITEMS, unit);
    return unit;
  });
  return inverse.map((column, target) =>
    Array.from(column, (value, row) => (row === target ? 0 : -value / column[target])),
  );
}

describe('neighboursOf', () => {
  it('chooses as EASE does where the neighbourhood is everything', () => {
    const lambda = 2;
    const wanted = ease(lambda);
    const neighboursOf = createNeighboursOf(
      users,
      items,
      { candidates: ITEMS, kept: ITEMS, lambda },
      createPlainSolveKernel,
    );
    // Strongest first, and the second regression drops what is against: compare the first one's
    // choice of the single strongest, which is EASE's.
    for (let item = 0; item < ITEMS; item++) {
      const strongest = wanted[item].indexOf(Math.max(...wanted[item]));
      expect(neighboursOf(item).rows).toContain(strongest);
    }
    const one = createNeighboursOf(
      users,
      items,
      { candidates: ITEMS, kept: 2, lambda },
      createPlainSolveKernel,
    );
    for (let item = 0; item < ITEMS; item++) {
      const order = wanted[item].map((weight, row) => ({ weight, row }));
      order.sort((left, right) => right.weight - left.weight);
      const best = order.slice(0, 2).map(({ row }) => row);
      expect(one(item).rows).toEqual(best.sort((left, right) => left - right));
    }
  });

  it('solves anew for those that remain', () => {
    const lambda = 1;
    const options = { candidates: 8, kept: 2, lambda };
    const { rows, weights } = createNeighboursOf(users, items, options, createPlainSolveKernel)(0);
    expect(rows).toHaveLength(2);
    // Two equations in two unknowns, by hand.
    const [a, b] = rows;
    const [aa, bb, ab] = [product(a, a) + lambda, product(b, b) + lambda, product(a, b)];
    const [ya, yb] = [product(0, a), product(0, b)];
    const determinant = aa * bb - ab * ab;
    expect(weights[0]).toBeCloseTo((bb * ya - ab * yb) / determinant, 5);
    expect(weights[1]).toBeCloseTo((aa * yb - ab * ya) / determinant, 5);
  });

  it('has none for an item that nobody shares', () => {
    const alone = sparse([
      [1, 0],
      [0, 1],
    ]);
    const options = { candidates: 2, kept: 2, lambda: 1 };
    const find = createNeighboursOf(alone, transpose(alone), options, createPlainSolveKernel);
    expect(find(0)).toEqual({ rows: [], weights: [] });
  });
});

describe('plainNeighboursOf', () => {
  it('is what occurs together, as a share', () => {
    const options = { candidates: 4, kept: 4, lambda: 3 };
    const { rows, weights } = createPlainNeighboursOf(users, items, options)(2);
    for (const [place, row] of rows.entries()) {
      expect(weights[place]).toBeCloseTo(product(2, row) / (product(row, row) + 3), 5);
    }
  });
});

describe('trainNeighbours', () => {
  /** Tea with teacups, spades with rakes; a bin that anybody buys. */
  const table: Interactions = {
    userIds: Array.from({ length: 60 }, (_, user) => `u${user}`),
    itemIds: ['tea', 'cup', 'spade', 'rake', 'bin'],
    ...rowsOf(
      Array.from({ length: 60 }, (_, user) =>
        [...(user % 2 ? [0, 1] : [2, 3]), ...(user % 3 ? [4] : [])].map((item) => [user, item]),
      ).flat(),
    ),
  };

  function rowsOf(pairs: number[][]) {
    return {
      users: Int32Array.from(pairs, ([user]) => user),
      items: Int32Array.from(pairs, ([, item]) => item),
      weights: Float32Array.from(pairs, () => 1),
      timestamps: Float64Array.from(pairs, (_, index) => index * 1000),
    };
  }
  const training = {
    objective: { convention: 'ials', alpha0: 0.3, lambda: 0.01, nu: 1 },
    repeat: 'once',
    trainingHalfLifeDays: 90,
  } as const;
  const options = { candidates: 4, kept: 2, lambda: 1 };

  it('finds who speaks for whom, from the side that speaks', () => {
    const { starts, rows, weights } = trainNeighbours(table, training, { options });
    expect(starts).toHaveLength(6);
    const strongest = (item: number) => {
      const at = Array.from(
        { length: starts[item + 1] - starts[item] },
        (_, i) => starts[item] + i,
      ).sort((left, right) => weights[right] - weights[left])[0];
      return rows[at];
    };
    expect([0, 1, 2, 3].map(strongest)).toEqual([1, 0, 3, 2]);
    for (const weight of weights) expect(weight).toBeGreaterThan(0);
  });

  it('takes feedback against an item for no feedback', () => {
    const weights = table.weights.map((weight, row) => (table.items[row] === 1 ? -weight : weight));
    const { starts } = trainNeighbours({ ...table, weights }, training, { options });
    expect(starts[2] - starts[1]).toBe(0);
  });

  it('makes do with what occurs together where told to', () => {
    const plain = trainNeighbours(table, training, { options, regressed: false });
    expect([...plain.rows.subarray(plain.starts[0], plain.starts[1])]).toContain(1);
    expect([...plain.rows.subarray(plain.starts[0], plain.starts[1])]).not.toContain(2);
  });
});
