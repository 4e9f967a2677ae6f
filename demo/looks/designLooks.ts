/**
 * @module
 * What each item's wrapping looks like, from its factors alone: alike items fall into the same
 * group and near one another on the leading components, so they get the same parcel, a like paper
 * and near hues. Departments only decide which silhouette a whole group takes.
 */
import { clusters } from './clusters.ts';
import { principalComponents } from './principalComponents.ts';
import type { FactorTable } from './readFactors.ts';
import { normaliseRows } from './readFactors.ts';
import { PATTERNS, SHAPES, type ShapeName } from '../shop/wrapping.ts';

/** One number an item in each column, in the order of the model's rows. */
export interface LookColumns {
  /** Index into SHAPES. */
  shape: number[];
  /** Index into PATTERNS. */
  pattern: number[];
  /** Degrees. */
  hue: number[];
  /** Ribbon, degrees. */
  ribbon: number[];
  /** 0: pale paper, 1: middle, 2: deep. */
  tone: number[];
  /** Size of the pattern, 0 to 3. */
  scale: number[];
}

/** The silhouette a department would like best; the group with the largest share of it gets it. */
const FITTING: Readonly<Record<string, ShapeName>> = {
  Christmas: 'cracker',
  Bags: 'carrier',
  Stationery: 'envelope',
  Lights: 'bottle',
  Kitchen: 'tin',
  Garden: 'cone',
  Toys: 'pouch',
  Jewellery: 'heart',
  Party: 'tower',
  Signs: 'flat',
  Home: 'hatbox',
  Storage: 'box',
};

/** Degrees. */
const HUE_SPREAD = 100;

export function designLooks(factors: FactorTable, departments: readonly string[]): LookColumns {
  const { rows, weights } = factors;
  const { groups, centres } = clusters(factors, SHAPES.length);
  const shapeOf = silhouettes(groups, departments);
  const [first, second] = principalComponents(factors, 2);
  const own = principalComponents(withoutCentre(factors, groups, centres), 5);
  const around = evenly(angles(first, second), weights, 360);
  // Within a group hues part a little more, or a list of one taste would be of one colour.
  const apart = evenly(own[4], weights, HUE_SPREAD);
  const hues = around.map((hue, row) => (hue + apart[row] + 360 - HUE_SPREAD / 2) % 360);
  const papers = evenly(angles(own[0], own[1]), weights, PATTERNS.length);
  const column = (value: (row: number) => number): number[] =>
    Array.from({ length: rows }, (_, row) => value(row));
  const tones = evenly(own[2], weights, 3);
  const scales = evenly(own[3], weights, 4);
  const turns = evenly(own[2], weights, 60);
  return {
    shape: column((row) => shapeOf[groups[row]]),
    pattern: column((row) => papers[row]),
    hue: column((row) => hues[row]),
    // Opposite the paper on the colour wheel, give or take: a ribbon should be seen.
    ribbon: column((row) => (hues[row] + 150 + turns[row]) % 360),
    tone: column((row) => tones[row]),
    scale: column((row) => scales[row]),
  };
}

function withoutCentre(
  { rows, dim, values, weights }: FactorTable,
  groups: Int32Array,
  centres: Float64Array,
): FactorTable {
  const rest = new Float64Array(rows * dim);
  for (let row = 0; row < rows; row++) {
    for (let f = 0; f < dim; f++) {
      rest[row * dim + f] = values[row * dim + f] - centres[groups[row] * dim + f];
    }
  }
  normaliseRows(rest, dim);
  return { rows, dim, values: rest, weights };
}

function angles(x: Float64Array, y: Float64Array): Float64Array {
  return x.map((value, row) => Math.atan2(y[row], value));
}

/** Ranks into `steps` bins of equal weight: every hue and paper is met about as often. */
function evenly(values: Float64Array, weights: Float64Array, steps: number): Int32Array {
  const order = Array.from(values.keys()).sort((a, b) => values[a] - values[b] || a - b);
  const bins = new Int32Array(values.length);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let passed = 0;
  for (const row of order) {
    // The middle of the row's own share, so that the last bin holds the last row.
    bins[row] = Math.min(steps - 1, Math.floor(((passed + weights[row] / 2) * steps) / total));
    passed += weights[row];
  }
  return bins;
}

/** Group → shape: best fit first, each shape and each group once. */
function silhouettes(groups: Int32Array, departments: readonly string[]): number[] {
  const sizes = new Float64Array(SHAPES.length);
  const fits = SHAPES.map(() => new Float64Array(SHAPES.length));
  for (const [row, group] of groups.entries()) {
    sizes[group] += 1;
    const start = Object.keys(FITTING).find((word) => departments[row]?.startsWith(word));
    if (start) fits[group][SHAPES.indexOf(FITTING[start])] += 1;
  }
  const pairs = fits.flatMap((row, group) =>
    Array.from(row, (count, shape) => ({ group, shape, share: count / Math.max(1, sizes[group]) })),
  );
  pairs.sort((a, b) => b.share - a.share || a.group - b.group || a.shape - b.shape);
  const shapeOf: number[] = Array.from({ length: SHAPES.length }, () => -1);
  for (const { group, shape } of pairs) {
    if (shapeOf[group] < 0 && !shapeOf.includes(shape)) shapeOf[group] = shape;
  }
  return shapeOf;
}
