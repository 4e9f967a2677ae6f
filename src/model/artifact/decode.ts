/**
 * @module
 * Decodes a model: verified files in, a Model out. Where the bytes come from is the caller's
 * business (the network, a cache, a folder).
 */
import { SottoError, loaded } from '../../errors.ts';
import type { Model } from '../model.ts';
import { withPauses, type Pause } from '../steps.ts';
import type { Codebooks } from './codebooks.ts';
import { createColumnsDecoder } from './decodeColumns.ts';
import { createFactorsDecoder } from './decodeFactors.ts';
import { createIdsDecoder } from './decodeIds.ts';
import { createNeighboursDecoder } from './decodeNeighbours.ts';
import { decodeStatistics } from './decodeStatistics.ts';
import type { FileEntry, FileRole, Manifest } from './manifest.ts';
import type { Segments } from '../model.ts';

/**
 * Reads a whole file of the model and verifies it before it resolves; see `verifyFile`.
 * @param place - where its bytes may go at once, of that length; else to an array of their own.
 */
export type ReadVerified = (
  file: FileEntry,
  place?: Uint8Array<ArrayBuffer>,
) => Promise<Uint8Array<ArrayBuffer>>;

/** Enough to keep a connection busy; each one's bytes are in memory until they are decoded. */
const FILES_IN_FLIGHT = 8;

export { factorStride } from './decodeFactors.ts';

/**
 * @param target - where to put the factors, rows × stride, zeroed; e.g. a kernel's own memory.
 * @param pause - awaited between two steps.
 * @throws {SottoError} whatever `read` does; `manifest-invalid` or `not-finite` when
 * a file does not hold what the manifest says.
 */
export async function decodeModel(
  manifest: Manifest,
  read: ReadVerified,
  target: Int8Array,
  pause?: Pause,
): Promise<Model> {
  const { items } = manifest;
  const factors = createFactorsDecoder(manifest, target as Int8Array<ArrayBuffer>);
  const ids = createIdsDecoder(items);
  const statistics = createColumnsDecoder(items);
  const catalogue = createColumnsDecoder(items);
  const neighbours = createNeighboursDecoder(manifest);
  // Few models have either. At once, so that it is here by the time the files are.
  const isSeldom = manifest.files.some(({ role }) => ['segments', 'codebooks'].includes(role));
  const seldom = isSeldom ? loaded(import('../seldom.ts')) : null;
  seldom?.catch(() => undefined);
  const floats: Partial<Record<FileRole, Float64Array>> = {};
  let codebooks: Codebooks | null = null;
  let segments: Segments | null = null;
  const parse = async (file: FileEntry, bytes: Uint8Array<ArrayBuffer>): Promise<unknown> => {
    const parsed = parseJson(file, bytes);
    await pause?.();
    return parsed;
  };
  const decode: Record<FileRole, (file: FileEntry, bytes: Uint8Array<ArrayBuffer>) => unknown> = {
    factors: factors.add,
    ids: async (file, bytes) => ids.add(file, await parse(file, bytes)),
    statistics: async (file, bytes) => statistics.add(file, await parse(file, bytes)),
    items: async (file, bytes) => catalogue.add(file, await parse(file, bytes)),
    codebooks: async (file, bytes) => {
      const { decodeCodebooks } = await seldom!;
      codebooks = decodeCodebooks(bytes, manifest.dim, file.name);
    },
    neighbours: (file, bytes) => neighbours.add(file, bytes),
    gram: (file, bytes) => (floats.gram = decodeFloats(file, bytes)),
    segments: async (file, bytes) => {
      const { decodeSegments } = await seldom!;
      const whole = manifest.wholeItems ?? items;
      segments = decodeSegments(parseJson(file, bytes), manifest.dim, whole, file.name);
    },
    prior: (file, bytes) => (floats.prior = decodeFloats(file, bytes)),
  };
  // One shard after another, so that no more than a few are in memory beside the model.
  const waiting = manifest.files.toSorted((left, right) => left.firstRow - right.firstRow);
  const work = async (): Promise<void> => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      const bytes = await read(file, file.role === 'factors' ? factors.placeOf(file) : undefined);
      await decode[file.role](file, bytes);
    }
  };
  try {
    await Promise.all(Array.from({ length: FILES_IN_FLIGHT }, work));
  } finally {
    // After a failure nothing more is read.
    waiting.length = 0;
  }
  // Assigned in a callback, which the compiler cannot see.
  const compact = codebooks as Codebooks | null;
  return {
    manifest,
    ...ids.finish(),
    factors: { ...factors.finish(), basis: compact?.basis ?? null },
    centroids: compact?.centroids ?? null,
    gram: symmetric(floats.gram as Float64Array, manifest.dim),
    prior: floats.prior as Float64Array,
    statistics: await withPauses(decodeStatistics(statistics.columns, items), pause),
    neighbours: await withPauses(neighbours.finish(), pause),
    catalogue: catalogue.columns,
    segments: segments as Segments | null,
  };
}

function parseJson(file: FileEntry, bytes: Uint8Array<ArrayBuffer>): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch (cause) {
    throw new SottoError('manifest-invalid', `${file.name} must be JSON`, { cause });
  }
}

function decodeFloats(file: FileEntry, bytes: Uint8Array<ArrayBuffer>): Float64Array {
  // A copy: the view may not start at a multiple of eight.
  const values = new Float64Array(bytes.slice().buffer);
  for (const [index, value] of values.entries()) {
    if (!Number.isFinite(value)) {
      throw new SottoError('not-finite', `${file.name}[${index}] must be finite but is ${value}`);
    }
  }
  return values;
}

/** The full matrix from its upper triangle by rows. */
function symmetric(upper: Float64Array, dim: number): Float64Array {
  const full = new Float64Array(dim * dim);
  let next = 0;
  for (let f = 0; f < dim; f++) {
    for (let g = f; g < dim; g++) {
      full[f * dim + g] = upper[next];
      full[g * dim + f] = upper[next];
      next++;
    }
  }
  return full;
}
