import { brotliCompressSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileKernels } from '../../../scripts/buildKernels.ts';
import { SottoError } from '../../errors.ts';
import type { Model } from '../model.ts';
import { dotRows, readRow } from '../readRow.ts';
import { createRetrieval } from '../retrieval/createRetrieval.ts';
import { nearlyNormal, seededRandom } from '../training/seededRandom.ts';
import { chooseQuantization, type ChosenQuantization } from './chooseQuantization.ts';
import { decodeModel, factorStride } from './decode.ts';
import { BLOCK_ROWS, encodeModel, type EncodedModel } from './encode.ts';
import type { ModelParts } from './modelParts.ts';
import { verifyFile } from './integrity.ts';
import type { FileRole } from './manifest.ts';
import { parseManifest } from './parseManifest.ts';
import { sampleUsers, sampleVisitors } from './sampleVisitors.ts';

const ITEMS = 3000;
const DIM = 22;
const random = seededRandom(21);
/** A spectrum that falls off and norms with a heavy tail, as a trained model has them. */
const FACTORS = Float32Array.from({ length: ITEMS * DIM }, (_, at) => {
  const strength = 1 / Math.sqrt(1 + (at % DIM));
  return (nearlyNormal(random) * strength) / (1 + Math.floor(at / DIM) / 500);
});
const QUERIES = Array.from({ length: 40 }, () =>
  Float64Array.from({ length: DIM }, (_, f) => nearlyNormal(random) / Math.sqrt(1 + f)),
);
const IDS = Array.from({ length: ITEMS }, (_, item) => `item ${item}`);
const PARTS: ModelParts = {
  ids: IDS,
  dim: DIM,
  factors: FACTORS,
  prior: new Float64Array(DIM),
  objective: { convention: 'ials', alpha0: 0.3, lambda: 0.01, nu: 1 },
  halfLifeDays: 90,
  trendingDays: 60,
  statistics: {
    popularity: new Array<number>(ITEMS).fill(1),
    trending: new Array<number>(ITEMS).fill(1),
  },
  catalogue: {},
  createdAt: '2026-01-01T00:00:00.000Z',
};

const wasm = await compileKernels();

type Change = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;

function decode(encoded: EncodedModel, target: Int8Array, role?: FileRole, change?: Change) {
  return decodeModel(
    parseManifest(JSON.stringify(encoded.manifest)),
    async (file) => {
      const found = encoded.files.find(({ name }) => name === file.name);
      const whole = (found ?? expect.fail(`no ${file.name}`)).bytes.slice();
      const bytes = change && file.role === role ? change(whole) : whole;
      await verifyFile(file, bytes);
      return bytes;
    },
    target,
  );
}

let chosen: ChosenQuantization;
let encoded: EncodedModel;
let model: Model;

beforeAll(async () => {
  chosen = await chooseQuantization(PARTS, 'pq4', 0.95, QUERIES, wasm);
  encoded = await encodeModel(PARTS, chosen.quantized, chosen.recall ?? undefined);
  model = await decode(encoded, new Int8Array(ITEMS * factorStride(DIM)));
}, 60_000);

