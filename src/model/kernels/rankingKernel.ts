/**
 * @module
 * The compiled ranking kernel with its memory: factors are decoded straight into it, so that a
 * model is held once.
 *
 * Layout, each part 16-byte aligned: factors (and three rows of slack, since four are read at a
 * time) | block norms | inverse norms (made on first use) | mask | query, and its first look | scores | rows.
 */
import { SottoError } from '../../errors.ts';
import { expectKernels, kernelError } from './expectKernels.ts';

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

/** Where each part lies, and behind the last. @throws {SottoError} `invalid-argument`. */
function placeParts({ rows, stride, blockRows }: KernelShape) {
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
  return {
    factors: place((rows + 3) * stride),
    norms: place(Math.ceil(rows / blockRows) * 8),
    inverseNorms: place((rows + 3) * 8),
    mask: place(Math.ceil(rows / 8)),
    // Behind it: the first look's query, and a place a step for what that finds in a block.
    query: place(stride * 4 + blockRows),
    scores: place((rows + 1) * 8),
    rows: place((rows + 1) * 4),
    end,
  };
}

/** Bytes of memory that `rankingKernelIn` needs. */
export function rankingBytes(shape: KernelShape): number {
  return placeParts(shape).end;
}

/**
 * @param wasm - the bytes of sotto-kernels.wasm, or the compiled module.
 * @throws {SottoError} `wasm-unavailable` where WebAssembly or SIMD is missing or refused.
 */
export async function createRankingKernel(
  wasm: BufferSource | WebAssembly.Module,
  shape: KernelShape,
): Promise<RankingKernel> {
  const bytes = rankingBytes(shape);
  try {
    const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });
    const module = wasm instanceof WebAssembly.Module ? wasm : await WebAssembly.compile(wasm);
    expectKernels(module);
    const instance = await WebAssembly.instantiate(module, { env: { memory } });
    return rankingKernelIn(memory.buffer, instance.exports, shape);
  } catch (cause) {
    throw kernelError('fast', cause);
  }
}

/** @param exports - of an instance whose memory `buffer` is. Factors begin where other kernels' do. */
export function rankingKernelIn(
  buffer: ArrayBuffer,
  exports: WebAssembly.Exports,
  shape: KernelShape,
): RankingKernel {
  const { topK } = exports as unknown as KernelExports;
  const { rows, stride, blockRows } = shape;
  const at = placeParts(shape);
  const view = {
    scores: new Float64Array(buffer, at.scores, rows),
    rows: new Int32Array(buffer, at.rows, rows),
  };
  return {
    shape,
    factors: new Int8Array(buffer, at.factors, rows * stride),
    norms: new Float64Array(buffer, at.norms, Math.ceil(rows / blockRows)),
    inverseNorms: new Float64Array(buffer, at.inverseNorms, rows),
    mask: new Uint8Array(buffer, at.mask, Math.ceil(rows / 8)),
    query: new Int16Array(buffer, at.query, stride),
    scan(k, reach, flags) {
      const found = topK(
        at.factors,
        rows,
        stride,
        at.query,
        at.norms,
        reach,
        blockRows,
        flags.cosine ? at.inverseNorms : 0,
        flags.mask ? at.mask : 0,
        k,
        Math.min(rows, k + Math.max(k, SPARE_PLACES)),
        at.scores,
        at.rows,
      );
      return { scores: view.scores.subarray(0, found), rows: view.rows.subarray(0, found) };
    },
  };
}
