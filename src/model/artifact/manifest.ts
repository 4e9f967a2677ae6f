/**
 * @module
 * manifest.json: the one small file of a model that is revalidated. It names every other file by
 * content hash, so that those never change, and carries the constants that folding-in needs.
 */
import type { Blend } from '../blend.ts';
import type { Objective } from '../objective.ts';

export const MODEL_FORMAT = 'sotto-model';
export const MODEL_FORMAT_VERSION = 1;

/** Bounds that keep a hostile manifest from asking for more memory than a model can need. */
export const MAX_ITEMS = 16_777_216;
export const MAX_DIM = 512;
/** Of a signal in the blend, either way. */
export const MAX_WEIGHT = 1e6;
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
 * - `neighbours`: of a model that has them; see `encodeNeighbours.ts`.
 * - `gram`: float64 little-endian, upper triangle of YᵀY by rows: d(d+1)/2 values.
 * - `segments`: of a model that has them; see `segmentsFile.ts`.
 * - `prior`: float64 little-endian, m: d values.
 */
export type FileRole =
  | 'factors'
  | 'codebooks'
  | 'ids'
  | 'items'
  | 'statistics'
  | 'neighbours'
  | 'gram'
  | 'prior'
  | 'segments';

/** Roles whose files hold a row for each item; a model may be without neighbours. */
export const ITEM_ROLES: readonly FileRole[] = [
  'factors',
  'ids',
  'items',
  'statistics',
  'neighbours',
];

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

/** Counts over the training events, one number an item. What may be absent needs times. */
export interface StatisticsColumns {
  /** Distinct users, all time. */
  popularity: number[];
  /** Distinct users in the last `trendingDays` before the newest event. */
  trending: number[];
  /** 1 for an item that nobody had: its factors are predicted from its metadata. Absent: none is. */
  predicted?: number[];
  /** Distinct users in the last 10 days, and in the last 30. */
  recent10?: number[];
  recent30?: number[];
  /** Days from the item's first event to the newest of all. */
  ageDays?: number[];
  /**
   * `month1` … `month12`: users a month in that month of the year, averaged over the years that the
   * events cover. All twelve, or none.
   */
  [month: `month${number}`]: number[];
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
  /** N of the objective, where some of the items have predicted factors. Default: `items`. */
  trainedItems?: number;
  dim: number;
  objective: Objective;
  /** Days until an event counts half. null: events keep their weight. */
  halfLifeDays: number | null;
  /** Length of the `trending` window, days. */
  trendingDays: number;
  /** ISO 8601, UTC: the newest event that `statistics` counts. Absent: the events have no times. */
  countedAt?: string;
  quantization: Quantization;
  /** A weight of `neighbours` is its level, squared, times this. */
  neighbours?: { scale: number };
  /** How signals become a score. Absent: similarity and trend alone. */
  blend?: Blend;
  /** Rows per block of `blockNorms`. */
  blockRows: number;
  files: FileEntry[];
  /** Where the data comes from and under which licence; shown by `inspect`. */
  attribution?: string;
  training?: TrainingSummary;
}

/** The files of one role, in order of their first row. */
export function filesOf(manifest: Manifest, role: FileRole): FileEntry[] {
  return manifest.files
    .filter((file) => file.role === role)
    .sort((left, right) => left.firstRow - right.firstRow);
}

/** N of the objective: the items that a visitor could have chosen when the factors were trained. */
export function itemsTrained({ items, wholeItems = items, trainedItems }: Manifest): number {
  return trainedItems ?? wholeItems;
}
