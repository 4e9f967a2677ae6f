/**
 * @module
 * manifest.json: the one small file of a model that is revalidated. It names every other file by
 * content hash, so that those never change, and carries the constants that folding-in needs.
 */
import { SottoError, shown } from '../../errors.ts';
import type { Objective } from '../objective.ts';
import { codebooksBytes } from './codebooks.ts';

export const MODEL_FORMAT = 'sotto-model';
export const MODEL_FORMAT_VERSION = 1;

/** Bounds that keep a hostile manifest from asking for more memory than a model can need. */
export const MAX_ITEMS = 16_777_216;
export const MAX_DIM = 512;
/** Of one file of JSON, which is held whole while it is read; shards are far smaller. */
export const MAX_JSON_BYTES = 2 ** 28;

/**
 * What a file holds. Rows of `factors`, `ids`, `items` and `statistics` are in the same order:
 * descending norm.
 *
 * - `factors`: int8, rows × dim, no padding; one file per shard. Row-major; of a compact model
 *   column after column, since what varies little together compresses well.
 * - `codebooks`: of a compact model; float32 little-endian, see `codebooks.ts`.
 * - `ids`: JSON array of strings.
 * - `items`: metadata, columnar JSON: `{ "title": [...], "price": [...] }`, null where missing.
 * - `statistics`: columnar JSON of numbers; see `StatisticsColumns`.
 * - `gram`: float64 little-endian, upper triangle of YᵀY by rows: d(d+1)/2 values.
 * - `prior`: float64 little-endian, m: d values.
 */
export type FileRole = 'factors' | 'codebooks' | 'ids' | 'items' | 'statistics' | 'gram' | 'prior';

export interface FileEntry {
  role: FileRole;
  /** File name in the model's folder: `<role>-<hash>.<extension>`. */
  name: string;
  bytes: number;
  /** Lower-case hex. */
  sha256: string;
  /** Items, or matrix rows, that the file holds. */
  rows: number;
  /** First item row; shards follow one another without a gap. */
  firstRow: number;
  /** `factors` only: the largest Euclidean norm of each block of `blockRows` rows. */
  blockNorms?: number[];
}

/** Counts over the training events, one number an item. */
export interface StatisticsColumns {
  /** Distinct users, all time. */
  popularity: number[];
  /** Distinct users in the last `trendingDays` before the newest event. */
  trending: number[];
}

/** How the factors came to be; for people to read, nothing depends on it. */
export interface TrainingSummary {
  users: number;
  /** Events after cleaning. */
  interactions: number;
  epochs: number;
  seed: number;
}

/**
 * One scale for all: value = int8 × scale.
 *
 * - `int8`: along the axes of the factors; rounded as finely as int8 can.
 * - `pq4`: along the principal axes, which `codebooks` holds, rounded only as finely as the recall
 *   asked for needs; with centroids from which a reader makes 4-bit codes for its first stage.
 */
export interface Quantization {
  kind: QuantizationKind;
  scale: number;
  recall?: MeasuredRecall;
}

export const QUANTIZATION_KINDS = ['int8', 'pq4'] as const;
export type QuantizationKind = (typeof QUANTIZATION_KINDS)[number];

/** How much of the exact float32 list the quantised one holds; for people to read. */
export interface MeasuredRecall {
  /** Length of the lists. */
  at: number;
  /** Lists compared. */
  queries: number;
  /** Mean share in [0, 1]. */
  overlap: number;
}

export interface Manifest {
  format: typeof MODEL_FORMAT;
  formatVersion: typeof MODEL_FORMAT_VERSION;
  /** Changes whenever any file does. */
  modelId: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  items: number;
  /** Of the first shards as a model of their own: the items of all. Never in a file. */
  wholeItems?: number;
  dim: number;
  objective: Objective;
  /** Days until an event counts half. null: events keep their weight. */
  halfLifeDays: number | null;
  /** Length of the `trending` window, days. */
  trendingDays: number;
  quantization: Quantization;
  /** Rows per block of `blockNorms`. */
  blockRows: number;
  files: FileEntry[];
  /** Where the data comes from and under which licence; shown by `inspect`. */
  attribution?: string;
  training?: TrainingSummary;
}

/**
 * @throws {SottoError} `manifest-invalid` when the text is not JSON or a field is missing or out
 * of range; `version-unsupported` for a format or version this build does not read.
 */
