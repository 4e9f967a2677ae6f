/**
 * @module
 * A model as the files of its artifact: pure, from arrays to bytes with their names and hashes.
 * Equal parts give equal files and an equal `modelId`, whenever and wherever they are encoded.
 */
import { requireInteger, SottoError } from '../../errors.ts';
import type { Blend } from '../blend.ts';
import type { Catalogue, ItemNeighbours } from '../model.ts';
import type { Objective } from '../objective.ts';
import { gramOf } from '../training/gram.ts';
import type { TrainedSegments } from '../training/segmentsOf.ts';
import {
  MAX_DIM,
  MAX_ITEMS,
  MODEL_FORMAT,
  MODEL_FORMAT_VERSION,
  type FileEntry,
  type FileRole,
  type Manifest,
  type MeasuredRecall,
  type StatisticsColumns,
  type TrainingSummary,
} from './manifest.ts';
import { encodeCodebooks } from './codebooks.ts';
import { encodeNeighbours, quantizeNeighbours } from './encodeNeighbours.ts';
import { encodeSegments } from './segmentsFile.ts';
import { toPlanes } from './planes.ts';
import { quantizeFactors, type QuantizedFactors } from './quantize.ts';
import { shardBounds } from './shards.ts';

export const BLOCK_ROWS = 256;

/** All that a model is made of. By item, in any one order. */
export interface ModelParts {
  ids: readonly string[];
  dim: number;
  /** N × d, row-major. */
  factors: Float32Array;
  /** m, length d. */
  prior: Float64Array;
  objective: Objective;
  /** null: events keep their weight. */
  halfLifeDays: number | null;
  trendingDays: number;
  statistics: StatisticsColumns;
  /** Absent: none are published. */
  neighbours?: ItemNeighbours;
  /** Absent: similarity and trend alone. */
  blend?: Blend;
  catalogue: Catalogue;
  /** Absent: none are published. */
  segments?: TrainedSegments | null;
  /** The items that were trained on, which come first; the rest have predicted factors. Default all. */
  trainedItems?: number;
  /** ISO 8601, UTC. */
  createdAt: string;
  attribution?: string;
  training?: TrainingSummary;
}

