import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { gramOf } from '../training/gram.ts';
import { seededRandom } from '../training/seededRandom.ts';
import { BLOCK_ROWS, encodeModel, type EncodedModel } from './encode.ts';
import type { ModelParts } from './modelParts.ts';
import { FIRST_SHARD_ROWS, SHARD_ROWS } from './shards.ts';
import { filesOf, type FileRole } from './manifest.ts';
import { parseManifest } from './parseManifest.ts';

function partsOf(rows: number, dim: number): ModelParts {
  const random = seededRandom(5);
  const ids = Array.from({ length: rows }, (_, row) => `item-${row}`);
  return {
    ids,
    dim,
    factors: Float32Array.from({ length: rows * dim }, () => (random() - 0.5) * random()),
    prior: Float64Array.from({ length: dim }, () => random()),
    objective: { convention: 'ials', alpha0: 0.3, lambda: 0.003, nu: 1 },
    halfLifeDays: 120,
    trendingDays: 60,
    statistics: { popularity: ids.map((_, row) => row), trending: ids.map((_, row) => 2 * row) },
    catalogue: { title: ids.map((id) => `The ${id}`) },
    createdAt: '2026-01-02T03:04:05.000Z',
    attribution: 'somebody',
    training: { users: 1, interactions: 2, epochs: 3, seed: 4 },
  };
}

function bytesOf(model: EncodedModel, role: FileRole): Buffer {
  return Buffer.concat(
    filesOf(model.manifest, role).map(
      ({ name }) => model.files.find((file) => file.name === name)?.bytes ?? Buffer.alloc(0),
    ),
  );
}

const jsonOf = (model: EncodedModel, role: FileRole): unknown =>
  JSON.parse(bytesOf(model, role).toString('utf8'));

describe('encodeModel', () => {
  it('writes a manifest that the reader accepts, with the hash of every file in its name', async () => {
    const model = await encodeModel(partsOf(600, 3));
    expect(parseManifest(JSON.stringify(model.manifest))).toEqual(model.manifest);
    expect(model.manifest.files.map(({ role }) => role)).toEqual([
      'factors',
      'ids',
      'statistics',
      'items',
      'gram',
      'prior',
    ]);
    for (const entry of model.manifest.files) {
      const file = model.files.find(({ name }) => name === entry.name);
      const sha256 = createHash('sha256')
        .update(file?.bytes ?? '')
        .digest('hex');
      expect(entry.sha256).toBe(sha256);
      expect(entry.bytes).toBe(file?.bytes.length);
      expect(entry.name).toMatch(new RegExp(`^${entry.role}-${sha256.slice(0, 16)}\\.(bin|json)$`));
    }
  });

  it('puts rows in order of descending norm, every column with them', async () => {
    const parts = partsOf(600, 3);
    const model = await encodeModel(parts);
    const { scale } = model.manifest.quantization;
    const values = new Int8Array(bytesOf(model, 'factors'));
    const ids = jsonOf(model, 'ids') as string[];
    const statistics = jsonOf(model, 'statistics') as Record<string, number[]>;
    const { title } = jsonOf(model, 'items') as { title: string[] };
    const norms: number[] = [];
    for (let row = 0; row < 600; row++) {
      const from = parts.ids.indexOf(ids[row]);
      expect(title[row]).toBe(`The ${ids[row]}`);
      expect(statistics['popularity'][row]).toBe(from);
      expect(statistics['trending'][row]).toBe(2 * from);
      let squares = 0;
      for (let f = 0; f < 3; f++) {
        const value = values[row * 3 + f] * scale;
        squares += value * value;
        expect(Math.abs(value - parts.factors[from * 3 + f])).toBeLessThanOrEqual(
          scale * 0.5000001,
        );
      }
      norms.push(Math.sqrt(squares));
    }
    const [shard] = filesOf(model.manifest, 'factors');
    expect(shard.blockNorms?.length).toBe(Math.ceil(600 / BLOCK_ROWS));
    for (let row = 1; row < 600; row++) {
      expect(norms[row]).toBeLessThanOrEqual(norms[row - 1] + 1e-12);
    }
    for (const [block, norm] of (shard.blockNorms ?? []).entries()) {
      expect(norm).toBeCloseTo(norms[block * BLOCK_ROWS], 12);
    }
    expect(Math.max(...values)).toBeLessThanOrEqual(127);
    expect(Math.max(...values.map(Math.abs))).toBe(127);
    expect(model.relativeError).toBeGreaterThan(0);
    expect(model.relativeError).toBeLessThan(0.02);
  });

  it('holds the Gram matrix of the factors before quantisation, and the prior', async () => {
    const parts = partsOf(50, 4);
    const model = await encodeModel(parts);
    const gram = gramOf(parts.factors, 50, 4);
    const expected: number[] = [];
    for (let i = 0; i < 4; i++) for (let j = i; j < 4; j++) expected.push(gram[i * 4 + j]);
    const read = (bytes: Buffer): number[] =>
      Array.from({ length: bytes.length / 8 }, (_, place) => bytes.readDoubleLE(place * 8));
    expect(read(bytesOf(model, 'gram'))).toEqual(expected);
    expect(read(bytesOf(model, 'prior'))).toEqual([...parts.prior]);
  });

  it('cuts large catalogues into shards that follow one another', async () => {
    const rows = FIRST_SHARD_ROWS + SHARD_ROWS + 10;
    const model = await encodeModel(partsOf(rows, 1));
    for (const role of ['factors', 'ids', 'items', 'statistics'] as const) {
      const shards = filesOf(model.manifest, role);
      expect(shards.map((shard) => [shard.firstRow, shard.rows])).toEqual([
        [0, FIRST_SHARD_ROWS],
        [FIRST_SHARD_ROWS, SHARD_ROWS],
        [FIRST_SHARD_ROWS + SHARD_ROWS, 10],
      ]);
    }
    expect(filesOf(model.manifest, 'factors').map(({ blockNorms }) => blockNorms?.length)).toEqual([
      FIRST_SHARD_ROWS / BLOCK_ROWS,
      SHARD_ROWS / BLOCK_ROWS,
      1,
    ]);
    expect(() => parseManifest(JSON.stringify(model.manifest))).not.toThrow();
  });

  it('names a model by its contents, not by its date', async () => {
    const parts = partsOf(20, 2);
    const first = await encodeModel(parts);
    const later = await encodeModel({ ...parts, createdAt: '2027-01-01T00:00:00.000Z' });
    const renamed = await encodeModel({ ...parts, catalogue: { title: parts.ids.map(() => 'x') } });
    expect(later.manifest.modelId).toBe(first.manifest.modelId);
    expect(later.manifest.files).toEqual(first.manifest.files);
    expect(renamed.manifest.modelId).not.toBe(first.manifest.modelId);
  });

  it('refuses parts that do not fit together', async () => {
    const parts = partsOf(20, 2);
    const refused = (changes: Partial<ModelParts>): Promise<unknown> =>
      encodeModel({ ...parts, ...changes });
    await expect(refused({ factors: parts.factors.subarray(1) })).rejects.toThrow(
      'factors must hold 40 values but holds 39',
    );
    await expect(refused({ catalogue: { title: [] } })).rejects.toThrow(/title must hold 20/);
    await expect(refused({ ids: parts.ids.map(() => 'same') })).rejects.toThrow(/same comes twice/);
    const factors = parts.factors.slice();
    factors[5] = NaN;
    await expect(refused({ factors })).rejects.toMatchObject({
      code: 'not-finite',
      message: 'factors of row 2 (item item-2) must be finite but hold NaN',
    });
  });
});
