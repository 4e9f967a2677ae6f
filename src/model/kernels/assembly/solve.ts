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
 * @param rows - eight rows of `dim` values, one after another.
 * @param weights - their eight weights.
 * @param matrix - dim × dim, row-major; rows have an even length in memory, so that pairs may
 *   reach one past the diagonal.
 */
export function addOuterProducts(rows: usize, weights: usize, matrix: usize, dim: i32): void {
  const bytes: usize = (<usize>dim) << 3;
  const r1 = rows + bytes;
  const r2 = r1 + bytes;
  const r3 = r2 + bytes;
  const r4 = r3 + bytes;
  const r5 = r4 + bytes;
  const r6 = r5 + bytes;
  const r7 = r6 + bytes;
  for (let i = 0; i < dim; i++) {
    const at: usize = (<usize>i) << 3;
    const s0 = load<f64>(weights) * load<f64>(rows + at);
    const s1 = load<f64>(weights, 8) * load<f64>(r1 + at);
    const s2 = load<f64>(weights, 16) * load<f64>(r2 + at);
    const s3 = load<f64>(weights, 24) * load<f64>(r3 + at);
    const s4 = load<f64>(weights, 32) * load<f64>(r4 + at);
    const s5 = load<f64>(weights, 40) * load<f64>(r5 + at);
    const s6 = load<f64>(weights, 48) * load<f64>(r6 + at);
    const s7 = load<f64>(weights, 56) * load<f64>(r7 + at);
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

/** `right` becomes the answer. @returns 0 where a pivot is not above zero, else 1. */
export function solveInPlace(matrix: usize, right: usize, dim: i32): i32 {
  const bytes: usize = (<usize>dim) << 3;
  for (let i = 0; i < dim; i++) {
    const rowI = matrix + <usize>i * bytes;
    for (let j = 0; j <= i; j++) {
      const rowJ = matrix + <usize>j * bytes;
      let sums01 = f64x2.splat(0);
      let sums23 = f64x2.splat(0);
      let k = 0;
      for (; k + 3 < j; k += 4) {
        const at = (<usize>k) << 3;
        sums01 = f64x2.add(sums01, f64x2.mul(v128.load(rowI + at), v128.load(rowJ + at)));
        sums23 = f64x2.add(sums23, f64x2.mul(v128.load(rowI + at, 16), v128.load(rowJ + at, 16)));
      }
      let sum0 = f64x2.extract_lane(sums01, 0);
      for (; k < j; k++) {
        const at = (<usize>k) << 3;
        sum0 += load<f64>(rowI + at) * load<f64>(rowJ + at);
      }
      const sum =
        sum0 +
        f64x2.extract_lane(sums01, 1) +
        (f64x2.extract_lane(sums23, 0) + f64x2.extract_lane(sums23, 1));
      const at = (<usize>j) << 3;
      const value = load<f64>(rowI + at) - sum;
      if (j < i) {
        store<f64>(rowI + at, value / load<f64>(rowJ + at));
      } else {
        if (!(value > 0) || value == Infinity) return 0;
        store<f64>(rowI + at, Math.sqrt(value));
      }
    }
  }
  for (let i = 0; i < dim; i++) {
    const row = matrix + <usize>i * bytes;
    let value = load<f64>(right + ((<usize>i) << 3));
    for (let k = 0; k < i; k++) {
      const at = (<usize>k) << 3;
      value -= load<f64>(row + at) * load<f64>(right + at);
    }
    const at = (<usize>i) << 3;
    store<f64>(right + at, value / load<f64>(row + at));
  }
  for (let i = dim - 1; i >= 0; i--) {
    const at = (<usize>i) << 3;
    let value = load<f64>(right + at);
    for (let k = i + 1; k < dim; k++) {
      value -= load<f64>(matrix + <usize>k * bytes + at) * load<f64>(right + ((<usize>k) << 3));
    }
    store<f64>(right + at, value / load<f64>(matrix + <usize>i * bytes + at));
  }
  return 1;
}