describe('a compact model', () => {
  it('keeps the recall asked for, says so, and is smaller than int8', async () => {
    expect(chosen.recall?.overlap).toBeGreaterThanOrEqual(0.95);
    expect(model.manifest.quantization).toMatchObject({ kind: 'pq4', recall: chosen.recall });
    const int8 = await encodeModel(PARTS);
    const bytes = ({ files }: EncodedModel): number =>
      files
        .filter(({ name }) => name.startsWith('factors') || name.startsWith('codebooks'))
        .reduce((sum, file) => sum + brotliCompressSync(file.bytes).length, 0);
    expect(bytes(encoded)).toBeLessThan(0.8 * bytes(int8));
  });

  it('reads back as the factors, to half a step along each axis', () => {
    const { scale } = model.manifest.quantization;
    const row64 = new Float64Array(DIM);
    for (let row = 0; row < ITEMS; row++) {
      const item = chosen.quantized.order[row];
      readRow(model.factors, row, row64);
      let squares = 0;
      for (let f = 0; f < DIM; f++) squares += (row64[f] - FACTORS[item * DIM + f]) ** 2;
      expect(Math.sqrt(squares)).toBeLessThanOrEqual((scale / 2) * Math.sqrt(DIM) * (1 + 1e-5));
      expect(model.ids[row]).toBe(IDS[item]);
    }
  });

  it('has norms that do not rise and blocks that bound them', () => {
    let before = Infinity;
    for (let row = 0; row < ITEMS; row++) {
      const norm = Math.hypot(...readRow(model.factors, row, new Float64Array(DIM)));
      expect(norm).toBeLessThanOrEqual(before * (1 + 1e-5));
      const bound = model.factors.blockNorms[Math.floor(row / BLOCK_ROWS)];
      expect(norm).toBeLessThanOrEqual(bound * (1 + 1e-5));
      before = norm;
    }
  });

  it('scores a row as its numbers say', () => {
    const scoreOf = dotRows(model.factors, QUERIES[0]);
    const row = readRow(model.factors, 7, new Float64Array(DIM));
    const expected = row.reduce((sum, value, f) => sum + value * QUERIES[0][f], 0);
    expect(scoreOf(7)).toBeCloseTo(expected, 10);
  });

  it('is served by the two-stage engine as by the exact one, nearly always', async () => {
    const shape = { rows: ITEMS, dim: DIM, stride: factorStride(DIM), blockRows: BLOCK_ROWS };
    const memory = await createRetrieval(wasm.pq4, { ...shape, kind: 'pq4' });
    const compact = await memory.open(await decode(encoded, memory.target));
    const exact = await (await createRetrieval(null, { ...shape, kind: 'pq4' })).open(model);
    let shared = 0;
    for (const vector of QUERIES) {
      const asked = { vector, k: 50, mask: null, measure: 'inner-product' as const };
      const right = new Set(exact.topK(asked).rows);
      for (const row of compact.topK(asked).rows) if (right.has(row)) shared++;
    }
    expect(shared / (50 * QUERIES.length)).toBeGreaterThan(0.99);
  });

  it('is the same, byte for byte, when it is made again', async () => {
    const again = await chooseQuantization(PARTS, 'pq4', 0.95, QUERIES, null);
    const { manifest } = await encodeModel(PARTS, again.quantized);
    expect(manifest.modelId).toBe(encoded.manifest.modelId);
  });

  it('may hold nothing, or zeros alone', async () => {
    for (const items of [0, 1, 33]) {
      const parts: ModelParts = {
        ...PARTS,
        ids: IDS.slice(0, items),
        factors: new Float32Array(items * DIM),
        statistics: {
          popularity: new Array<number>(items).fill(0),
          trending: new Array<number>(items).fill(0),
        },
      };
      const { quantized } = await chooseQuantization(parts, 'pq4', 0.95, QUERIES, wasm);
      const memory = await createRetrieval(wasm.pq4, {
        ...{ rows: items, dim: DIM, stride: factorStride(DIM), blockRows: BLOCK_ROWS },
        kind: 'pq4',
      });
      const engine = await memory.open(
        await decode(await encodeModel(parts, quantized), memory.target),
      );
      const asked = { vector: QUERIES[0], k: 5, mask: null, measure: 'cosine' as const };
      expect([...engine.topK(asked).scores]).toEqual(new Array<number>(Math.min(5, items)).fill(0));
    }
  });

  it.each<[string, FileRole, Change, string]>([
    ['a changed codebook', 'codebooks', (b) => b.fill(1, 0, 4), 'file-corrupt'],
    ['a codebook cut short', 'codebooks', (b) => b.slice(4), 'file-truncated'],
  ])('refuses %s', async (_, role, change, code) => {
    const target = new Int8Array(ITEMS * factorStride(DIM));
    await expect(decode(encoded, target, role, change)).rejects.toMatchObject({ code });
  });

  it('refuses axes that are not orthonormal and codebooks where none belong', async () => {
    const { codebooks } = chosen.quantized;
    if (!codebooks) throw new Error('not compact');
    const basis = codebooks.basis.map((value) => value * 1.01);
    const stretched = { ...chosen.quantized, codebooks: { ...codebooks, basis } };
    const target = new Int8Array(ITEMS * factorStride(DIM));
    await expect(decode(await encodeModel(PARTS, stretched), target)).rejects.toThrow(
      'must be orthonormal',
    );
    const { manifest } = encoded;
    const asInt8 = { ...manifest, quantization: { kind: 'int8', scale: 1 } };
    expect(() => parseManifest(JSON.stringify(asInt8))).toThrow('without codebooks');
    const without = manifest.files.filter(({ role }) => role !== 'codebooks');
    expect(() => parseManifest(JSON.stringify({ ...manifest, files: without }))).toThrow(
      '1 rows of codebooks',
    );
    const unknown = { ...manifest, quantization: { kind: 'pq8', scale: 1 } };
    expect(() => parseManifest(JSON.stringify(unknown))).toThrow(SottoError);
  });
});

describe('chooseQuantization', () => {
  it('takes int8 on auto when the compact kind cannot keep the recall', async () => {
    const { kind, recall } = await chooseQuantization(PARTS, 'auto', 1, QUERIES, wasm);
    expect(kind).toBe('int8');
    expect(recall?.overlap).toBeGreaterThan(0.97);
  });

  it('takes the compact kind on auto when it can', async () => {
    const { kind } = await chooseQuantization(PARTS, 'auto', 0.9, QUERIES, wasm);
    expect(kind).toBe('pq4');
  });

  it('names the item whose factors are not finite', async () => {
    const factors = FACTORS.slice();
    factors[5 * DIM + 1] = NaN;
    await expect(chooseQuantization({ ...PARTS, factors }, 'pq4', 0.95, [], wasm)).rejects.toThrow(
      'item 5',
    );
  });
});

describe('sampled visitors', () => {
  it('are spread over the users that were solved for', () => {
    const users = Float32Array.of(1, 1, 0, 0, 2, 2, 3, 3);
    const sample = sampleUsers(users, 2, 2);
    expect(sample.map(([first]) => first)).toEqual([1, 2]);
  });

  it('are folded in where there are no users, the same each time', () => {
    const [first] = sampleVisitors(PARTS, PARTS, 3);
    expect(Math.hypot(...first)).toBeGreaterThan(0);
    expect(sampleVisitors(PARTS, PARTS, 3)[0]).toEqual(first);
  });
});
