import { beforeAll, expect, it } from 'vitest';
import { atOnce } from '../steps.ts';
import { readKernels } from '../../../scripts/buildKernels.ts';
import { SottoError } from '../../errors.ts';
import type { PreferenceRecord } from '../../events.ts';
import { createEngine } from '../engine.ts';
import { createRankingKernel } from '../kernels/rankingKernel.ts';
import { createAlsLearner } from '../learners/als.ts';
import type { ItemNeighbours, Model } from '../model.ts';
import { createRanker } from '../rankers/createRanker.ts';
import { createReferenceRetrieval } from '../retrieval/reference.ts';
import type { RetrievalEngine } from '../retrieval/types.ts';
import { createWasmRetrieval } from '../retrieval/wasm.ts';
import { defaultBlend } from '../training/blend/defaultBlend.ts';
import { seededRandom } from '../training/seededRandom.ts';
import { decodeModel, factorStride } from './decode.ts';
import { createNeighboursDecoder } from './decodeNeighbours.ts';
import { encodeModel } from './encode.ts';
import { encodeNeighbours } from './encodeNeighbours.ts';
import { firstShards } from './firstShards.ts';
import { sha256, verifyFile } from './integrity.ts';
import { filesOf, type FileEntry, type Manifest } from './manifest.ts';
import { parseManifest } from './parseManifest.ts';
import { mutate, type Published } from './mutate.case.ts';

const CASES = 10_000;
const SEED = 20_260_101;
const NOW = 1e12;
/** Of what a model may take beside its factors. */
const OVERHEAD_BYTES = 2 ** 20;

let bases: Published[];
let module: WebAssembly.Module;

beforeAll(async () => {
  module = await WebAssembly.compile(await readKernels());
  bases = await Promise.all([base(600, 8), base(257, 16), base(40, 5), base(1, 1), base(0, 3)]);
});

/** A small model, its rows cut into shards of one block. */
async function base(rows: number, dim: number): Promise<Published> {
  const random = seededRandom(rows);
  const { manifest, files } = await encodeModel({
    ids: Array.from({ length: rows }, (_, row) => `i${row}`),
    dim,
    factors: Float32Array.from({ length: rows * dim }, () => (random() - 0.5) * random() ** 2),
    prior: Float64Array.from({ length: dim }, () => random() / 10),
    objective: { convention: 'ials', alpha0: 0.3, lambda: 0.01, nu: 1 },
    halfLifeDays: 90,
    trendingDays: 60,
    statistics: {
      popularity: Array.from({ length: rows }, () => Math.floor(random() * 50)),
      trending: Array.from({ length: rows }, () => Math.floor(random() * 9)),
    },
    ...(rows % 2 === 0 ? { neighbours: someNeighbours(rows, random), blend: defaultBlend() } : {}),
    catalogue: { title: Array.from({ length: rows }, (_, row) => `T${row}`) },
    createdAt: '2026-01-01T00:00:00.000Z',
  });
  const bytesOf = new Map(files.map(({ name, bytes }) => [name, bytes]));
  const cut: FileEntry[] = [];
  const out = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const file of manifest.files) {
    const bytes = bytesOf.get(file.name) ?? new Uint8Array();
    const isOfRows = file.rows === rows && !['gram', 'prior'].includes(file.role);
    const step = isOfRows ? manifest.blockRows : Infinity;
    for (let first = 0; first < file.rows; first += step) {
      const end = Math.min(file.rows, first + step);
      const part = isOfRows ? partOf(file, bytes, first, end, dim) : bytes;
      const hash = await sha256(part);
      const extension = file.name.split('.').pop() ?? '';
      const name = `${file.role}-${first}-${hash.slice(0, 8)}.${extension}`;
      out.set(name, part);
      const norms = file.blockNorms?.slice(
        first / manifest.blockRows,
        Math.ceil(end / manifest.blockRows),
      );
      cut.push({
        ...file,
        name,
        bytes: part.length,
        sha256: hash,
        firstRow: first,
        rows: end - first,
        ...(norms ? { blockNorms: norms } : {}),
      });
    }
  }
  return { manifest: JSON.stringify({ ...manifest, files: cut }), files: out };
}

/** Each row speaks for the next ones. */
function someNeighbours(rows: number, random: () => number): ItemNeighbours {
  const starts = new Uint32Array(rows + 1);
  const found: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let other = row + 1; other < Math.min(rows, row + 1 + 5 * random()); other++) {
      found.push(other);
    }
    starts[row + 1] = found.length;
  }
  return {
    starts,
    rows: Int32Array.from(found),
    weights: Float32Array.from(found, () => 0.01 + random()),
  };
}

