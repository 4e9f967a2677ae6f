/**
 * @module
 * One case of the `rank` benchmark: a grown catalogue, quantised as `sotto pack` would, to either
 * kind, and the visitors that ask it. What the page needs of it is written as plain binary files.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BLOCK_ROWS } from '../src/model/artifact/encode.ts';
import { quantizeFactors } from '../src/model/artifact/quantize.ts';
import type { ItemFactors } from '../src/model/model.ts';
import { gramOf } from '../src/model/training/gram.ts';
import { growCatalogue, type CatalogueShape } from './catalogue.ts';
import { makeCompactCase, type CompactCase } from './compactCase.ts';
import { visitorEmbeddings } from './visitors.ts';

export interface RankCase {
  dim: number;
  factors: ItemFactors;
  /** As they were before they were quantised: N × d, rows in the order of `factors`. */
  floats: Float32Array;
  /** Embeddings of visitors. */
  queries: Float64Array[];
  /** null: the catalogue is too small for one to be of use. */
  compact: CompactCase | null;
}

/** What the page reads beside the files: `factors.bin` (int8), `floats.bin` (float32). */
export type CaseShape = Omit<ItemFactors, 'values' | 'blockNorms' | 'basis'> & {
  blockNorms: number[];
  /** null where there is no compact model; else beside `compact.bin` (int8). */
  compact: { scale: number; blockNorms: number[]; basis: number[]; centroids: number[] } | null;
};

const VISITORS = 32;
const COMPACT_FROM = 100_000;

export async function growRankCase(shape: CatalogueShape): Promise<RankCase> {
  const { manifest, factors: grown, prior } = await growCatalogue(shape);
  const { dim, objective } = manifest;
  if (dim % 16 !== 0) throw new Error(`dim must be a multiple of 16 here but is ${dim}`);
  const names = Array.from({ length: shape.items }, (_, item) => `item-${item}`);
  const quantized = quantizeFactors(grown, names, dim, BLOCK_ROWS);
  const floats = new Float32Array(grown.length);
  for (const [row, from] of quantized.order.entries()) {
    floats.set(grown.subarray(from * dim, (from + 1) * dim), row * dim);
  }
  const factors: ItemFactors = {
    rows: shape.items,
    dim,
    stride: dim,
    values: quantized.values,
    scale: quantized.scale,
    basis: null,
    blockRows: BLOCK_ROWS,
    blockNorms: Float64Array.from(quantized.blockNorms),
  };
  const gram = gramOf(grown, shape.items, dim);
  const queries = visitorEmbeddings({ factors, gram, prior, objective }, VISITORS);
  const compact =
    shape.items >= COMPACT_FROM
      ? await makeCompactCase(floats, factors, { prior, objective })
      : null;
  return { dim, factors, floats, queries, compact };
}

/** Writes `shape.json`, `factors.bin`, `floats.bin` and the compact model's files into `folder`. */
export async function writeRankCase(
  folder: string,
  { factors, floats, compact }: RankCase,
): Promise<void> {
  const { values, blockNorms, rows, dim, stride, scale, blockRows } = factors;
  const shape: CaseShape = {
    ...{ rows, dim, stride, scale, blockRows },
    blockNorms: Array.from(blockNorms),
    compact: compact && {
      scale: compact.factors.scale,
      blockNorms: Array.from(compact.factors.blockNorms),
      basis: Array.from(compact.factors.basis ?? []),
      centroids: Array.from(compact.centroids),
    },
  };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'shape.json'), JSON.stringify(shape));
  await writeFile(join(folder, 'factors.bin'), values);
  await writeFile(join(folder, 'floats.bin'), floats);
  if (!compact) return;
  await writeFile(join(folder, 'compact.bin'), compact.factors.values);
  await writeFile(join(folder, 'order.bin'), compact.order);
}
