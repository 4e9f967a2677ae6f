/**
 * @module
 * The compiled ranking kernel with its memory: factors are decoded straight into it, so that a
 * model is held once.
 *
 * Layout, each part 16-byte aligned: factors (and three rows of slack, since four are read at a
 * time) | block norms | inverse norms (made on first use) | mask | query, and its first look | scores | rows.
 */
import { SottoError } from '../../errors.ts';

interface KernelExports {
  topK: (
    factors: number,
    rows: number,
    stride: number,
    query: number,
    norms: number,
    reach: number,
    blockRows: number,
    inverseNorms: number,
    mask: number,
    k: number,
    places: number,
    outScores: number,
    outRows: number,
  ) => number;
}

export interface KernelShape {
  rows: number;
  /** Bytes a row; a multiple of 16. */
  stride: number;
  /** Rows a block; a multiple of 4. */
  blockRows: number;
}

/** Views into the kernel's memory and the scan over them. */
export interface RankingKernel {
  readonly shape: KernelShape;
  /** rows × stride. */
  readonly factors: Int8Array;
  /** By block: its largest norm, in int8 units, or a hair more; written once. */
  readonly norms: Float64Array;
  readonly inverseNorms: Float64Array;
  readonly mask: Uint8Array;
  readonly query: Int16Array;
  /**
   * Runs the scan.
   * @param k - at most rows.
   * @param reach - the norm of `query`: with a block's, it bounds the score. Infinity: no bound.
   * @returns views that the next call overwrites.
   */
  scan(
    k: number,
    reach: number,
    flags: { cosine: boolean; mask: boolean },
  ): {
    scores: Float64Array;
    rows: Int32Array;
  };
}

/** Beside the k wanted, at least: sorting out has its price however few there are. */
const SPARE_PLACES = 64;
const PAGE_BYTES = 65_536;
/** AssemblyScript keeps the first bytes for itself: a pointer of 0 means none. */
const BASE = 1024;

/**
 * @param wasm - the bytes of sotto-kernels.wasm, or the compiled module.
 * @throws {SottoError} `wasm-unavailable` where WebAssembly or SIMD is missing or refused.
 */
export async function createRankingKernel(
  wasm: BufferSource | WebAssembly.Module,
  shape: KernelShape,
): Promise<RankingKernel> {
  const { rows, stride, blockRows } = shape;
  if (stride % 16 !== 0 || blockRows % 4 !== 0) {
    throw new SottoError(
      'invalid-argument',
      `stride must be a multiple of 16 and blockRows of 4 but are ${stride} and ${blockRows}`,
    );
  }
  let end = BASE;
  const place = (bytes: number): number => {
    const start = end;
    end = Math.ceil((start + bytes) / 16) * 16;
    return start;
  };
  const blocks = Math.ceil(rows / blockRows);
  const factorsAt = place((rows + 3) * stride);
  const normsAt = place(blocks * 8);
  const inverseNormsAt = place((rows + 3) * 8);
  const maskAt = place(Math.ceil(rows / 8));
  // Behind it: the first look's query, and a place a step for what that finds in a block.
  const queryAt = place(stride * 4 + blockRows);
  const scoresAt = place((rows + 1) * 8);
  const rowsAt = place((rows + 1) * 4);
  try {
    const memory = new WebAssembly.Memory({ initial: Math.ceil(end / PAGE_BYTES) });
    const module = wasm instanceof WebAssembly.Module ? wasm : await WebAssembly.compile(wasm);
    const instance = await WebAssembly.instantiate(module, { env: { memory } });
    const { topK } = instance.exports as unknown as KernelExports;
    const { buffer } = memory;
    const view = {
      scores: new Float64Array(buffer, scoresAt, rows),
      rows: new Int32Array(buffer, rowsAt, rows),
    };
    return {
      shape,
      factors: new Int8Array(buffer, factorsAt, rows * stride),
      norms: new Float64Array(buffer, normsAt, blocks),
      inverseNorms: new Float64Array(buffer, inverseNormsAt, rows),
      mask: new Uint8Array(buffer, maskAt, Math.ceil(rows / 8)),
      query: new Int16Array(buffer, queryAt, stride),
      scan(k, reach, flags) {
        const found = topK(
          factorsAt,
          rows,
          stride,
          queryAt,
          normsAt,
          reach,
          blockRows,
          flags.cosine ? inverseNormsAt : 0,
          flags.mask ? maskAt : 0,
          k,
          Math.min(rows, k + Math.max(k, SPARE_PLACES)),
          scoresAt,
          rowsAt,
        );
        return { scores: view.scores.subarray(0, found), rows: view.rows.subarray(0, found) };
      },
    };
  } catch (cause) {
    throw new SottoError(
      'wasm-unavailable',
      `WebAssembly with SIMD must be allowed for the fast kernel: ${String(cause)}`,
      { cause },
    );
  }
}
