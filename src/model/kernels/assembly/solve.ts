/**
 * @module
 * The two inner loops of training, on float64 with SIMD128: eight weighted outer products added to
 * a lower triangle, and Cholesky with both substitutions.
 *
 * AssemblyScript, compiled by `scripts/buildKernels.ts` to dist/sotto-training.wasm. Memory is laid
 * out by the caller (`training/wasmSolveKernel.ts`); nothing is allocated here.
 *
 * The readable twin is `training/solveKernel.ts`. Every number is summed in the same order here as
 * there, two at a time, so both give the same bits.
 */

// @ts-ignore: decorator
@inline
function product(weight: f64, place: usize): v128 {
  return f64x2.mul(f64x2.splat(weight), v128.load(place));
}

/**
 * matrix += Σ aᵢ·yᵢyᵢᵀ and right += Σ bᵢ·yᵢ over eight rows.
 *
 * @param rows - eight rows of `dim` values, one after another; `dim` is even.
 * @param a - their eight weights in the matrix.
 * @param b - their eight weights on the right-hand side.
 * @param matrix - dim × dim, row-major. Pairs may reach one past the diagonal: what stands above it
 *   counts for nothing.
 */
export function addEntries(
  rows: usize,
  a: usize,
  b: usize,
  matrix: usize,
  right: usize,
  dim: i32,
): void {
  const bytes: usize = (<usize>dim) << 3;
  const r1 = rows + bytes;
  const r2 = r1 + bytes;
  const r3 = r2 + bytes;
  const r4 = r3 + bytes;
  const r5 = r4 + bytes;
  const r6 = r5 + bytes;
  const r7 = r6 + bytes;
  for (let lane: usize = 0; lane < 8; lane++) {
    const weight = load<f64>(b + (lane << 3));
    const row = rows + lane * bytes;
    for (let j: usize = 0; j < bytes; j += 16) {
      v128.store(right + j, f64x2.add(v128.load(right + j), product(weight, row + j)));
    }
  }
  for (let i = 0; i < dim; i++) {
    const at: usize = (<usize>i) << 3;
    const s0 = load<f64>(a) * load<f64>(rows + at);
    const s1 = load<f64>(a, 8) * load<f64>(r1 + at);
    const s2 = load<f64>(a, 16) * load<f64>(r2 + at);
    const s3 = load<f64>(a, 24) * load<f64>(r3 + at);
    const s4 = load<f64>(a, 32) * load<f64>(r4 + at);
    const s5 = load<f64>(a, 40) * load<f64>(r5 + at);
    const s6 = load<f64>(a, 48) * load<f64>(r6 + at);
    const s7 = load<f64>(a, 56) * load<f64>(r7 + at);
    const place = matrix + <usize>i * bytes;
    for (let j: usize = 0; j <= at; j += 16) {
      const low = f64x2.add(
        f64x2.add(product(s0, rows + j), product(s1, r1 + j)),
        f64x2.add(product(s2, r2 + j), product(s3, r3 + j)),
      );
      const high = f64x2.add(
        f64x2.add(product(s4, r4 + j), product(s5, r5 + j)),
        f64x2.add(product(s6, r6 + j), product(s7, r7 + j)),
      );
      v128.store(place + j, f64x2.add(v128.load(place + j), f64x2.add(low, high)));
    }
  }
}

/**
 * Cholesky column by column, then both substitutions; `right` becomes the answer.
 *
 * @param column - working memory, dim values.
 * @returns 0 where a pivot is not above zero, else 1.
 */
export function solveInPlace(matrix: usize, right: usize, column: usize, dim: i32): i32 {
  const bytes: usize = (<usize>dim) << 3;
  for (let k: usize = 0; k < bytes; k += 8) {
    const rowK = matrix + (k >> 3) * bytes;
    const pivot = load<f64>(rowK + k);
    if (!(pivot > 0) || pivot == Infinity) return 0;
    const inverse = 1 / Math.sqrt(pivot);
    // The diagonal keeps its inverse: the substitutions only multiply.
    store<f64>(rowK + k, inverse);
    const known = load<f64>(right + k) * inverse;
    store<f64>(right + k, known);
    // A pair may begin with column k itself: it must take nothing away there.
    store<f64>(column + k, 0);
    const start = (k + 8) & ~15;
    for (let i = k + 8; i < bytes; i += 8) {
      const row = matrix + (i >> 3) * bytes;
      const value = load<f64>(row + k) * inverse;
      store<f64>(row + k, value);
      store<f64>(column + i, value);
      store<f64>(right + i, load<f64>(right + i) - value * known);
    }
    for (let i = k + 8; i < bytes; i += 8) {
      const row = matrix + (i >> 3) * bytes;
      const value = f64x2.splat(load<f64>(column + i));
      for (let j = start; j <= i; j += 16) {
        const taken = f64x2.mul(value, v128.load(column + j));
        v128.store(row + j, f64x2.sub(v128.load(row + j), taken));
      }
    }
  }
  for (let k: usize = bytes; k > 0; ) {
    k -= 8;
    const row = matrix + (k >> 3) * bytes;
    const known = load<f64>(right + k) * load<f64>(row + k);
    store<f64>(right + k, known);
    for (let i: usize = 0; i < k; i += 8) {
      store<f64>(right + i, load<f64>(right + i) - load<f64>(row + i) * known);
    }
  }
  return 1;
}
