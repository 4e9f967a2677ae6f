import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SottoError } from '../../errors.ts';
import { coefficients, gramWeight, ridge, type Objective } from '../objective.ts';
import { gramOf } from './gram.ts';
import { createPlainSolveKernel } from './solveKernel.ts';
import { solveRow } from './solveRow.ts';
import type { SparseMatrix } from './sparse.ts';

const OBJECTIVES: Objective[] = [
  { convention: 'ials', alpha0: 0.3, lambda: 0.05, nu: 1 },
  { convention: 'ials', alpha0: 0.1, lambda: 0.5, nu: 0.5 },
  { convention: 'implicit', alpha: 40, lambda: 0.1 },
  { convention: 'spark', alpha: 2, lambda: 0.1 },
];

function oneRow(
  columns: number,
  entries: readonly [column: number, value: number][],
): SparseMatrix {
  return {
    rows: 1,
    columns,
    starts: Float64Array.of(0, entries.length),
    indices: Int32Array.from(entries, ([column]) => column),
    values: Float32Array.from(entries, ([, value]) => value),
  };
}

/** The residual of the equation of objective.ts at `x`, written out term by term. */
function residual(
  objective: Objective,
  entries: readonly [number, number][],
  factors: Float32Array,
  columns: number,
  dim: number,
  x: Float32Array,
): number[] {
  const at = (row: number, f: number): number => factors[row * dim + f];
  const dot = (row: number): number => x.reduce((sum, value, f) => sum + value * at(row, f), 0);
  const positives = entries.filter(([, value]) => value > 0).length;
  return Array.from({ length: dim }, (_, f) => {
    let left = ridge(objective, positives, columns) * x[f];
    for (let row = 0; row < columns; row++) left += gramWeight(objective) * at(row, f) * dot(row);
    for (const [column, value] of entries) {
      const { a, b } = coefficients(objective, value);
      left += a * at(column, f) * dot(column) - b * at(column, f);
    }
    return left;
  });
}

describe('solveRow', () => {
  it('solves the equation of every convention, whatever the length and the number of entries', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...OBJECTIVES),
        fc.integer({ min: 1, max: 9 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 29 }), { minLength: 1, maxLength: 30 }),
        fc.infiniteStream(fc.double({ min: -1, max: 1, noNaN: true })),
        (objective, dim, columns, stream) => {
          const factors = Float32Array.from({ length: 30 * dim }, () =>
            Number(stream.next().value),
          );
          const entries = columns.map((column, index): [number, number] => [
            column,
            index > 0 && index % 3 === 0 ? -1.5 : 1,
          ]);
          const out = new Float32Array(dim);
          const weight = gramWeight(objective);
          const gram = gramOf(factors, 30, dim).map((value) => weight * value);
          const side = oneRow(30, entries);
          solveRow(objective, side, 0, factors, gram, out, createPlainSolveKernel(dim));
          for (const value of residual(objective, entries, factors, 30, dim, out)) {
            expect(Math.abs(value)).toBeLessThan(2e-3);
          }
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });

  it('gives zero to a row with nothing in favour', () => {
    const factors = Float32Array.of(1, 2, 3, 4);
    const out = Float32Array.of(9, 9);
    const side = oneRow(2, [[0, -1]]);
    solveRow(
      OBJECTIVES[0],
      side,
      0,
      factors,
      gramOf(factors, 2, 2),
      out,
      createPlainSolveKernel(2),
    );
    expect([...out]).toEqual([0, 0]);
  });

  it('refuses an equation that is not positive definite, naming the row', () => {
    const factors = new Float32Array(4);
    const objective: Objective = { convention: 'ials', alpha0: 0, lambda: 0, nu: 1 };
    const solve = (): void =>
      solveRow(
        objective,
        oneRow(2, [[0, 1]]),
        0,
        factors,
        new Float64Array(4),
        new Float32Array(2),
        createPlainSolveKernel(2),
      );
    expect(solve).toThrow(SottoError);
    expect(solve).toThrow(/row 0 must be positive definite/);
  });
});
