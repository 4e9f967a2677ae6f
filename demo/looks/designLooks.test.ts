/**
 * @module
 * Alike items must look alike: on the shop's own model, and on data made so that the answer is known.
 */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { PATTERNS, SHAPES } from '../shop/wrapping.ts';
import { clusters } from './clusters.ts';
import { designLooks, type LookColumns } from './designLooks.ts';
import { principalComponents } from './principalComponents.ts';
import { normaliseRows, readModelFolder, type FactorTable } from './readFactors.ts';
import { seededRandom } from './seededRandom.ts';

function table(rows: readonly (readonly number[])[]): FactorTable {
  const values = Float64Array.from(rows.flat());
  const dim = rows[0].length;
  const weights = normaliseRows(values, dim).map((norm) => norm * norm);
  return { rows: rows.length, dim, values, weights };
}

const hueGap = (a: number, b: number): number => Math.min(Math.abs(a - b), 360 - Math.abs(a - b));

test('clusters part two bundles of directions', () => {
  const random = seededRandom(1);
  const rows = Array.from({ length: 60 }, (_, row) => {
    const wobble = (): number => 0.1 * (random() - 0.5);
    return row % 2 === 0 ? [1 + wobble(), wobble(), wobble()] : [wobble(), wobble(), 1 + wobble()];
  });
  const { groups } = clusters(table(rows), 2);
  expect(new Set(groups.filter((_, row) => row % 2 === 0)).size).toBe(1);
  expect(new Set(groups.filter((_, row) => row % 2 === 1)).size).toBe(1);
  expect(groups[0]).not.toBe(groups[1]);
});

test('the first component is the direction of largest spread', () => {
  // Unit vectors that differ by the sign of the second coordinate, and a little in the third.
  const rows = [-2, -1, 1, 2].flatMap((y) => [0.1, -0.1].map((z) => [1, y, z]));
  const [first] = principalComponents(table(rows), 1);
  const order = [...first.keys()].sort((a, b) => first[a] - first[b]);
  const spread = order.map((row) => rows[row][1]);
  expect([spread.join(), [...spread].reverse().join()]).toContain('-2,-2,-1,-1,1,1,2,2');
});

test('every number of a look is within its range', () => {
  const random = seededRandom(7);
  const rows = Array.from({ length: 200 }, () => Array.from({ length: 6 }, () => random() - 0.5));
  const looks = designLooks(
    table(rows),
    rows.map(() => 'Gifts'),
  );
  const limits: Record<keyof LookColumns, number> = {
    shape: SHAPES.length,
    pattern: PATTERNS.length,
    hue: 360,
    ribbon: 360,
    tone: 3,
    scale: 4,
  };
  for (const [name, limit] of Object.entries(limits)) {
    const column = looks[name as keyof LookColumns];
    expect(column).toHaveLength(200);
    expect(column.every((one) => Number.isInteger(one) && one >= 0 && one < limit)).toBe(true);
  }
  expect(new Set(looks.shape).size).toBe(SHAPES.length);
});

test('in the shop, nearest neighbours look more alike than strangers', async () => {
  const folder = fileURLToPath(new URL('../model', import.meta.url));
  const { factors, departments } = await readModelFolder(folder);
  const { rows, dim, values } = factors;
  const looks = designLooks(factors, departments);
  const product = (a: number, b: number): number => {
    let sum = 0;
    for (let f = 0; f < dim; f++) sum += values[a * dim + f] * values[b * dim + f];
    return sum;
  };
  const near = { shape: 0, hue: 0 };
  const far = { shape: 0, hue: 0 };
  const SAMPLE = 200;
  for (let row = 0; row < SAMPLE; row++) {
    let nearest = -1;
    let best = -Infinity;
    for (let other = 0; other < rows; other++) {
      const similarity = other === row ? -Infinity : product(row, other);
      if (similarity > best) [best, nearest] = [similarity, other];
    }
    const stranger = (row * 7919 + 1234) % rows;
    for (const [tally, other] of [
      [near, nearest],
      [far, stranger],
    ] as const) {
      tally.shape += Number(looks.shape[row] === looks.shape[other]) / SAMPLE;
      tally.hue += hueGap(looks.hue[row], looks.hue[other]) / SAMPLE;
    }
  }
  expect(near.shape).toBeGreaterThan(0.6);
  expect(far.shape).toBeLessThan(0.3);
  expect(near.hue).toBeLessThan(far.hue / 2);
});
