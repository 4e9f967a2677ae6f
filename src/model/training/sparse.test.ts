import { describe, expect, it } from 'vitest';
import { interactionsOf } from './fixtures.case.ts';
import { sparseFromInteractions, transpose, type RepeatRule, type SparseMatrix } from './sparse.ts';

function cells(matrix: SparseMatrix): [row: number, column: number, value: number][] {
  const found: [number, number, number][] = [];
  for (let row = 0; row < matrix.rows; row++) {
    for (let entry = matrix.starts[row]; entry < matrix.starts[row + 1]; entry++) {
      found.push([row, matrix.indices[entry], matrix.values[entry]]);
    }
  }
  return found;
}

const rows = interactionsOf([
  ['ann', 'tea', 2],
  ['bob', 'cup', 1],
  ['ann', 'cup', 0.5],
  ['ann', 'tea', 2],
  ['bob', 'tea', -1],
  ['bob', 'jug', 1],
  ['bob', 'jug', -1],
  ['ann', 'tea', -1],
]);

describe('sparseFromInteractions', () => {
  it.each<[RepeatRule, [number, number, number][]]>([
    [
      'once',
      [
        [0, 0, 1],
        [0, 1, 1],
        [1, 0, -1],
        [1, 1, 1],
      ],
    ],
    [
      'sum',
      [
        [0, 0, 3],
        [0, 1, 0.5],
        [1, 0, -1],
        [1, 1, 1],
      ],
    ],
    [
      'max',
      [
        [0, 0, 2],
        [0, 1, 0.5],
        [1, 0, -1],
        [1, 1, 1],
        // Of two equally strong, the one in favour.
        [1, 2, 1],
      ],
    ],
  ])('makes one weight of a pair by the rule %s', (rule, expected) => {
    expect(cells(sparseFromInteractions(rows, rule))).toEqual(expected);
  });

  it('refuses an index out of range', () => {
    const broken = { ...rows, items: rows.items.map((item) => item + 1) };
    expect(() => sparseFromInteractions(broken, 'once')).toThrow(/in \[0, 3\) but got 3/);
  });
});

describe('transpose', () => {
  it('turns every cell round, and twice is the same matrix', () => {
    const matrix = sparseFromInteractions(rows, 'max');
    const turned = transpose(matrix);
    expect(cells(turned).sort()).toEqual(
      cells(matrix)
        .map(([row, column, value]) => [column, row, value])
        .sort(),
    );
    expect(transpose(turned)).toEqual(matrix);
  });
});
