/**
 * @module
 * A model as the files of its artifact: pure, from arrays to bytes with their names and hashes.
 * Equal parts give equal files and an equal `modelId`, whenever and wherever they are encoded.
 */
import { gramOf } from '../training/gram.ts';
import {
  MODEL_FORMAT,
  MODEL_FORMAT_VERSION,
  type Manifest,
  type MeasuredRecall,
} from './manifest.ts';
import { encodeCodebooks } from './codebooks.ts';
import {
  encodeNeighbours,
  quantizeNeighbours,
  type QuantizedNeighbours,
} from './encodeNeighbours.ts';
import { createFileSet, type EncodedFile, type FileSet, type RowSpan } from './fileSet.ts';
import { requireParts, type ModelParts } from './modelParts.ts';
import { encodeSegments } from './segmentsFile.ts';
import { toPlanes } from './planes.ts';
import { quantizeFactors, type QuantizedFactors } from './quantize.ts';

import { shardBounds } from './shards.ts';

export const BLOCK_ROWS = 256;

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
  requireParts(parts);
  const quantized = given ?? quantizeFactors(parts.factors, parts.ids, parts.dim, BLOCK_ROWS);
  const neighbours = parts.neighbours && quantizeNeighbours(parts.neighbours, quantized.order);
  const set = createFileSet();
  await addShards(set, parts, quantized, neighbours);
  await addShared(set, parts, quantized);
  const manifest = await describe(set, parts, quantized, neighbours, recall);
  return { manifest, files: set.files(), relativeError: quantized.relativeError };
}

/** What has a row for each item, cut at the same rows. */
async function addShards(
  set: FileSet,
  { ids, dim, statistics, catalogue }: ModelParts,
  { order, values, blockNorms, codebooks }: QuantizedFactors,
  neighbours: QuantizedNeighbours | undefined,
): Promise<void> {
  for (const [first, end] of shardBounds(ids.length)) {
    const span: RowSpan = [first, end - first];
    const rows = order.subarray(first, end);
    const column = <T>(all: readonly T[]): T[] => Array.from(rows, (from) => all[from]);
    const columns = (all: Readonly<Record<string, readonly unknown[]>>) =>
      jsonBytes(Object.fromEntries(Object.entries(all).map(([name, one]) => [name, column(one)])));
    const shardRows = values.slice(first * dim, end * dim);
    const shard = codebooks ? toPlanes(shardRows, dim) : shardRows;
    const norms = blockNorms.slice(first / BLOCK_ROWS, Math.ceil(end / BLOCK_ROWS));
    await set.add('factors', new Uint8Array(shard.buffer), span, norms);
    await set.add('ids', jsonBytes(column(ids)), span);
    await set.add('statistics', columns({ ...statistics }), span);
    await set.add('items', columns(catalogue), span);
    if (neighbours) await set.add('neighbours', encodeNeighbours(neighbours, first, end), span);
  }
}

/** What all rows share. */
async function addShared(
  set: FileSet,
  parts: ModelParts,
  { order, codebooks }: QuantizedFactors,
): Promise<void> {
  const { dim, segments } = parts;
  if (codebooks) await set.add('codebooks', encodeCodebooks(codebooks), [0, 1]);
  const gram = gramOf(parts.factors, itemsTrainedOf(parts), dim);
  await set.add('gram', float64Bytes(upperTriangle(gram, dim)), [0, dim]);
  if (segments) {
    const rowOf = new Int32Array(order.length);
    for (const [row, item] of order.entries()) rowOf[item] = row;
    await set.add('segments', jsonBytes(encodeSegments(segments, rowOf)), [0, 1]);
  }
  await set.add('prior', float64Bytes(parts.prior), [0, 1]);
}

/** Nobody could have chosen the others: they are not among what a visitor passed over. */
function itemsTrainedOf({ trainedItems, ids }: ModelParts): number {
  return trainedItems ?? ids.length;
}

async function describe(
  set: FileSet,
  parts: ModelParts,
  { codebooks, scale }: QuantizedFactors,
  neighbours: QuantizedNeighbours | undefined,
  recall: MeasuredRecall | undefined,
): Promise<Manifest> {
  const items = parts.ids.length;
  const trainedItems = itemsTrainedOf(parts);
  return {
    format: MODEL_FORMAT,
    formatVersion: MODEL_FORMAT_VERSION,
    modelId: await set.modelId(),
    createdAt: parts.createdAt,
    items,
    ...(trainedItems === items ? {} : { trainedItems }),
    dim: parts.dim,
    objective: parts.objective,
    halfLifeDays: parts.halfLifeDays,
    trendingDays: parts.trendingDays,
    ...(parts.countedAt === undefined ? {} : { countedAt: parts.countedAt }),
    quantization: { kind: codebooks ? 'pq4' : 'int8', scale, ...(recall ? { recall } : {}) },
    ...(neighbours ? { neighbours: { scale: neighbours.scale } } : {}),
    ...(parts.blend ? { blend: parts.blend } : {}),
    blockRows: BLOCK_ROWS,
    files: set.entries,
    ...(parts.attribution === undefined ? {} : { attribution: parts.attribution }),
    ...(parts.training === undefined ? {} : { training: parts.training }),
  };
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
