/**
 * @module
 * Whether a manifest is one that `parseManifest` takes: the same conditions without a word of what is
 * wrong. Every visitor checks a manifest, and hardly one meets a bad one; only who does loads the
 * words. A fuzz test holds the two together.
 */
import { SIGNALS } from '../blend.ts';
import { codebooksBytes } from './codebooksBytes.ts';
import {
  MAX_DIM,
  MAX_ITEMS,
  MAX_JSON_BYTES,
  MAX_WEIGHT,
  MODEL_FORMAT,
  MODEL_FORMAT_VERSION,
  type FileEntry,
  type Manifest,
} from './manifest.ts';

/** @param value - as `JSON.parse` gives it. */
export function isManifest(value: unknown): value is Manifest {
  try {
    return isRight(value as Manifest);
  } catch {
    // Something was read of what is not there.
    return false;
  }
}

function isRight(manifest: Manifest): boolean {
  const { items, dim, objective, quantization, halfLifeDays, trainedItems, neighbours, countedAt } =
    manifest;
  const { kind, recall } = quantization;
  return (
    manifest.format === MODEL_FORMAT &&
    manifest.formatVersion === MODEL_FORMAT_VERSION &&
    isText(manifest.modelId, /./s) &&
    isText(manifest.createdAt, /./s) &&
    isWhole(items, 0, MAX_ITEMS) &&
    isWhole(dim, 1, MAX_DIM) &&
    (trainedItems === undefined || isWhole(trainedItems, 0, items)) &&
    isWithin(objective.lambda, 0, 1e12) &&
    (objective.convention === 'ials'
      ? isWithin(objective.alpha0, 0, 1e12) && isWithin(objective.nu, 0, 10)
      : ['implicit', 'spark'].includes(objective.convention) &&
        isWithin(objective.alpha, 0, 1e12)) &&
    (halfLifeDays === null || isWithin(halfLifeDays, 1e-6, 1e6)) &&
    isWithin(manifest.trendingDays, 1e-6, 1e6) &&
    (countedAt === undefined || Number.isFinite(Date.parse(countedAt))) &&
    isWhole(manifest.blockRows, 1, MAX_ITEMS) &&
    ['int8', 'pq4'].includes(kind) &&
    isWithin(quantization.scale, Number.MIN_VALUE, 1e30) &&
    (recall === undefined ||
      (isWhole(recall.at, 1, MAX_ITEMS) &&
        isWhole(recall.queries, 1, MAX_ITEMS) &&
        isWithin(recall.overlap, 0, 1))) &&
    (neighbours === undefined || isWithin(neighbours.scale, Number.MIN_VALUE, 1e30)) &&
    isBlend(manifest.blend) &&
    areFiles(manifest)
  );
}

function isBlend(blend: Manifest['blend']): boolean {
  if (blend === undefined) return true;
  const { signals, freshHalfLifeDays = 1 } = blend;
  const isWeight = (weight: number): boolean => isWithin(weight, -MAX_WEIGHT, MAX_WEIGHT);
  return (
    isWithin(blend.recentHalfLifeDays, 1e-6, 1e6) &&
    isWithin(freshHalfLifeDays, 1e-6, 1e6) &&
    Array.isArray(signals) &&
    new Set(signals.map(({ signal }) => signal)).size === signals.length &&
    signals.every(
      ({ signal, weight, whenNew, whenFresh = 0, spread }) =>
        SIGNALS.includes(signal) &&
        [weight, whenNew, whenFresh].every(isWeight) &&
        isWithin(spread, 1e-9, 1e9),
    )
  );
}

function areFiles({ files, items, dim, blockRows, quantization, neighbours }: Manifest): boolean {
  /** Rows that the files of each role hold together; 0: there need be none; -1: there must be none. */
  const rowsOf: Record<string, number> = {
    factors: items,
    ids: items,
    items,
    statistics: items,
    neighbours: neighbours ? items : -1,
    codebooks: quantization.kind === 'pq4' ? 1 : -1,
    segments: 1,
    prior: 1,
    gram: dim,
  };
  const bytesOf: Record<string, (rows: number) => number> = {
    factors: (rows) => rows * dim,
    codebooks: () => codebooksBytes(dim),
    gram: () => dim * (dim + 1) * 4,
    prior: () => dim * 8,
  };
  /** Bytes that a row takes at least: `"",` of an id, one of an item without neighbours. */
  const leastBytesOf: Record<string, number> = { ids: 3, neighbours: 1 };
  const nextRow: Record<string, number> = {};
  const isFile = ({ role, name, sha256, bytes, rows, firstRow, blockNorms }: FileEntry) => {
    const expectedRow = nextRow[role] ?? 0;
    nextRow[role] = firstRow + rows;
    return (
      Object.keys(rowsOf).includes(role) &&
      // One path segment: it must not lead out of the model's folder.
      isText(name, /^[\w-][\w.-]*$/) &&
      isText(sha256, /^[0-9a-f]{64}$/) &&
      isWhole(rows, 0, MAX_ITEMS) &&
      firstRow === expectedRow &&
      isWhole(
        bytes,
        rows * (leastBytesOf[role] ?? 0),
        role in bytesOf || role === 'neighbours' ? MAX_ITEMS * MAX_DIM : MAX_JSON_BYTES,
      ) &&
      (!(role in bytesOf) || bytes === bytesOf[role](rows)) &&
      (role !== 'factors' ||
        (Array.isArray(blockNorms) &&
          blockNorms.length === Math.ceil(rows / blockRows) &&
          blockNorms.every((norm) => isWithin(norm, 0, Number.MAX_VALUE))))
    );
  };
  return (
    files.every(isFile) &&
    Object.entries(rowsOf).every(([role, rows]) =>
      role in nextRow ? nextRow[role] === rows : rows <= 0 || role === 'segments',
    )
  );
}

function isText(value: unknown, form: RegExp): boolean {
  return typeof value === 'string' && form.test(value);
}

function isWhole(value: unknown, minimum: number, maximum: number): boolean {
  return Number.isInteger(value) && isWithin(value, minimum, maximum);
}

function isWithin(value: unknown, minimum: number, maximum: number): boolean {
  return typeof value === 'number' && value >= minimum && value <= maximum;
}
