/**
 * @module
 * Factors for items that nobody has had yet: a ridge map from metadata (title words, categories,
 * price) to the factors of the items that people have had.
 *
 *   W = argmin Σᵢ ‖Wᵀφᵢ − (yᵢ − ȳ)‖² + λ‖W‖²,   yⱼ = ȳ + Wᵀφⱼ
 *
 * φ is sparse: a 1 for each word of the title and each category that at least two trained items
 * share, and hat functions of log price. W is found by conjugate gradients, one column of it after
 * the other, and thrown away: what is published are the factors. The ridge draws what little is known
 * towards the mean item, so that a new item has short factors and does not push into every list.
 *
 * Book: Golub & Van Loan, Matrix Computations, 4th edition, algorithm 11.3.3 (CG).
 */
import type { Catalogue } from '../model.ts';

export interface NewItemOptions {
  /** λ, above 0. */
  ridge: number;
  /** Steps of conjugate gradients, at most. */
  steps: number;
}

/** Chosen by hiding items of a trained model; docs/quality.md has the comparison. */
const DEFAULT_NEW_ITEM_OPTIONS: NewItemOptions = { ridge: 3, steps: 40 };

/**
 * @param factors - trained items × d.
 * @param trained - metadata of those. @param fresh - metadata of the new items, same columns.
 * @returns new items × d; null for one of which nothing is known that a trained item shares.
 */
export function predictFactors(
  factors: Float32Array,
  dim: number,
  trained: Catalogue,
  fresh: Catalogue,
  { ridge, steps }: NewItemOptions = DEFAULT_NEW_ITEM_OPTIONS,
): (Float32Array | null)[] {
  const vocabulary = createVocabulary(trained);
  const known = featuresOf(trained, vocabulary);
  const mean = new Float64Array(dim);
  for (let row = 0; row < known.length; row++) {
    for (let f = 0; f < dim; f++) mean[f] += factors[row * dim + f] / known.length;
  }
  const asked = featuresOf(fresh, vocabulary);
  const predicted = asked.map((features) => (features.length > 0 ? new Float32Array(dim) : null));
  const target = new Float64Array(known.length);
  for (let f = 0; f < dim; f++) {
    for (let row = 0; row < known.length; row++) target[row] = factors[row * dim + f] - mean[f];
    const weights = solveRidge(known, vocabulary.size, target, ridge, steps);
    for (const [index, features] of asked.entries()) {
      const out = predicted[index];
      if (out) out[f] = mean[f] + dot(features, weights);
    }
  }
  return predicted;
}

/** Entries of one item's φ. */
type Features = readonly { feature: number; value: number }[];

interface Vocabulary {
  readonly size: number;
  /** Words and categories of at least two trained items. */
  readonly places: ReadonlyMap<string, number>;
  /** Log prices that the hats stand on, ascending; empty without prices. */
  readonly knots: readonly number[];
}

const KNOTS = 6;

function createVocabulary(trained: Catalogue): Vocabulary {
  const counts = new Map<string, number>();
  const rows = rowsOf(trained);
  for (let row = 0; row < rows; row++) {
    for (const name of namesOf(trained, row)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const places = new Map<string, number>();
  for (const [name, count] of counts) if (count > 1) places.set(name, places.size);
  const prices = Array.from({ length: rows }, (_, row) => logPrice(trained, row))
    .filter((price) => price !== null)
    .sort((left, right) => left - right);
  const knots = Array.from(
    { length: prices.length > 0 ? KNOTS : 0 },
    (_, knot) => prices[Math.round((knot / (KNOTS - 1)) * (prices.length - 1))],
  );
  const distinct = [...new Set(knots)];
  return { size: places.size + distinct.length, places, knots: distinct };
}

function featuresOf(catalogue: Catalogue, { places, knots }: Vocabulary): Features[] {
  return Array.from({ length: rowsOf(catalogue) }, (_, row) => {
    const features: { feature: number; value: number }[] = [];
    for (const name of namesOf(catalogue, row)) {
      const feature = places.get(name);
      if (feature !== undefined) features.push({ feature, value: 1 });
    }
    // A price alone says too little to be a guess at taste.
    const price = features.length > 0 ? logPrice(catalogue, row) : null;
    if (price !== null) features.push(...hats(price, knots, places.size));
    return features;
  });
}

/** 1 at the nearest knots' own prices, falling to 0 at the next. */
function hats(price: number, knots: readonly number[], first: number): Features {
  const above = knots.findIndex((knot) => knot >= price);
  if (above === 0 || knots.length === 0) return knots.length ? [{ feature: first, value: 1 }] : [];
  if (above === -1) return [{ feature: first + knots.length - 1, value: 1 }];
  const share = (price - knots[above - 1]) / (knots[above] - knots[above - 1]);
  return [
    { feature: first + above - 1, value: 1 - share },
    { feature: first + above, value: share },
  ];
}

/** Words of the title and categories, each once; the two never meet. */
function namesOf(catalogue: Catalogue, row: number): Set<string> {
  const names = new Set<string>();
  const title = catalogue['title']?.[row];
  if (typeof title === 'string') {
    for (const word of title.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [])
      names.add(`w ${word}`);
  }
  const categories = catalogue['categories']?.[row];
  for (const category of Array.isArray(categories) ? categories : [categories]) {
    if (typeof category === 'string') names.add(`c ${category}`);
  }
  return names;
}

function logPrice(catalogue: Catalogue, row: number): number | null {
  const price = catalogue['price']?.[row];
  return typeof price === 'number' && price > 0 ? Math.log(price) : null;
}

function rowsOf(catalogue: Catalogue): number {
  return Object.values(catalogue)[0]?.length ?? 0;
}

/** (ΦᵀΦ + λI) w = Φᵀt by conjugate gradients. */
function solveRidge(
  rows: readonly Features[],
  size: number,
  target: Float64Array,
  ridge: number,
  steps: number,
): Float64Array {
  const weights = new Float64Array(size);
  const residual = new Float64Array(size);
  for (const [row, features] of rows.entries()) {
    for (const { feature, value } of features) residual[feature] += value * target[row];
  }
  const direction = residual.slice();
  let squared = squaredNorm(residual);
  const enough = squared * 1e-12;
  for (let step = 0; step < steps && squared > enough; step++) {
    const image = direction.map((value) => ridge * value);
    for (const features of rows) {
      const along = dot(features, direction);
      for (const { feature, value } of features) image[feature] += value * along;
    }
    let curvature = 0;
    for (let f = 0; f < size; f++) curvature += direction[f] * image[f];
    const length = squared / curvature;
    for (let f = 0; f < size; f++) {
      weights[f] += length * direction[f];
      residual[f] -= length * image[f];
    }
    const next = squaredNorm(residual);
    for (let f = 0; f < size; f++) direction[f] = residual[f] + (next / squared) * direction[f];
    squared = next;
  }
  return weights;
}

function dot(features: Features, weights: Float64Array): number {
  let sum = 0;
  for (const { feature, value } of features) sum += value * weights[feature];
  return sum;
}

function squaredNorm(vector: Float64Array): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return sum;
}