function partOf(
  file: FileEntry,
  bytes: Uint8Array<ArrayBuffer>,
  first: number,
  end: number,
  dim: number,
): Uint8Array<ArrayBuffer> {
  const { role } = file;
  if (role === 'factors') return bytes.slice(first * dim, end * dim);
  if (role === 'neighbours') {
    const whole = { items: file.rows, neighbours: { scale: 1 } } as Manifest;
    const decoder = createNeighboursDecoder(whole);
    decoder.add(file, bytes);
    const { starts, rows, weights } = atOnce(decoder.finish()) as ItemNeighbours;
    const levels = Uint8Array.from(weights, Math.sqrt);
    return encodeNeighbours({ starts, rows, levels, scale: 1 }, first, end);
  }
  const whole = JSON.parse(new TextDecoder().decode(bytes)) as
    unknown[] | Record<string, unknown[]>;
  const cutColumns = (columns: Record<string, unknown[]>) =>
    Object.fromEntries(Object.entries(columns).map(([name, one]) => [name, one.slice(first, end)]));
  const part = Array.isArray(whole) ? whole.slice(first, end) : cutColumns(whole);
  return new TextEncoder().encode(JSON.stringify(part));
}

/** Whatever it is made of, decoding takes no more than the manifest says it needs. */
function allocate(manifest: Manifest): Int8Array {
  const stated = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
  const wanted = manifest.items * factorStride(manifest.dim);
  expect(wanted).toBeLessThanOrEqual(stated * (factorStride(manifest.dim) / manifest.dim));
  expect(stated).toBeLessThan(OVERHEAD_BYTES);
  return new Int8Array(wanted);
}

async function decode(manifest: Manifest, { files }: Published): Promise<Model> {
  return decodeModel(
    manifest,
    async (file) => {
      const bytes = files.get(file.name);
      if (!bytes) throw new SottoError('file-missing', `${file.name} is not there`);
      await verifyFile(file, bytes);
      return bytes;
    },
    allocate(manifest),
  );
}

/** Both engines, so that a bound that is wrong shows as a difference. */
async function expectRightLists(model: Model): Promise<void> {
  const reference = createReferenceRetrieval(model.factors);
  const engines: RetrievalEngine[] = [reference];
  if (model.factors.blockRows % 4 === 0) {
    const kernel = await createRankingKernel(module, model.factors);
    kernel.factors.set(model.factors.values);
    engines.push(createWasmRetrieval(kernel, { ...model.factors, values: kernel.factors }));
  }
  const lists = [];
  const found = [];
  for (const retrieval of engines) {
    const engine = createEngine(model, {
      learner: createAlsLearner(),
      retrieval,
      ranker: createRanker(model),
      halfLifeDays: model.manifest.halfLifeDays,
      random: () => 0.5,
    });
    const visitor = await engine.learn(records(model), NOW);
    const rules = { count: 7, exclude: [], filter: null, diversity: 0, explore: 0 };
    const list = await engine.recommend(visitor, rules);
    expect(list.length).toBe(Math.min(7, model.factors.rows));
    for (const { row, score } of list) {
      expect(Number.isFinite(score)).toBe(true);
      expect(row).toBeLessThan(model.factors.rows);
    }
    lists.push(list);
    // Short enough, and turned away from the strongest rows, for blocks to be passed over.
    const vector = visitor.embedding.map((value) => -value);
    for (const k of model.factors.rows > 0 ? [1, 3] : []) {
      found.push(retrieval.topK({ vector, k, mask: null, measure: 'inner-product' }));
      found.push(
        retrieval.topK({ vector: visitor.embedding, k, mask: null, measure: 'inner-product' }),
      );
    }
  }
  if (engines.length > 1) {
    expect(lists[1]).toEqual(lists[0]);
    expect(found.slice(found.length / 2)).toEqual(found.slice(0, found.length / 2));
  }
}

/** A visitor who has chosen the first item and the last. */
function records({ ids }: Model): PreferenceRecord[] {
  return [ids[0], ids[ids.length - 1]]
    .filter((itemId) => itemId !== undefined)
    .map((itemId) => ({
      itemId,
      positive: { weight: 2, timestamp: NOW - 1000 },
      negative: null,
      events: 1,
      impressions: 0,
      lastTimestamp: NOW - 1000,
      hidden: false,
      retired: null,
    }));
}

it('gives right lists for every base, whole and from the first shards', async () => {
  for (const published of bases) {
    const manifest = parseManifest(published.manifest);
    const first = firstShards(manifest);
    expect(first === null).toBe(filesOf(manifest, 'factors').length <= 1);
    for (const one of [manifest, first ?? manifest]) {
      await expectRightLists(await decode(one, published));
    }
  }
});

it(`gives a typed error or a right list, ${CASES} times`, async () => {
  const random = seededRandom(SEED);
  const outcomes: Record<string, number> = {};
  for (let index = 0; index < CASES; index++) {
    const published = await mutate(bases[index % bases.length], random);
    let outcome = 'right';
    try {
      const manifest = parseManifest(published.manifest);
      const part = firstShards(manifest);
      if (part) await expectRightLists(await decode(part, published));
      await expectRightLists(await decode(manifest, published));
    } catch (error) {
      if (!(error instanceof SottoError) || error.code === 'internal') {
        throw new Error(`case ${index} of seed ${SEED}`, { cause: error });
      }
      outcome = error.code;
    }
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  }
  // The test is worth little unless every kind of end is met.
  for (const code of [
    'right',
    'manifest-invalid',
    'file-corrupt',
    'file-truncated',
    'not-finite',
  ]) {
    expect(outcomes[code], JSON.stringify(outcomes)).toBeGreaterThan(20);
  }
});
