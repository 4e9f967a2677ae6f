/**
 * @module
 * `compact`: the compact kind beside int8, on the same factors: bytes on the wire, overlap of the
 * top 50 with exact float32, and the time of one list. In Node: nothing here needs a page, and the
 * kernels are the plain SIMD build.
 *
 * Factors are real rows of the demo's model, drawn with replacement and moved by four other real
 * directions, each by a quarter of the row's norm and a normal draw; the norm is kept but for a
 * factor e^N(0, 0.1²). So spectrum and norms stay those of a trained model. `equal` then gives every
 * item one norm.
 */
import { readFile } from 'node:fs/promises';
import { brotliCompressSync, constants } from 'node:zlib';
import { compileKernels } from '../scripts/buildKernels.ts';
import { chooseQuantization } from '../src/model/artifact/chooseQuantization.ts';
import { decodeModel, factorStride } from '../src/model/artifact/decode.ts';
import { encodeModel, type EncodedModel } from '../src/model/artifact/encode.ts';
import { QUANTIZATION_KINDS } from '../src/model/artifact/manifest.ts';
import { parseManifest } from '../src/model/artifact/parseManifest.ts';
import { queryCount, sampleVisitors } from '../src/model/artifact/sampleVisitors.ts';
import { readRow } from '../src/model/readRow.ts';
import { createRetrieval } from '../src/model/retrieval/createRetrieval.ts';
import type { KernelsByKind } from '../src/model/retrieval/memory.ts';
import type { Norms } from './catalogue.ts';
import { nearlyNormal, seededRandom } from '../src/model/training/seededRandom.ts';
import { summarise } from './statistics.ts';
import type { Benchmark } from './types.ts';

const SOURCE = 'demo/model';
const SEED = 31;
const K = 50;
const ROUNDS = 60;
const NEIGHBOURS = 4;
const CASES: readonly [items: number, norms: Norms][] = [
  [100_000, 'real'],
  [100_000, 'equal'],
  [1_000_000, 'real'],
];

export const compact: Benchmark = {
  name: 'compact',
  async run({ note, maxItems }) {
    const rows = [];
    const wasm = await compileKernels();
    const source = await openSource();
    const { dim } = source.factors;
    for (const [items, norms] of CASES.filter(([items]) => items <= maxItems)) {
      note(`compact: ${items} items, ${norms} norms`);
      const parts = { ...source.parts, ...grow(source, items, norms), dim };
      const queries = sampleVisitors(source.parts, source.parts, queryCount(items));
      for (const kind of QUANTIZATION_KINDS) {
        const { quantized, recall } = await chooseQuantization(parts, kind, 0.95, queries, wasm);
        const counts = new Array<number>(items).fill(0);
        const statistics = { popularity: counts, trending: counts };
        const encoded = await encodeModel({ ...parts, statistics }, quantized);
        const ms = await timed(encoded, queries, wasm);
        rows.push({ items, norms, kind, bytes: wireBytes(encoded) / items, recall, ...ms });
      }
    }
    return {
      title: `The two kinds of model, d = ${dim}, top ${K}; brotli bytes of factors and codebooks.`,
      header: ['items', 'norms', 'kind', 'bytes an item', 'overlap', 'median ms', '95 %'],
      rows: rows.map((row) => [
        row.items.toLocaleString('en-GB'),
        row.norms,
        row.kind,
        row.bytes.toFixed(1),
        (row.recall?.overlap ?? NaN).toFixed(3),
        row.medianMs.toFixed(3),
        row.percentile95Ms.toFixed(3),
      ]),
      data: rows,
    };
  },
};

async function openSource() {
  const manifest = parseManifest(await readFile(`${SOURCE}/manifest.json`, 'utf8'));
  const target = new Int8Array(manifest.items * factorStride(manifest.dim));
  const read = async ({ name }: { name: string }) =>
    new Uint8Array(await readFile(`${SOURCE}/${name}`));
  const { factors, ids, prior } = await decodeModel(manifest, read, target);
  const { dim } = factors;
  const values = new Float32Array(factors.rows * dim);
  const row64 = new Float64Array(dim);
  for (let row = 0; row < factors.rows; row++) values.set(readRow(factors, row, row64), row * dim);
  const { objective, halfLifeDays, trendingDays, createdAt } = manifest;
  const constants = { objective, halfLifeDays, trendingDays, createdAt, catalogue: {} };
  return { factors, parts: { ids, dim, factors: values, prior, ...constants } };
}

function grow({ parts }: Awaited<ReturnType<typeof openSource>>, items: number, norms: Norms) {
  const { dim, factors: real } = parts;
  const random = seededRandom(SEED);
  const lengths = Float64Array.from({ length: real.length / dim }, (_, row) =>
    Math.hypot(...real.subarray(row * dim, (row + 1) * dim)),
  );
  const draw = () => Math.floor(random() * lengths.length);
  const factors = new Float32Array(items * dim);
  for (let item = 0; item < items; item++) {
    const from = draw();
    const norm = lengths[from] || 1e-6;
    const moved = Float64Array.from(real.subarray(from * dim, (from + 1) * dim));
    for (let neighbour = 0; neighbour < NEIGHBOURS; neighbour++) {
      const other = draw();
      const step = (nearlyNormal(random) * norm) / NEIGHBOURS / (lengths[other] || 1);
      for (let f = 0; f < dim; f++) moved[f] += step * real[other * dim + f];
    }
    const wanted = norms === 'equal' ? 1 : norm * Math.exp(0.1 * nearlyNormal(random));
    const factor = wanted / (Math.hypot(...moved) || 1);
    for (let f = 0; f < dim; f++) factors[item * dim + f] = factor * moved[f];
  }
  return { factors, ids: Array.from({ length: items }, (_, item) => `item-${item}`) };
}

function wireBytes({ files }: EncodedModel): number {
  const params = { [constants.BROTLI_PARAM_LGWIN]: 24 };
  return files
    .filter(({ name }) => /^(factors|codebooks)-/.test(name))
    .reduce((sum, { bytes }) => sum + brotliCompressSync(bytes, { params }).length, 0);
}

async function timed(
  { manifest, files }: EncodedModel,
  queries: readonly Float64Array[],
  wasm: KernelsByKind,
) {
  const { items: rows, dim, blockRows, quantization } = manifest;
  const shape = { rows, dim, blockRows, stride: factorStride(dim), kind: quantization.kind };
  const memory = await createRetrieval(wasm[quantization.kind], shape);
  const bytesOf = new Map(files.map(({ name, bytes }) => [name, bytes]));
  const read = ({ name }: { name: string }) =>
    Promise.resolve(bytesOf.get(name) ?? new Uint8Array());
  const engine = await memory.open(await decodeModel(manifest, read, memory.target));
  const timesMs: number[] = [];
  for (let round = -10; round < ROUNDS; round++) {
    const vector = queries[(round + 10) % queries.length];
    const started = performance.now();
    engine.topK({ vector, k: K, mask: null, measure: 'inner-product' });
    if (round >= 0) timesMs.push(performance.now() - started);
  }
  return summarise(timesMs);
}
