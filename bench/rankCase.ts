/**
 * @module
 * One case of the `rank` benchmark: a grown catalogue, quantised as `sotto pack` would, and the
 * visitors that ask it. What the page needs of it is written as plain binary files.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BLOCK_ROWS } from '../src/model/artifact/encode.ts';
import { quantizeFactors } from '../src/model/artifact/quantize.ts';
import type { ItemFactors } from '../src/model/model.ts';
import { gramOf } from '../src/model/training/gram.ts';
import { growCatalogue, type CatalogueShape } from './catalogue.ts';
import { visitorEmbeddings } from './visitors.ts';

export interface RankCase {
  dim: number;
  factors: ItemFactors;
  /** As they were before they were quantised: N × d, rows in the order of `factors`. */
  floats: Float32Array;
  /** Embeddings of visitors. */
  queries: Float64Array[];
}

/** What the page reads beside the files: `factors.bin` (int8), `floats.bin` (float32). */
export type CaseShape = Omit<ItemFactors, 'values' | 'blockNorms'> & { blockNorms: number[] };

const VISITORS = 32;

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
  return { dim, factors, floats, queries };
}

/** Writes `shape.json`, `factors.bin` and `floats.bin` into `folder`. */
export async function writeRankCase(folder: string, { factors, floats }: RankCase): Promise<void> {
  const { values, blockNorms, ...rest } = factors;
  const shape: CaseShape = { ...rest, blockNorms: Array.from(blockNorms) };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'shape.json'), JSON.stringify(shape));
  await writeFile(join(folder, 'factors.bin'), values);
  await writeFile(join(folder, 'floats.bin'), floats);
}
