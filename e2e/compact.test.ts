/**
 * @module
 * A compact model, packed by the command line: what the browser says is like an item is what plain
 * arithmetic over the model's own files says.
 */
import { expect, test } from 'playwright/test';
import { DIM, packCompactModel } from './compactModel.ts';
import { openFixture } from './fixture.ts';
import { idsOf } from './shop.ts';

const COUNT = 20;
/** The query is rounded to 16 bits. */
const WITHIN = 1e-4;

interface Shard {
  role: string;
  name: string;
  rows: number;
  firstRow: number;
}

let model: ReadonlyMap<string, Buffer>;

test.beforeAll(async () => {
  model = await packCompactModel();
});

test('a compact model gives the lists that its files hold', async ({ page }) => {
  const manifest = JSON.parse(String(model.get('manifest.json'))) as {
    quantization: { kind: string };
    files: Shard[];
  };
  expect(manifest.quantization.kind).toBe('pq4');
  const { ids, rows } = readRows(manifest.files);

  await page.context().route('**/compact-model/*', async (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
    await route.fulfill({ body: fileOf(name) });
  });
  await openFixture(page, { attributes: { 'data-model': 'compact-model/manifest.json' } });
  for (const row of [0, 7, 400, 1999]) {
    const list = await page.evaluate(([id, count]) => window.sotto.similar(id, { count }), [
      ids[row],
      COUNT,
    ] as const);
    expect(new Set(idsOf(list)).size).toBe(COUNT);
    expect(idsOf(list)).not.toContain(ids[row]);
    const cosines = cosinesTo(rows, row);
    const best = cosines.toSpliced(row, 1).sort((left, right) => right - left);
    for (const [place, itemId] of idsOf(list).entries()) {
      // Rows of whole numbers are often alike: who stands where is settled by the query's rounding.
      const off = Math.abs(cosines[ids.indexOf(itemId)] - best[place]);
      expect([row, place, off < WITHIN]).toEqual([row, place, true]);
    }
  }

  await page.evaluate(
    async (itemIds) => {
      for (const itemId of itemIds) window.sotto.track({ itemId, action: 'click' });
      await window.sotto.flush();
    },
    [ids[3], ids[30]],
  );
  const personal = await page.evaluate(() => window.sotto.recommend({ count: 20 }));
  expect(new Set(personal.map(({ source }) => source))).toEqual(new Set(['personal']));
  const { retrieval } = await page.evaluate(async () => (await window.sotto.profile()).model);
  expect(retrieval).toBe('wasm');
});

function fileOf(name: string): Buffer {
  const file = model.get(name);
  if (!file) throw new Error(`the model must have the file ${name}`);
  return file;
}

/** Ids and rows of whole numbers, which a compact model's files hold column after column. */
function readRows(files: readonly Shard[]): { ids: string[]; rows: Int8Array[] } {
  const ids: string[] = [];
  const rows: Int8Array[] = [];
  for (const file of files) {
    const bytes = fileOf(file.name);
    if (file.role === 'ids') ids.push(...(JSON.parse(bytes.toString()) as string[]));
    if (file.role !== 'factors') continue;
    for (let row = 0; row < file.rows; row++) {
      rows.push(Int8Array.from({ length: DIM }, (_, f) => bytes.readInt8(f * file.rows + row)));
    }
  }
  return { ids, rows };
}

/** Every row's cosine with one of them. */
function cosinesTo(rows: readonly Int8Array[], row: number): number[] {
  const dot = (a: Int8Array, b: Int8Array): number =>
    a.reduce((sum, value, f) => sum + value * b[f], 0);
  const length = Math.sqrt(dot(rows[row], rows[row]));
  return rows.map((other) => {
    const squares = dot(other, other);
    return squares === 0 ? 0 : dot(other, rows[row]) / Math.sqrt(squares) / length;
  });
}