export function parseManifest(text: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new SottoError('manifest-invalid', `manifest is not JSON: ${shown(text)}`, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SottoError('manifest-invalid', `manifest must be an object but is ${shown(value)}`);
  }
  const manifest = value as Record<string, unknown>;
  if (manifest['format'] !== MODEL_FORMAT || manifest['formatVersion'] !== MODEL_FORMAT_VERSION) {
    throw new SottoError(
      'version-unsupported',
      `manifest must be ${MODEL_FORMAT} version ${MODEL_FORMAT_VERSION} but is ` +
        `${shown(manifest['format'])} version ${shown(manifest['formatVersion'])}`,
    );
  }
  expectText(manifest, 'modelId');
  expectText(manifest, 'createdAt');
  const items = expectNumber(manifest, 'items', 0, MAX_ITEMS, true);
  const dim = expectNumber(manifest, 'dim', 1, MAX_DIM, true);
  expectObjective(manifest['objective']);
  if (manifest['halfLifeDays'] !== null) expectNumber(manifest, 'halfLifeDays', 1e-6, 1e6);
  expectNumber(manifest, 'trendingDays', 1e-6, 1e6);
  expectNumber(manifest, 'blockRows', 1, MAX_ITEMS, true);
  const kind = expectQuantization(expectObject(manifest, 'quantization'));
  expectFiles(manifest['files'], { items, dim, kind, blockRows: manifest['blockRows'] as number });
  return value as Manifest;
}

/** The files of one role, in order of their first row. */
export function filesOf(manifest: Manifest, role: FileRole): FileEntry[] {
  return manifest.files
    .filter((file) => file.role === role)
    .sort((left, right) => left.firstRow - right.firstRow);
}

function expectQuantization(quantization: Record<string, unknown>): QuantizationKind {
  const kind = quantization['kind'] as QuantizationKind;
  if (!QUANTIZATION_KINDS.includes(kind)) {
    const known = QUANTIZATION_KINDS.map((name) => shown(name)).join(' or ');
    throw new SottoError(
      'version-unsupported',
      `quantization.kind must be ${known} but is ${shown(kind)}`,
    );
  }
  expectNumber(quantization, 'scale', Number.MIN_VALUE, 1e30);
  if (quantization['recall'] !== undefined) {
    const recall = expectObject(quantization, 'recall');
    expectNumber(recall, 'at', 1, MAX_ITEMS, true, 'quantization.recall');
    expectNumber(recall, 'queries', 1, MAX_ITEMS, true, 'quantization.recall');
    expectNumber(recall, 'overlap', 0, 1, false, 'quantization.recall');
  }
  return kind;
}

/** Roles whose files hold a row for each item. */
export const ITEM_ROLES: readonly FileRole[] = ['factors', 'ids', 'items', 'statistics'];
/** One file serves all rows. */
const SINGLE_ROLES: readonly FileRole[] = ['codebooks', 'prior'];
const ROLES: readonly FileRole[] = [...ITEM_ROLES, ...SINGLE_ROLES, 'gram'];

const BINARY_ROLES: readonly FileRole[] = ['factors', 'codebooks', 'gram', 'prior'];