export interface EncodedFile {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface EncodedModel {
  manifest: Manifest;
  /** Every file that the manifest names, once each; manifest.json itself is not among them. */
  files: EncodedFile[];
  /** See QuantizedFactors. */
  relativeError: number;
}

/**
 * @param given - the quantised `parts.factors`, with BLOCK_ROWS. Absent: int8.
 * @param recall - what was measured of it, for the manifest.
 * @throws {SottoError} `invalid-argument` when lengths disagree or an id comes twice; `not-finite`.
 */
export async function encodeModel(
  parts: ModelParts,
  given?: QuantizedFactors,
  recall?: MeasuredRecall,
): Promise<EncodedModel> {
  const { ids, dim } = parts;
  const rows = requireInteger('items', ids.length, 0, MAX_ITEMS);
  requireInteger('dim', dim, 1, MAX_DIM);
  requireLengths(parts);
  const quantized = given ?? quantizeFactors(parts.factors, ids, dim, BLOCK_ROWS);
  const { codebooks } = quantized;
  const neighbours = parts.neighbours && quantizeNeighbours(parts.neighbours, quantized.order);

  const entries: FileEntry[] = [];
  const files = new Map<string, EncodedFile>();
  const add = async (
    role: FileRole,
    bytes: Uint8Array<ArrayBuffer>,
    [firstRow, fileRows]: [number, number],
    blockNorms?: number[],
  ): Promise<void> => {
    const sha256 = await sha256Hex(bytes);
    const extension = JSON_ROLES.has(role) ? 'json' : 'bin';
    const name = `${role}-${sha256.slice(0, 16)}.${extension}`;
    files.set(name, { name, bytes });
    entries.push({
      role,
      name,
      bytes: bytes.length,
      sha256,
      rows: fileRows,
      firstRow,
      ...(blockNorms ? { blockNorms } : {}),
    });
  };

  for (const [first, end] of shardBounds(rows)) {
    const span: [number, number] = [first, end - first];
    const order = quantized.order.subarray(first, end);
    const column = <T>(values: readonly T[]): T[] => Array.from(order, (from) => values[from]);
    const columns = (all: Readonly<Record<string, readonly unknown[]>>) =>
      jsonBytes(Object.fromEntries(Object.entries(all).map(([name, one]) => [name, column(one)])));
    const shardRows = quantized.values.slice(first * dim, end * dim);
    const shard = codebooks ? toPlanes(shardRows, dim) : shardRows;
    const norms = quantized.blockNorms.slice(first / BLOCK_ROWS, Math.ceil(end / BLOCK_ROWS));
    await add('factors', new Uint8Array(shard.buffer), span, norms);
    await add('ids', jsonBytes(column(ids)), span);
    await add('statistics', columns({ ...parts.statistics }), span);
    await add('items', columns(parts.catalogue), span);
    if (neighbours) await add('neighbours', encodeNeighbours(neighbours, first, end), span);
  }
  if (codebooks) await add('codebooks', encodeCodebooks(codebooks), [0, 1]);
  // Nobody could have chosen the others: they are not among what a visitor passed over.
  const trainedItems = parts.trainedItems ?? rows;
  const gram = gramOf(parts.factors, trainedItems, dim);
  await add('gram', float64Bytes(upperTriangle(gram, dim)), [0, dim]);
  if (parts.segments) {
    const rowOf = new Int32Array(rows);
    for (const [row, item] of quantized.order.entries()) rowOf[item] = row;
    await add('segments', jsonBytes(encodeSegments(parts.segments, rowOf)), [0, 1]);
  }
  await add('prior', float64Bytes(parts.prior), [0, 1]);

  const hashes = entries.map((entry) => `${entry.role} ${entry.firstRow} ${entry.sha256}`);
  const modelId = await sha256Hex(new TextEncoder().encode(hashes.join('\n')));
  const manifest: Manifest = {
    format: MODEL_FORMAT,
    formatVersion: MODEL_FORMAT_VERSION,
    modelId: modelId.slice(0, 16),
    createdAt: parts.createdAt,
    items: rows,
    ...(trainedItems === rows ? {} : { trainedItems }),
    dim,
    objective: parts.objective,
    halfLifeDays: parts.halfLifeDays,
    trendingDays: parts.trendingDays,
    quantization: {
      kind: codebooks ? 'pq4' : 'int8',
      scale: quantized.scale,
      ...(recall ? { recall } : {}),
    },
    ...(neighbours ? { neighbours: { scale: neighbours.scale } } : {}),
    ...(parts.blend ? { blend: parts.blend } : {}),
    blockRows: BLOCK_ROWS,
    files: entries,
    ...(parts.attribution === undefined ? {} : { attribution: parts.attribution }),
    ...(parts.training === undefined ? {} : { training: parts.training }),
  };
  return { manifest, files: [...files.values()], relativeError: quantized.relativeError };
}

const JSON_ROLES: ReadonlySet<FileRole> = new Set<FileRole>([
  'ids',
  'items',
  'statistics',
  'segments',
]);

function requireLengths(parts: ModelParts): void {
  const { ids, dim } = parts;
  const lengths: [name: string, actual: number, expected: number][] = [
    ['factors', parts.factors.length, ids.length * dim],
    ['prior', parts.prior.length, dim],
    ...Object.entries(parts.statistics).map(([name, column]): [string, number, number] => [
      `statistics.${name}`,
      (column as readonly number[]).length,
      ids.length,
    ]),
    ...(parts.neighbours
      ? [['neighbours', parts.neighbours.starts.length - 1, ids.length] as [string, number, number]]
      : []),
    ...Object.entries(parts.catalogue).map(([name, column]): [string, number, number] => [
      name,
      column.length,
      ids.length,
    ]),
  ];
  for (const [name, actual, expected] of lengths) {
    if (actual !== expected) {
      throw new SottoError(
        'invalid-argument',
        `${name} must hold ${expected} values but holds ${actual}`,
      );
    }
  }
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) {
      throw new SottoError('invalid-argument', `ids must be distinct but ${id} comes twice`);
    }
    seen.add(id);
  }
  for (const value of parts.prior) {
    if (!Number.isFinite(value)) {
      throw new SottoError('not-finite', `prior must be finite but holds ${value}`);
    }
  }
}

function upperTriangle(matrix: Float64Array, dim: number): Float64Array {
  const triangle = new Float64Array((dim * (dim + 1)) / 2);
  let place = 0;
  for (let row = 0; row < dim; row++) {
    for (let column = row; column < dim; column++) triangle[place++] = matrix[row * dim + column];
  }
  return triangle;
}

/** Little-endian whatever the machine is. */
function float64Bytes(values: Float64Array): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(values.length * 8));
  for (const [index, value] of values.entries()) view.setFloat64(index * 8, value, true);
  return new Uint8Array(view.buffer);
}

function jsonBytes(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value));
}

async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
