import { beforeAll, describe, expect, it } from 'vitest';
import { decodeModel, factorStride } from './decode.ts';
import { encodeModel, type EncodedModel } from './encode.ts';
import { verifyFile } from './integrity.ts';
import type { FileRole } from './manifest.ts';
import { parseManifest } from './parseManifest.ts';

const ITEMS = 600;
const DIM = 20;
const FACTORS = Float32Array.from(
  { length: ITEMS * DIM },
  (_, at) => Math.sin(at * 1.7) * (1 + (at % 7)),
);

let encoded: EncodedModel;

beforeAll(async () => {
  encoded = await encodeModel({
    ids: Array.from({ length: ITEMS }, (_, item) => `item ${item} ☕`),
    dim: DIM,
    factors: FACTORS,
    prior: Float64Array.from({ length: DIM }, (_, f) => f / 10),
    objective: { convention: 'ials', alpha0: 0.3, lambda: 0.01, nu: 1 },
    halfLifeDays: 90,
    trendingDays: 60,
    statistics: {
      popularity: Array.from({ length: ITEMS }, (_, item) => item),
      trending: Array.from({ length: ITEMS }, (_, item) => item % 5),
    },
    catalogue: { title: Array.from({ length: ITEMS }, (_, item) => `Title ${item}`) },
    createdAt: '2026-01-01T00:00:00.000Z',
  });
});

type Change = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;

/** Decodes with the files of one role changed on their way. */
function decodeChanged(role: FileRole | null, change: Change) {
  const { manifest, files } = encoded;
  return decodeModel(
    parseManifest(JSON.stringify(manifest)),
    async (file) => {
      const found = files.find(({ name }) => name === file.name);
      const bytes = (found ?? expect.fail(`no ${file.name}`)).bytes.slice();
      const given = file.role === role ? change(bytes) : bytes;
      await verifyFile(file, given);
      return given;
    },
    new Int8Array(ITEMS * factorStride(DIM)),
  );
}

describe('decodeModel', () => {
  it('gives back what was encoded, by descending norm', async () => {
    const model = await decodeChanged(null, (bytes) => bytes);
    expect(model.ids).toHaveLength(ITEMS);
    let lastSquared = Infinity;
    for (const [row, id] of model.ids.entries()) {
      const item = Number(/\d+/.exec(id)?.[0]);
      expect(model.rowOf.get(id)).toBe(row);
      expect(model.catalogue['title'][row]).toBe(`Title ${item}`);
      expect(model.statistics.popularity[row]).toBe(item);
      expect(model.statistics.trending[row]).toBe(item % 5);
      const { values, stride, scale } = model.factors;
      const original = FACTORS.subarray(item * DIM, (item + 1) * DIM);
      for (let f = 0; f < DIM; f++) {
        expect(Math.abs(values[row * stride + f] * scale - original[f])).toBeLessThan(scale);
      }
      expect([...values.subarray(row * stride + DIM, (row + 1) * stride)]).toEqual([
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      ]);
      // By what is served, squared: whole numbers, where Math.hypot tells equal norms apart.
      const squared = values
        .subarray(row * stride, row * stride + DIM)
        .reduce((sum, value) => sum + value * value, 0);
      expect(squared).toBeLessThanOrEqual(lastSquared);
      lastSquared = squared;
    }
  });

  it('gives back YᵀY and the prior', async () => {
    const { gram, prior } = await decodeChanged(null, (bytes) => bytes);
    expect(prior[3]).toBe(0.3);
    let entry = 0;
    for (let item = 0; item < ITEMS; item++)
      entry += FACTORS[item * DIM + 2] * FACTORS[item * DIM + 5];
    expect(gram[2 * DIM + 5]).toBeCloseTo(entry, 6);
    expect(gram[5 * DIM + 2]).toBe(gram[2 * DIM + 5]);
  });

  it('bounds every block by a norm that no row of it exceeds', async () => {
    const { factors } = await decodeChanged(null, (bytes) => bytes);
    for (let row = 0; row < ITEMS; row++) {
      const from = row * factors.stride;
      const norm = Math.hypot(...factors.values.subarray(from, from + DIM)) * factors.scale;
      const bound = factors.blockNorms[Math.floor(row / factors.blockRows)];
      expect(norm).toBeLessThanOrEqual(bound * (1 + 1e-12));
    }
  });

  it.each<FileRole>(['factors', 'ids', 'items', 'statistics', 'gram', 'prior'])(
    'refuses %s cut short, or with one bit changed',
    async (role) => {
      await expect(decodeChanged(role, (bytes) => bytes.slice(0, -1))).rejects.toMatchObject({
        code: 'file-truncated',
        message: expect.stringMatching(/must have \d+ bytes but has \d+/) as unknown,
      });
      const flip: Change = (bytes) => {
        bytes[bytes.length >> 1] ^= 1;
        return bytes;
      };
      await expect(decodeChanged(role, flip)).rejects.toMatchObject({ code: 'file-corrupt' });
    },
  );

  it('refuses a target of another size', async () => {
    const { manifest } = encoded;
    const decode = decodeModel(manifest, () => expect.fail(), new Int8Array(3));
    await expect(decode).rejects.toThrow('target must be of length 19200 but got 3');
  });
});

describe('parseManifest', () => {
  const manifest = () => structuredClone(encoded.manifest) as unknown as Record<string, unknown>;

  it.each([
    ['not JSON', '{', 'manifest-invalid', 'is not JSON'],
    ['not an object', '[]', 'manifest-invalid', 'must be an object'],
    [
      'of an unknown version',
      '{"format":"sotto-model","formatVersion":2}',
      'version-unsupported',
      'version 2',
    ],
    ['of another format', '{"format":"onnx","formatVersion":1}', 'version-unsupported', '"onnx"'],
  ])('refuses a manifest that is %s', (_, text, code, message) => {
    expect(() => parseManifest(text)).toThrow(expect.objectContaining({ code }) as Error);
    expect(() => parseManifest(text)).toThrow(message);
  });

  it.each<[string, (changed: Record<string, unknown>) => void, string]>([
    [
      'items',
      (changed) => (changed['items'] = -1),
      'items must be a whole number in [0, 16777216] but is -1',
    ],
    ['dim', (changed) => (changed['dim'] = 1e9), 'dim must be a whole number in [1, 512]'],
    ['halfLifeDays', (changed) => (changed['halfLifeDays'] = '3'), 'halfLifeDays'],
    [
      'objective',
      (changed) => (changed['objective'] = { convention: 'x', lambda: 1 }),
      'objective.convention',
    ],
    ['files', (changed) => (changed['files'] = []), 'files must be an array that holds'],
    [
      'a path',
      (changed) => ((changed['files'] as { name: string }[])[0].name = '../x'),
      'files[0].name',
    ],
    [
      'a gap',
      (changed) => ((changed['files'] as { firstRow: number }[])[0].firstRow = 5),
      'files[0].firstRow',
    ],
  ])('refuses a manifest whose %s is wrong', (_, change, message) => {
    const changed = manifest();
    change(changed);
    expect(() => parseManifest(JSON.stringify(changed))).toThrow(message);
  });
});
