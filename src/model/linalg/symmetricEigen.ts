/**
 * @module
 * Eigenvectors of a symmetric matrix by cyclic Jacobi rotations: slow beside the best, but short,
 * accurate and the same on every machine. O(d³) a sweep, fewer than ten sweeps.
 *
 * Golub & Van Loan, Matrix Computations, section 8.5.
 */

const MAX_SWEEPS = 30;
/** Relative to the matrix's own size; past it, rotations only move rounding errors about. */
const CONVERGED = 1e-22;

export interface SymmetricEigen {
  /** Descending. */
  values: Float64Array;
  /** d × d, row-major; row i belongs to `values[i]`, has length 1, its largest entry positive. */
  vectors: Float64Array;
}

/** @param matrix - d × d, row-major, symmetric. Not modified. */
export function symmetricEigen(matrix: Float64Array, dim: number): SymmetricEigen {
  const work = matrix.slice();
  const vectors = new Float64Array(dim * dim);
  for (let i = 0; i < dim; i++) vectors[i * dim + i] = 1;
  const total = work.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let outside = 0;
    for (let i = 0; i < dim; i++) {
      for (let j = 0; j < i; j++) outside += work[i * dim + j] ** 2;
    }
    if (outside <= CONVERGED * total) break;
    for (let p = 0; p < dim; p++) {
      for (let q = p + 1; q < dim; q++) rotate(work, vectors, dim, p, q);
    }
  }
  const order = Array.from({ length: dim }, (_, i) => i).sort(
    (left, right) => work[right * dim + right] - work[left * dim + left] || left - right,
  );
  const sorted = new Float64Array(dim * dim);
  for (const [place, from] of order.entries()) {
    const vector = vectors.subarray(from * dim, (from + 1) * dim);
    sorted.set(withPositiveLargest(vector), place * dim);
  }
  return { values: Float64Array.from(order, (i) => work[i * dim + i]), vectors: sorted };
}

/** Makes entry (p, q) zero. */
function rotate(work: Float64Array, vectors: Float64Array, dim: number, p: number, q: number) {
  const across = work[p * dim + q];
  if (across === 0) return;
  const ratio = (work[q * dim + q] - work[p * dim + p]) / (2 * across);
  const tangent = Math.sign(ratio || 1) / (Math.abs(ratio) + Math.sqrt(1 + ratio * ratio));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = tangent * cosine;
  for (let i = 0; i < dim; i++) {
    const left = work[i * dim + p];
    const right = work[i * dim + q];
    work[i * dim + p] = cosine * left - sine * right;
    work[i * dim + q] = sine * left + cosine * right;
  }
  turnRows(work, dim, p, q, cosine, sine);
  turnRows(vectors, dim, p, q, cosine, sine);
}

function turnRows(
  matrix: Float64Array,
  dim: number,
  p: number,
  q: number,
  cosine: number,
  sine: number,
): void {
  for (let i = 0; i < dim; i++) {
    const left = matrix[p * dim + i];
    const right = matrix[q * dim + i];
    matrix[p * dim + i] = cosine * left - sine * right;
    matrix[q * dim + i] = sine * left + cosine * right;
  }
}

/** An eigenvector's sign is free; a fixed one makes equal input give equal files. */
function withPositiveLargest(vector: Float64Array): Float64Array {
  let largest = 0;
  for (const value of vector) if (Math.abs(value) > Math.abs(largest)) largest = value;
  return largest < 0 ? vector.map((value) => -value) : vector;
}
