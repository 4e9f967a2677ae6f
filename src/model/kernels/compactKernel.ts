/**
 * @module
 * The compiled two-stage kernel with its memory: int8 factors are decoded straight into it, their
 * 4-bit codes beside them.
 *
 * Layout, each part 16-byte aligned (or the exact kernel's, over the same factors): factors | codes | gains | directions | norms |
 * mask | tables | query | scratch | buffer of candidates (scores, rows) | list (scores, rows).
 */
import { SottoError } from '../../errors.ts';
import { codeBytes } from '../retrieval/compact/encodeCodes.ts';
import { CENTROIDS, GROUP_ROWS, subspaceCount } from '../retrieval/compact/layout.ts';
import { expectKernels, kernelError } from './expectKernels.ts';
import {
  rankingBytes,
  rankingKernelIn,
  type KernelShape,
  type RankingKernel,
} from './rankingKernel.ts';

interface KernelExports {
  scan: (
    codes: number,
    rows: number,
    subspaces: number,
    tables: number,
    unit: number,
    bias: number,
    gains: number,
    areFlat: number,
    norms: number,
    reach: number,
    mask: number,
    count: number,
    scratch: number,
    bufferScores: number,
    bufferRows: number,
  ) => number;
  rescore: (
    factors: number,
    stride: number,
    query: number,
    cosine: number,
    candidates: number,
    count: number,
    k: number,
    outScores: number,
    outRows: number,
  ) => number;
}

export interface CompactShape extends KernelShape {
  dim: number;
}

export interface CompactKernel {
  readonly shape: CompactShape;
  /** rows × stride. */
  readonly factors: Int8Array;
  readonly codes: Uint8Array;
  /** By group, as `CompactCodes`; written once. */
  readonly gains: Float64Array;
  readonly directions: Float64Array;
  readonly norms: Float64Array;
  readonly mask: Uint8Array;
  readonly tables: Int8Array;
  readonly query: Int16Array;
  /**
   * The exact scan over the same factors. All else it writes lies over the parts above, so that after
   * it `clear` must be called.
   */
  readonly exact: RankingKernel;
  /** Zeroes everything but the factors. */
  clear(): void;
  /**
   * Both stages. @param query.reach - the norm of `query`: with a row's, it bounds the score.
   * @param count - candidates, in [k, MAX_CANDIDATES].
   * @param flags.flat - norms are nearly equal.
   * @returns views that the next call overwrites.
   */
  search(
    k: number,
    count: number,
    query: { unit: number; bias: number; reach: number },
    flags: { cosine: boolean; flat: boolean; mask: boolean },
  ): { scores: Float64Array; rows: Int32Array };
}

/** Past this many, scoring every row is no slower. */
export const MAX_CANDIDATES = 4096;

const PAGE_BYTES = 65_536;
/** AssemblyScript keeps the first bytes for itself: a pointer of 0 means none. */
const BASE = 1024;

/**
 * @param wasm - the bytes of sotto-kernels-compact.wasm, or the compiled module.
 * @throws {SottoError} `wasm-unavailable` where WebAssembly or SIMD is missing or refused.
 */
export async function createCompactKernel(
  wasm: BufferSource | WebAssembly.Module,
  shape: CompactShape,
): Promise<CompactKernel> {
  const { rows, dim, stride } = shape;
  if (stride % 16 !== 0 || stride < dim) {
    throw new SottoError(
      'invalid-argument',
      `stride must be a multiple of 16 and at least ${dim} but is ${stride}`,
    );
  }
  let end = BASE;
  const place = (bytes: number): number => {
    const start = end;
    end = Math.ceil((start + bytes) / 16) * 16;
    return start;
  };
  const groups = Math.ceil(rows / GROUP_ROWS);
  const subspaces = subspaceCount(dim);
  const at = {
    factors: place(rows * stride),
    codes: place(codeBytes(rows, dim)),
    // Read by runs of eight groups.
    gains: place((groups + 7) * 8),
    directions: place((groups + 7) * 8),
    norms: place((groups + 7) * 8),
    // Read 32 rows at a time.
    mask: place(groups * 4),
    tables: place(subspaces * CENTROIDS),
    query: place(stride * 2),
    // A sample of one row in sixteen, by runs of 256.
    scratch: place(GROUP_ROWS * 9 + rows / 16 + 256),
    bufferScores: place((MAX_CANDIDATES * 2 + 1) * 8),
    bufferRows: place((MAX_CANDIDATES * 2 + 1) * 4),
    scores: place((MAX_CANDIDATES + 1) * 8),
    rows: place((MAX_CANDIDATES + 1) * 4),
  };
  try {
    const bytes = Math.max(end, rankingBytes(shape));
    const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });
    const module = wasm instanceof WebAssembly.Module ? wasm : await WebAssembly.compile(wasm);
    expectKernels(module);
    const instance = await WebAssembly.instantiate(module, { env: { memory } });
    const { scan, rescore } = instance.exports as unknown as KernelExports;
    // A site whose kernels have no name to find the others by gives the exact one here.
    if (!(scan as unknown)) throw new TypeError('the file holds another kernel');
    const { buffer } = memory;
    return {
      shape,
      factors: new Int8Array(buffer, at.factors, rows * stride),
      codes: new Uint8Array(buffer, at.codes, codeBytes(rows, dim)),
      gains: new Float64Array(buffer, at.gains, groups),
      directions: new Float64Array(buffer, at.directions, groups),
      norms: new Float64Array(buffer, at.norms, groups),
      mask: new Uint8Array(buffer, at.mask, Math.ceil(rows / 8)),
      tables: new Int8Array(buffer, at.tables, subspaces * CENTROIDS),
      query: new Int16Array(buffer, at.query, stride),
      exact: rankingKernelIn(buffer, instance.exports, shape),
      clear: () => void new Uint8Array(buffer, at.codes).fill(0),
      search(k, count, { unit, bias, reach }, flags) {
        const candidates = scan(
          at.codes,
          rows,
          subspaces,
          at.tables,
          unit,
          bias,
          flags.cosine ? at.directions : at.gains,
          flags.flat ? 1 : 0,
          flags.cosine ? 0 : at.norms,
          reach,
          flags.mask ? at.mask : 0,
          count,
          at.scratch,
          at.bufferScores,
          at.bufferRows,
        );
        const found = rescore(
          at.factors,
          stride,
          at.query,
          flags.cosine ? 1 : 0,
          at.bufferRows,
          candidates,
          k,
          at.scores,
          at.rows,
        );
        return {
          scores: new Float64Array(buffer, at.scores, found),
          rows: new Int32Array(buffer, at.rows, found),
        };
      },
    };
  } catch (cause) {
    throw kernelError('compact', cause);
  }
}