function expectFiles(
  value: unknown,
  {
    items,
    dim,
    kind,
    blockRows,
  }: { items: number; dim: number; kind: QuantizationKind; blockRows: number },
): void {
  if (!Array.isArray(value)) fail('files', 'an array', value);
  const files = value as Record<string, unknown>[];
  const nextRow = new Map<FileRole, number>();
  for (const [index, file] of files.entries()) {
    const place = `files[${index}]`;
    if (typeof file !== 'object' || file === null) fail(place, 'an object', file);
    const role = file['role'] as FileRole;
    if (!ROLES.includes(role)) fail(`${place}.role`, `one of ${ROLES.join(', ')}`, role);
    // A name is one path segment: it must not lead out of the model's folder.
    if (typeof file['name'] !== 'string' || !/^[\w-][\w.-]*$/.test(file['name'])) {
      fail(`${place}.name`, 'a plain file name', file['name']);
    }
    if (typeof file['sha256'] !== 'string' || !/^[0-9a-f]{64}$/.test(file['sha256'])) {
      fail(`${place}.sha256`, '64 hexadecimal digits', file['sha256']);
    }
    const isBinary = BINARY_ROLES.includes(role);
    const bytes = expectNumber(
      file,
      'bytes',
      0,
      isBinary ? MAX_ITEMS * MAX_DIM : MAX_JSON_BYTES,
      true,
      place,
    );
    const rows = expectNumber(file, 'rows', 0, MAX_ITEMS, true, place);
    const firstRow = expectNumber(file, 'firstRow', 0, MAX_ITEMS, true, place);
    const expectedRow = nextRow.get(role) ?? 0;
    if (firstRow !== expectedRow) fail(`${place}.firstRow`, `${expectedRow}`, firstRow);
    nextRow.set(role, firstRow + rows);
    const expectedBytes = binaryBytes(role, rows, dim);
    if (expectedBytes !== null && bytes !== expectedBytes) {
      fail(`${place}.bytes`, `${expectedBytes} for ${rows} rows of ${dim}`, bytes);
    }
    // The shortest id takes `"",`: a manifest cannot name more items than it says it has bytes for.
    if (role === 'ids' && bytes < 3 * rows) fail(`${place}.bytes`, `at least ${3 * rows}`, bytes);
    if (role === 'factors') expectBlockNorms(file, place, rows, blockRows);
  }
  for (const role of ROLES) {
    const rows = nextRow.get(role) ?? (ITEM_ROLES.includes(role) && items === 0 ? 0 : -1);
    if (role === 'codebooks' && kind !== 'pq4') {
      if (rows >= 0) fail('files', `an array without ${role}, since the kind is ${kind}`, role);
      continue;
    }
    const expected = ITEM_ROLES.includes(role) ? items : SINGLE_ROLES.includes(role) ? 1 : dim;
    if (rows !== expected) {
      fail('files', `an array that holds ${expected} rows of ${role}`, Math.max(rows, 0));
    }
  }
}

function binaryBytes(role: FileRole, rows: number, dim: number): number | null {
  if (role === 'factors') return rows * dim;
  if (role === 'codebooks') return codebooksBytes(dim);
  if (role === 'gram') return ((dim * (dim + 1)) / 2) * 8;
  if (role === 'prior') return dim * 8;
  return null;
}

function expectBlockNorms(
  file: Record<string, unknown>,
  place: string,
  rows: number,
  blockRows: number,
): void {
  const norms = file['blockNorms'];
  const blocks = Math.ceil(rows / blockRows);
  if (!Array.isArray(norms) || norms.length !== blocks) {
    fail(`${place}.blockNorms`, `an array of ${blocks} numbers`, norms);
  }
  for (const norm of norms as unknown[]) {
    if (typeof norm !== 'number' || !Number.isFinite(norm) || norm < 0) {
      fail(`${place}.blockNorms`, 'finite numbers of at least 0', norm);
    }
  }
}

function expectObjective(value: unknown): void {
  if (typeof value !== 'object' || value === null) fail('objective', 'an object', value);
  const objective = value as Record<string, unknown>;
  expectNumber(objective, 'lambda', 0, 1e12, false, 'objective');
  switch (objective['convention']) {
    case 'ials':
      expectNumber(objective, 'alpha0', 0, 1e12, false, 'objective');
      expectNumber(objective, 'nu', 0, 10, false, 'objective');
      break;
    case 'implicit':
    case 'spark':
      expectNumber(objective, 'alpha', 0, 1e12, false, 'objective');
      break;
    default:
      fail('objective.convention', 'ials, implicit or spark', objective['convention']);
  }
}

function expectText(from: Record<string, unknown>, name: string): void {
  if (typeof from[name] !== 'string' || from[name] === '') fail(name, 'a text', from[name]);
}

function expectObject(from: Record<string, unknown>, name: string): Record<string, unknown> {
  const value = from[name];
  if (typeof value !== 'object' || value === null) fail(name, 'an object', value);
  return value as Record<string, unknown>;
}

function expectNumber(
  from: Record<string, unknown>,
  name: string,
  minimum: number,
  maximum: number,
  whole = false,
  place?: string,
): number {
  const value = from[name];
  const good =
    typeof value === 'number' &&
    Number.isFinite(value) &&
    value >= minimum &&
    value <= maximum &&
    (!whole || Number.isInteger(value));
  if (!good) {
    fail(
      place ? `${place}.${name}` : name,
      `a ${whole ? 'whole number' : 'number'} in [${minimum}, ${maximum}]`,
      value,
    );
  }
  return value;
}

function fail(name: string, bound: string, value: unknown): never {
  throw new SottoError(
    'manifest-invalid',
    `manifest: ${name} must be ${bound} but is ${shown(value)}`,
  );
}
