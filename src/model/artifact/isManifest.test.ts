import { expect, it } from 'vitest';
import { defaultBlend } from '../training/blend/defaultBlend.ts';
import { seededRandom } from '../training/seededRandom.ts';
import { codebooksBytes } from './codebooksBytes.ts';
import { isManifest } from './isManifest.ts';
import type { FileEntry, Manifest } from './manifest.ts';
import { mutateJson } from './mutate.case.ts';
import { parseManifest } from './parseManifest.ts';
import { readManifest } from './readManifest.ts';

const CASES = 20_000;
const DIM = 8;

const file = (role: FileEntry['role'], rows: number, bytes: number, firstRow = 0): FileEntry => ({
  role,
  name: `${role}-${firstRow}.bin`,
  bytes,
  sha256: '0123456789abcdef'.repeat(4),
  rows,
  firstRow,
  ...(role === 'factors' ? { blockNorms: [2, 1.5, 0.5].slice(0, Math.ceil(rows / 256)) } : {}),
});

function manifestOf(items: number, more: Partial<Manifest> = {}): Manifest {
  const first = Math.min(items, 256);
  const shards = (role: FileEntry['role'], each: number) =>
    [
      file(role, first, first * each),
      file(role, items - first, (items - first) * each, first),
    ].filter(({ rows }) => rows > 0);
  const isCompact = more.quantization?.kind === 'pq4';
  return {
    format: 'sotto-model',
    formatVersion: 1,
    modelId: 'm',
    createdAt: '2026-01-01T00:00:00.000Z',
    items,
    dim: DIM,
    objective: { convention: 'ials', alpha0: 0.3, lambda: 0.01, nu: 1 },
    halfLifeDays: 90,
    trendingDays: 60,
    quantization: { kind: 'int8', scale: 0.01 },
    blockRows: 256,
    files: [
      ...shards('factors', DIM),
      ...shards('ids', 5),
      ...shards('items', 9),
      ...shards('statistics', 4),
      ...(more.neighbours ? shards('neighbours', 2) : []),
      ...(isCompact ? [file('codebooks', 1, codebooksBytes(DIM))] : []),
      file('gram', DIM, DIM * (DIM + 1) * 4),
      file('prior', 1, DIM * 8),
      ...(items % 2 ? [file('segments', 1, 100)] : []),
    ],
    ...more,
  };
}

const recall = { at: 50, queries: 100, overlap: 0.99 };
const BASES = [
  manifestOf(600),
  manifestOf(257, { neighbours: { scale: 0.1 }, blend: defaultBlend(), trainedItems: 200 }),
  manifestOf(40, {
    quantization: { kind: 'pq4', scale: 0.1, recall },
    objective: { convention: 'spark', alpha: 40, lambda: 0.1 },
    halfLifeDays: null,
  }),
  manifestOf(1),
  manifestOf(0),
].map((manifest) => JSON.stringify(manifest));

function isTaken(text: string): boolean {
  try {
    parseManifest(text);
    return true;
  } catch {
    return false;
  }
}

it('takes every kind of manifest', () => {
  for (const base of BASES) {
    expect(isTaken(base)).toBe(true);
    expect(isManifest(JSON.parse(base))).toBe(true);
  }
});

it(`agrees with the one that has the words, ${CASES} times`, () => {
  const random = seededRandom(7);
  const below = (end: number): number => Math.floor(random() * end);
  const count = { taken: 0, refused: 0 };
  for (let index = 0; index < CASES; index++) {
    let text = BASES[index % BASES.length];
    for (let left = 1 + below(2); left > 0; left--) text = mutateJson(text, below);
    const expected = isTaken(text);
    count[expected ? 'taken' : 'refused']++;
    if (isManifest(JSON.parse(text)) !== expected) expect.fail(`${String(expected)}: ${text}`);
  }
  expect(count.taken).toBeGreaterThan(CASES / 20);
  expect(count.refused).toBeGreaterThan(CASES / 2);
});

it('agrees on what no chance mutation hits', () => {
  const changes: ((manifest: Record<string, unknown> & Manifest) => void)[] = [
    (manifest) => Object.assign(manifest.files[0], { role: ['factors'] }),
    (manifest) => Object.assign(manifest.files[0], { role: 'toString' }),
    (manifest) => Object.assign(manifest.files[0], { name: ['plain'] }),
    (manifest) => Object.assign(manifest.files[0], { sha256: [manifest.files[0].sha256] }),
    (manifest) => Object.assign(manifest, { neighbours: 'text' }),
    (manifest) => Object.assign(manifest, { files: '' }),
    (manifest) =>
      Object.assign(manifest, { objective: { convention: ['spark'], lambda: 1, alpha: 1 } }),
    (manifest) => Object.assign(manifest, { quantization: { kind: ['int8'], scale: 1 } }),
    (manifest) => manifest.files.push({ ...file('codebooks', 0, codebooksBytes(DIM)) }),
    (manifest) => manifest.files.push({ ...file('neighbours', 0, 0) }),
    (manifest) => manifest.files.push({ ...file('segments', 0, 0) }),
  ];
  for (const base of BASES) {
    for (const change of changes) {
      const manifest = JSON.parse(base) as Record<string, unknown> & Manifest;
      change(manifest);
      const text = JSON.stringify(manifest);
      expect(isManifest(JSON.parse(text)), text).toBe(isTaken(text));
    }
  }
});

it('loads the words for a bad one', async () => {
  await expect(readManifest('{')).rejects.toThrow('manifest is not JSON');
  await expect(readManifest('null')).rejects.toThrow('manifest must be an object');
  await expect(readManifest(BASES[0].replace('"dim":8', '"dim":0'))).rejects.toThrow(
    'manifest: dim must be a whole number in [1, 512] but is 0',
  );
  expect(await readManifest(BASES[0])).toEqual(JSON.parse(BASES[0]));
});
