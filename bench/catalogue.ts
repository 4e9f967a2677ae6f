/**
 * @module
 * Large catalogues that rank as a real one does: models of any number of items, grown from the
 * demo's trained model.
 *
 * Every item is a real row, drawn with replacement; its direction is turned by Gaussian noise of
 * half its length and its norm multiplied by e^N(0, 0.1²). So norms keep the heavy tail of the
 * real model and directions its clusters, while no two items are equal. `equal` then gives every
 * item the same norm: the case in which no block of rows can be passed over.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeModel } from '../src/model/artifact/encode.ts';
import { filesOf, type Manifest } from '../src/model/artifact/manifest.ts';
import { MONTH_NAMES } from '../src/model/artifact/decodeStatistics.ts';
import { parseManifest } from '../src/model/artifact/parseManifest.ts';
import { nearlyNormal, seededRandom } from '../src/model/training/seededRandom.ts';

export type Norms = 'real' | 'equal';

export interface CatalogueShape {
  items: number;
  norms: Norms;
}

const TURN = 0.5;
const NORM_SPREAD = 0.1;
const SEED = 20_091_201;

/** Writes the model into `folder`. */
export async function writeCatalogue(
  folder: string,
  { items, norms, ranker = 'plain' }: CatalogueShape & { ranker?: 'plain' | 'learned' },
  source = 'demo/model',
): Promise<void> {
  const random = seededRandom(SEED);
  const { manifest, factors, prior } = await growCatalogue({ items, norms }, source, random);
  const { dim, blend } = manifest;
  if (ranker === 'learned' && !blend) throw new Error(`${source} must have a learned blend`);
  const counts = countsUpTo(1000, items, random);
  const encoded = await encodeModel({
    ids: Array.from({ length: items }, (_, row) => `item-${row}`),
    dim,
    factors,
    prior,
    objective: manifest.objective,
    halfLifeDays: manifest.halfLifeDays,
    trendingDays: manifest.trendingDays,
    statistics: {
      ...{ popularity: counts, trending: counts },
      ...(ranker === 'learned' && datedStatistics(items, random)),
    },
    ...(ranker === 'learned' && blend && { blend }),
    catalogue: { title: Array.from({ length: items }, (_, row) => `Item number ${row}`) },
    createdAt: '2026-01-01T00:00:00.000Z',
  });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(encoded.manifest));
  for (const { name, bytes } of encoded.files) await writeFile(join(folder, name), bytes);
}

function countsUpTo(most: number, items: number, random: () => number): number[] {
  return Array.from({ length: items }, () => Math.floor(most * random() ** 4));
}

/** What a learned blend weighs beside; rates by month have two digits, as those of a trained model. */
function datedStatistics(items: number, random: () => number) {
  const rates = () => countsUpTo(2000, items, random).map((rate) => rate / 100);
  return {
    recent10: countsUpTo(50, items, random),
    recent30: countsUpTo(150, items, random),
    ageDays: countsUpTo(700, items, random),
    ...Object.fromEntries(MONTH_NAMES.map((name) => [name, rates()])),
  };
}

export interface GrownCatalogue {
  /** The model that it was grown from. */
  manifest: Manifest;
  /** items × dim, in no order. */
  factors: Float32Array;
  prior: Float64Array;
}

export async function growCatalogue(
  { items, norms }: CatalogueShape,
  source = 'demo/model',
  random = seededRandom(SEED),
): Promise<GrownCatalogue> {
  const manifest = parseManifest(await readFile(join(source, 'manifest.json'), 'utf8'));
  const shards = await Promise.all(
    filesOf(manifest, 'factors').map(({ name }) => readFile(join(source, name))),
  );
  const units = Int8Array.from(Buffer.concat(shards), (byte) => (byte << 24) >> 24);
  const [prior] = await Promise.all(
    filesOf(manifest, 'prior').map(({ name }) => readFile(join(source, name))),
  );
  const { dim, quantization } = manifest;
  return {
    manifest,
    factors: grow(units, dim, quantization.scale, items, norms, random),
    prior: Float64Array.from({ length: dim }, (_, f) => prior.readDoubleLE(f * 8)),
  };
}

function grow(
  units: Int8Array,
  dim: number,
  scale: number,
  items: number,
  norms: Norms,
  random: () => number,
): Float32Array {
  const realRows = units.length / dim;
  const factors = new Float32Array(items * dim);
  const row = new Float64Array(dim);
  for (let item = 0; item < items; item++) {
    const from = Math.floor(random() * realRows) * dim;
    for (let f = 0; f < dim; f++) row[f] = units[from + f] * scale;
    const norm = Math.hypot(...row) || scale;
    const turn = (TURN * norm) / Math.sqrt(dim);
    for (let f = 0; f < dim; f++) row[f] += turn * nearlyNormal(random);
    const wanted = norms === 'equal' ? 1 : norm * Math.exp(NORM_SPREAD * nearlyNormal(random));
    const factor = wanted / Math.hypot(...row);
    for (let f = 0; f < dim; f++) factors[item * dim + f] = factor * row[f];
  }
  return factors;
}
