import { writeFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { dump } from 'npyjs';
import { afterAll, describe, expect, it } from 'vitest';
import { readManifest } from './modelFolder.ts';
import { runHere, scratchFolder, type Outcome } from './runHere.case.ts';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

const VALUES = [1, 0.5, -2, 0.25, 3, -1];
const IDS = scratch.write('ids.json', '["a","b","c"]');
const NPY = npy(VALUES, [3, 2]);

function npy(values: number[], shape: number[]): Uint8Array {
  return new Uint8Array(dump(Float32Array.from(values), shape));
}

function writeParquet(name: string, columns: Record<string, unknown[]>, type?: 'DOUBLE'): string {
  const columnData = Object.entries(columns).map(([column, data]) => ({
    name: column,
    data,
    ...(type && typeof data[0] === 'number' ? { type } : {}),
  }));
  writeFileSync(scratch.path(name), new Uint8Array(parquetWriteBuffer({ columnData })));
  return scratch.path(name);
}

let outs = 0;
async function pack(factors: string, ...more: string[]): Promise<Outcome & { names: string[] }> {
  const out = scratch.path(`out${outs++}`);
  const ids = more.includes('--ids') ? [] : ['--ids', IDS];
  const outcome = await runHere('pack', '--factors', factors, ...ids, '--out', out, ...more);
  const names = outcome.status === 0 ? (await readManifest(out)).files.map(({ name }) => name) : [];
  return { ...outcome, names };
}

const expected = await pack(scratch.write('plain.npy', NPY));

describe('sotto pack', () => {
  it('reads the array of an .npz: by its usual name, the only one, or the one named', async () => {
    const other = npy([9, 9], [1, 2]);
    const usual = zipSync({ 'user_factors.npy': other, 'item_factors.npy': NPY });
    const only = zipSync({ 'y.npy': NPY });
    const two = zipSync({ 'x.npy': other, 'y.npy': NPY }, { level: 0 });
    expect(expected.names).toHaveLength(6);
    expect((await pack(scratch.write('usual.npz', usual))).names).toEqual(expected.names);
    expect((await pack(scratch.write('only.npz', only))).names).toEqual(expected.names);
    const path = scratch.write('two.npz', two);
    expect((await pack(path, '--factors-array', 'y')).names).toEqual(expected.names);
    const unnamed = await pack(path);
    expect(unnamed.status).toBe(2);
    expect(unnamed.stderr).toContain('has no array item_factors; its arrays are x, y');
  });

  it('reads Parquet: a column of lists beside its ids, or a column for each factor', async () => {
    const lists = writeParquet('lists.parquet', {
      id: ['a', 'b', 'c'],
      features: [VALUES.slice(0, 2), VALUES.slice(2, 4), VALUES.slice(4)],
    });
    const withIds = await pack(lists, '--ids', lists, '--id-column', 'id');
    expect(withIds.stderr).toBe('');
    expect(withIds.names).toEqual(expected.names);
    const wide = writeParquet(
      'wide.parquet',
      { item_id: ['a', 'b', 'c'], f0: [1, -2, 3], f1: [0.5, 0.25, -1] },
      'DOUBLE',
    );
    expect((await pack(wide, '--ids', wide)).names).toEqual(expected.names);
    expect((await pack(wide, '--factors-column', 'f0', 'f1')).names).toEqual(expected.names);
    const lost = await pack(wide, '--factors-column', 'f7');
    expect(lost.stderr).toContain('has no column f7; its columns are item_id, f0, f1');
  });

  it('takes ids from CSV as well as from JSON', async () => {
    const csv = scratch.write('ids.csv', 'sku,name\na,A\nb,B\nc,C\n');
    expect((await pack(scratch.path('plain.npy'), '--ids', csv)).names).toEqual(expected.names);
  });

  it('refuses what is not finite, naming the row, in every format', async () => {
    const bad = npy([1, 2, 3, Infinity, 5, 6], [3, 2]);
    const files = [
      scratch.write('bad.npy', bad),
      scratch.write('bad.npz', zipSync({ 'item_factors.npy': bad })),
      writeParquet('bad.parquet', { f0: [1, 3, 5], f1: [2, Infinity, 6] }, 'DOUBLE'),
    ];
    for (const file of files) {
      const refused = await pack(file);
      expect(refused.status).toBe(2);
      expect(refused.stderr).toMatch(
        /must hold finite numbers but row 1 holds Infinity in column 1/,
      );
      expect(refused.stderr.trim().split('\n')).toHaveLength(1);
    }
    const nan = await pack(scratch.write('nan.npy', npy([1, 2, 3, 4, NaN, 6], [3, 2])));
    expect(nan.stderr).toMatch(/row 2 holds NaN in column 0/);
  });

  it('refuses broken files and rows of unequal length in one sentence', async () => {
    const ragged = writeParquet('ragged.parquet', { features: [[1, 2], [3], [5, 6]] });
    const broken = scratch.write('broken.npz', Buffer.from('PK\x03\x04 not a zip at all'));
    const words = writeParquet('words.parquet', { features: ['x', 'y', 'z'] });
    for (const [file, sentence] of [
      [ragged, /2 factors in every row but row 1 holds 1/],
      [broken, /broken\.npz is not a readable \.npz file/],
      [words, /must hold numbers in features but row 0 holds "x"/],
      [scratch.path('nowhere.npz'), /nowhere\.npz cannot be read: there is no such file/],
    ] as const) {
      const refused = await pack(file);
      expect(refused.stderr).toMatch(sentence);
      expect(refused.stderr.trim().split('\n')).toHaveLength(1);
      expect(refused.status).toBe(2);
    }
  });
});
