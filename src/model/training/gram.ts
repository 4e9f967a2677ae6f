/**
 * @module
 * YᵀY, summed in blocks of a fixed number of rows and the blocks in order, so that the result does
 * not depend on how many threads share the work.
 */

/** Rows summed into one partial result. Part of what makes training repeatable: do not tune it. */
export const GRAM_BLOCK_ROWS = 512;

export function gramBlocks(rows: number): number {
  return Math.ceil(rows / GRAM_BLOCK_ROWS);
}

/**
 * One block's lower triangle, d × d row-major; what stands above the diagonal is not touched.
 * @param factors - rows × d, row-major.
 */
export function gramOfBlock(
  factors: Float32Array,
  rows: number,
  dim: number,
  block: number,
  out: Float64Array,
): void {
  out.fill(0);
  const last = Math.min(rows, (block + 1) * GRAM_BLOCK_ROWS);
  const row64 = new Float64Array(dim);
  for (let row = block * GRAM_BLOCK_ROWS; row < last; row++) {
    for (let f = 0; f < dim; f++) row64[f] = factors[row * dim + f];
    for (let i = 0; i < dim; i++) {
      const value = row64[i];
      if (value === 0) continue;
      const place = i * dim;
      for (let j = 0; j <= i; j++) out[place + j] += value * row64[j];
    }
  }
}

/** Adds the blocks' lower triangles in order and mirrors the sum. */
export function sumGramBlocks(blocks: readonly Float64Array[], dim: number): Float64Array {
  const gram = new Float64Array(dim * dim);
  for (const block of blocks) {
    for (let i = 0; i < dim; i++) {
      for (let j = 0; j <= i; j++) gram[i * dim + j] += block[i * dim + j];
    }
  }
  for (let i = 0; i < dim; i++) {
    for (let j = 0; j < i; j++) gram[j * dim + i] = gram[i * dim + j];
  }
  return gram;
}

/** YᵀY of all rows, symmetric. */
export function gramOf(factors: Float32Array, rows: number, dim: number): Float64Array {
  const blocks: Float64Array[] = [];
  for (let block = 0; block < gramBlocks(rows); block++) {
    const partial = new Float64Array(dim * dim);
    gramOfBlock(factors, rows, dim, block, partial);
    blocks.push(partial);
  }
  return sumGramBlocks(blocks, dim);
}
