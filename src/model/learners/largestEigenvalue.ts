/**
 * @module
 * The largest eigenvalue of Σ wₖvₖvₖᵀ over positive weights, by power iteration: how steep a loss
 * can be.
 */

/** Rounds of power iteration; each costs 2nd products. */
const ROUNDS = 24;
/** Power iteration comes from below; a step a little too short is safe, one too long is not. */
const CAUTION = 1.1;

/**
 * @param directions - n rows vₖ of d values, row-major.
 * @param weights - wₖ, length n; rows of weight 0 or below are left out.
 * @returns an estimate, at most the trace, which bounds it.
 */
export function largestEigenvalue(
  directions: Float64Array,
  weights: ArrayLike<number>,
  dim: number,
): number {
  let trace = 0;
  // Starting from the sum of the directions themselves leaves no eigenvector out by symmetry.
  let vector = new Float64Array(dim);
  for (let k = 0; k < weights.length; k++) {
    if (!(weights[k] > 0)) continue;
    const direction = directions.subarray(k * dim, (k + 1) * dim);
    trace += weights[k] * squaredNorm(direction);
    for (let f = 0; f < dim; f++) vector[f] += weights[k] * direction[f] * (1 + (k % 7) / 7);
  }
  let value = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const norm = Math.sqrt(squaredNorm(vector));
    if (norm === 0) return trace;
    const next = new Float64Array(dim);
    for (let k = 0; k < weights.length; k++) {
      if (!(weights[k] > 0)) continue;
      const direction = directions.subarray(k * dim, (k + 1) * dim);
      let along = 0;
      for (let f = 0; f < dim; f++) along += direction[f] * vector[f];
      for (let f = 0; f < dim; f++) next[f] += (weights[k] * along * direction[f]) / norm;
    }
    vector = next;
    value = Math.sqrt(squaredNorm(vector));
  }
  return Math.min(trace, value * CAUTION);
}

export function squaredNorm(vector: Float64Array): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return sum;
}
