import { describe, expect, it } from 'vitest';
import { companionRows } from './candidates.ts';
import { createMask } from './rules/mask.ts';
import { seededRandom } from './training/seededRandom.ts';

const RULES = { count: 1, exclude: [3, 8], filter: null, diversity: 0, explore: 0 };

describe('companionRows', () => {
  it('gives the strongest first, equal ones by row, and none that is masked or against', () => {
    const random = seededRandom(5);
    const rows = 400;
    // Few distinct values: ties stand on both sides of the last place.
    const all = Float64Array.from({ length: rows }, () => Math.floor(12 * random()) - 3);
    const recent = new Float64Array(rows);
    const touched = Int32Array.from({ length: rows }, (_, row) => (row * 7) % rows);
    const mask = createMask(rows, RULES, new Set<number>());
    const wanted = [...touched]
      .filter((row) => all[row] > 0 && row !== 3 && row !== 8)
      .sort((left, right) => all[right] - all[left] || left - right);
    for (const count of [1, 37, 150, 1000]) {
      const [found, none] = companionRows({ all, recent, touched }, count, mask);
      expect([...found]).toEqual(wanted.slice(0, count));
      expect([...none]).toEqual([]);
    }
  });
});
