/**
 * @module
 * Cholesky factorisation and triangular solves for the small dense systems of one visitor (d ≤ 512).
 *
 * Matrices are d × d, row-major, float64; only the lower triangle is read and written.
 */
import { SottoError } from '../../errors.ts';

/**
 * Factors A = L·Lᵀ in place: the lower triangle of `matrix` becomes L. O(d³/3).
 * @throws {SottoError} `not-finite` when A is not positive definite, naming the pivot.
 */
export function choleskyInPlace(matrix: Float64Array, dim: number): void {
  for (let column = 0; column < dim; column++) {
    const diagonal = column * dim;
    let pivot = matrix[diagonal + column];
    for (let inner = 0; inner < column; inner++) {
      const value = matrix[diagonal + inner];
      pivot -= value * value;
    }
    if (!(pivot > 0) || pivot === Infinity) {
      throw new SottoError(
        'not-finite',
        `pivot ${column} of ${dim} must be positive and finite but is ${pivot}`,
      );
    }
    const root = Math.sqrt(pivot);
    matrix[diagonal + column] = root;
    const inverse = 1 / root;
    for (let row = column + 1; row < dim; row++) {
      const offset = row * dim;
      let sum = matrix[offset + column];
      for (let inner = 0; inner < column; inner++) {
        sum -= matrix[offset + inner] * matrix[diagonal + inner];
      }
      matrix[offset + column] = sum * inverse;
    }
  }
}

/** Solves L·x = b in place: `vector` is b, then x. */
export function solveLowerInPlace(lower: Float64Array, dim: number, vector: Float64Array): void {
  for (let row = 0; row < dim; row++) {
    const offset = row * dim;
    let sum = vector[row];
    for (let column = 0; column < row; column++) sum -= lower[offset + column] * vector[column];
    vector[row] = sum / lower[offset + row];
  }
}

/** Solves Lᵀ·x = b in place: `vector` is b, then x. */
export function solveUpperInPlace(lower: Float64Array, dim: number, vector: Float64Array): void {
  for (let row = dim - 1; row >= 0; row--) {
    const value = vector[row] / lower[row * dim + row];
    vector[row] = value;
    const offset = row * dim;
    for (let column = 0; column < row; column++) vector[column] -= lower[offset + column] * value;
  }
}

/** Solves A·x = b in place, given A = L·Lᵀ. */
export function solveCholeskyInPlace(lower: Float64Array, dim: number, vector: Float64Array): void {
  solveLowerInPlace(lower, dim, vector);
  solveUpperInPlace(lower, dim, vector);
}
