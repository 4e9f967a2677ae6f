/**
 * @module
 * The 4-bit codes of int8 rows, made on the device when a model is opened: they follow from the
 * finer codes, so they need not be downloaded.
 *
 * Instead of comparing with sixteen centroids, a row looks its pair of values up in a grid of
 * 64 × 64 cells that names the centroid nearest to each cell's middle. Every engine starts from
 * these codes, so what the grid rounds away is the same for all.
 */
import { largestNorm } from '../../largestNorm.ts';
import { groupGain } from './groupGain.ts';
import { CENTROIDS, columnsOf, GROUP_ROWS, subspaceCount } from './layout.ts';
import { nearestCentroid } from './nearestCentroid.ts';

const CELLS = 64;
/** The grid ends this far past the outermost centroid; what lies beyond takes the last cell. */
const MARGIN = 1.25;

export interface CompactCodes {
  /** Groups × S × 16 bytes; see `layout.ts`. */
  codes: Uint8Array;
  /** By group. Value ≈ gain × centroid. */
  gains: Float64Array;
  /** By group: the largest norm, in int8 units. */
  norms: Float64Array;
  /**
   * By group: gain / norm, the gain for the cosine. Rows come in order of norm, so that the largest
   * does for all of a group.
   */
  directions: Float64Array;
}

/** Bytes of `codes`. */
export function codeBytes(rows: number, dim: number): number {
  return Math.ceil(rows / GROUP_ROWS) * subspaceCount(dim) * 16;
}

/** Grids, and groups, of one step: some milliseconds of work. */
const STEP_GRIDS = 8;
const STEP_GROUPS = 512;

/**
 * In steps, since a million rows take a second: whoever has others to answer does so between them.
 *
 * @param values - rows × stride. Not modified, and not to be until the last step.
 * @param centroids - S × 16 × 2.
 * @param codes - where the codes go, zeroed; e.g. a kernel's own memory.
 */
export function* encodeInSteps(
  { values, rows, stride, dim }: { values: Int8Array; rows: number; stride: number; dim: number },
  centroids: Float32Array,
  codes: Uint8Array,
): Generator<void, CompactCodes> {
  const groups = Math.ceil(rows / GROUP_ROWS);
  const gains = new Float64Array(groups);
  const norms = new Float64Array(groups);
  const directions = new Float64Array(groups);
  const subspaces = subspaceCount(dim);
  const grids: Grid[] = [];
  while (grids.length < subspaces) {
    grids.push(createGrid(centroids, grids.length, dim));
    if (grids.length % STEP_GRIDS === 0) yield;
  }
  for (let group = 0; group < groups; group++) {
    const first = group * GROUP_ROWS;
    const last = Math.min(rows, first + GROUP_ROWS);
    const gain = groupGain(values, rows, stride, group);
    gains[group] = gain;
    norms[group] = largestNorm(values, first * stride, last * stride, stride);
    directions[group] = gain === 0 ? 0 : gain / norms[group];
    const inverse = gain === 0 ? 0 : 1 / gain;
    let place = group * subspaces * 16;
    for (const grid of grids) {
      encodeColumns(values, first * stride, last - first, stride, grid, inverse, codes, place);
      place += 16;
    }
    if (group % STEP_GROUPS === STEP_GROUPS - 1) yield;
  }
  return { codes, gains, norms, directions };
}

/** All at once; parameters as `encodeInSteps`. */
export function encodeCodes(...parameters: Parameters<typeof encodeInSteps>): CompactCodes {
  const steps = encodeInSteps(...parameters);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** One subspace of a group. A function of its own: compilers do better with few variables. */
function encodeColumns(
  values: Int8Array,
  start: number,
  rows: number,
  stride: number,
  { cells, columnA, columnB, scaleA, scaleB }: Grid,
  inverse: number,
  codes: Uint8Array,
  place: number,
): void {
  const perA = inverse * scaleA;
  const perB = inverse * scaleB;
  for (let lane = 0, offset = start; lane < rows; lane++, offset += stride) {
    const a = cellOf(values[offset + columnA] * perA);
    const b = columnB < 0 ? 0 : cellOf(values[offset + columnB] * perB);
    codes[place + (lane & 15)] |= cells[a * CELLS + b] << ((lane & 16) >> 2);
  }
}

function cellOf(scaled: number): number {
  const cell = Math.floor(scaled + CELLS / 2);
  return cell < 0 ? 0 : cell >= CELLS ? CELLS - 1 : cell;
}

type Grid = ReturnType<typeof createGrid>;

function createGrid(centroids: Float32Array, subspace: number, dim: number) {
  const [columnA, columnB] = columnsOf(subspace, dim);
  const offset = subspace * CENTROIDS * 2;
  const reach = [0, 0];
  for (let at = 0; at < CENTROIDS * 2; at++) {
    reach[at & 1] = Math.max(reach[at & 1], Math.abs(centroids[offset + at]) * MARGIN);
  }
  const [scaleA, scaleB] = reach.map((far) => CELLS / 2 / (far || 1));
  const cells = new Uint8Array(CELLS * CELLS);
  for (let a = 0; a < CELLS; a++) {
    for (let b = 0; b < CELLS; b++) {
      const x = (a - CELLS / 2 + 0.5) / scaleA;
      const y = columnB < 0 ? 0 : (b - CELLS / 2 + 0.5) / scaleB;
      cells[a * CELLS + b] = nearestCentroid(centroids, offset, x, y);
    }
  }
  return { cells, columnA, columnB, scaleA, scaleB };
}
