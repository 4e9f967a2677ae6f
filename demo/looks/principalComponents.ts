/**
 * @module
 * The leading principal components of a weighted table, by power iteration with deflation. Slow and plain:
 * it runs once a build, on a few thousand rows.
 */
import type { FactorTable } from './readFactors.ts';

const ITERATIONS = 200;

/**
 * @param count - how many components, at most `dim`.
 * @returns one Float64Array of length `rows` a component: each row's coordinate, centred on 0.
 */
export function principalComponents(table: FactorTable, count: number): Float64Array[] {
  const { rows, dim, weights } = table;
  const centred = centre(table);
  const covariance = new Float64Array(dim * dim);
  for (let row = 0; row < rows; row++) {
    for (let f = 0; f < dim; f++) {
      const value = weights[row] * centred[row * dim + f];
      for (let g = 0; g < dim; g++) covariance[f * dim + g] += value * centred[row * dim + g];
    }
  }
  const components: Float64Array[] = [];
  for (let index = 0; index < count; index++) {
    const { direction, variance } = leadingDirection(covariance, dim, index);
    const coordinates = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      for (let f = 0; f < dim; f++) coordinates[row] += centred[row * dim + f] * direction[f];
    }
    components.push(coordinates);
    for (let f = 0; f < dim; f++) {
      for (let g = 0; g < dim; g++) {
        covariance[f * dim + g] -= variance * direction[f] * direction[g];
      }
    }
  }
  return components;
}

function centre({ rows, dim, values, weights }: FactorTable): Float64Array {
  const mean = new Float64Array(dim);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (let row = 0; row < rows; row++) {
    for (let f = 0; f < dim; f++) {
      mean[f] += (weights[row] * values[row * dim + f]) / total;
    }
  }
  return values.map((value, place) => value - mean[place % dim]);
}

function leadingDirection(
  matrix: Float64Array,
  dim: number,
  index: number,
): { direction: Float64Array; variance: number } {
  // Any start that is not orthogonal to the answer does; a fixed one keeps builds repeatable.
  let direction = Float64Array.from({ length: dim }, (_, f) => Math.cos((f + 1) * (index + 1)));
  let variance = 0;
  for (let step = 0; step < ITERATIONS; step++) {
    const next = new Float64Array(dim);
    for (let f = 0; f < dim; f++) {
      for (let g = 0; g < dim; g++) next[f] += matrix[f * dim + g] * direction[g];
    }
    variance = Math.hypot(...next);
    if (variance === 0) break;
    direction = next.map((value) => value / variance);
  }
  return { direction, variance };
}
