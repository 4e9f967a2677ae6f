/**
 * @module
 * `sotto train` for cold starts: segments of newcomers, and items that nobody has had.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { twoTastes } from '../src/model/training/fixtures.case.ts';
import { modelIn } from './modelIn.case.ts';
import { runHere, scratchFolder } from './runHere.case.ts';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

const shop = twoTastes(80, 30, 10);
const quick = ['--dim', '4', '--epochs', '2', '--threads', '1', '--json'];
let rows = '';
let items = '';

/** Users are even or odd, as are the items they choose; so are countries and words. */
beforeAll(() => {
  const kinds = ['tea cup', 'garden rake'];
  const countries = ['France', 'Spain'];
  const lines = Array.from(shop.users, (user, row) =>
    [`u${user}`, `i${shop.itemIds[shop.items[row]]}`, countries[user % 2]].join(','),
  );
  rows = scratch.write('rows.csv', `user,item,Country\n${lines.join('\n')}\n`);
  const ids = [...shop.itemIds, '100', '101'];
  const titled = ids.map((id) => `i${id},${kinds[Number(id) % 2]} ${id},${Number(id) + 1}`);
  items = scratch.write('items.csv', `id,title,price\n${titled.join('\n')}\ni102,,\n`);
});

it('gives items of --items that nobody has had factors, marked; or leaves them out', async () => {
  const out = scratch.path('model');
  const args = ['train', '--interactions', rows, '--out', out, '--items', items, ...quick];
  const done = await runHere(...args);
  expect(done.stderr).toBe('');
  expect(JSON.parse(done.stdout)).toMatchObject({ items: 30, newItems: 2 });
  const { manifest, contents } = modelIn(out);
  expect(manifest).toMatchObject({ items: 32, trainedItems: 30 });
  const ids = contents('ids') as string[];
  const { predicted, popularity } = contents('statistics') as Record<string, number[]>;
  const marked = ids.filter((_, row) => predicted[row] === 1);
  // Of i102 nothing is known that another item shares.
  expect(marked.sort()).toEqual(['i100', 'i101']);
  expect(popularity[ids.indexOf('i100')]).toBe(0);
  const inspected = await runHere('inspect', out);
  expect(inspected.stdout).toMatch(/^new items +2, with factors predicted from metadata$/m);

  await runHere(...args, '--no-new-items');
  expect(modelIn(out).manifest.items).toBe(30);
  await runHere(...args, '--item-pattern', '^i\\d\\d?$');
  expect(modelIn(out).manifest.items).toBe(30);
});

it('writes the segments of a column, each with what its users chose', async () => {
  const out = scratch.path('segments');
  const args = ['train', '--interactions', rows, '--out', out, ...quick];
  const done = await runHere(...args, '--segment-column', 'Country');
  expect(done.stderr).toBe('');
  expect(JSON.parse(done.stdout)).toMatchObject({
    segments: [
      { name: 'France', users: 40 },
      { name: 'Spain', users: 40 },
    ],
  });
  const { contents } = modelIn(out);
  const { column, segments } = contents('segments') as {
    column: string;
    segments: { name: string; rows: number[]; prior: number[] }[];
  };
  expect(column).toBe('Country');
  const ids = contents('ids') as string[];
  for (const [parity, { rows: chosen, prior }] of segments.entries()) {
    const best = chosen.slice(0, 10).map((row) => Number(ids[row].slice(1)) % 2);
    expect(best.filter((kind) => kind === parity).length).toBeGreaterThanOrEqual(9);
    expect(prior).toHaveLength(4);
  }

  await runHere(...args);
  expect(modelIn(out).manifest.files.some(({ role }) => role === 'segments')).toBe(false);
  const refused = await runHere(...args, '--segment-column', 'Region');
  expect(refused.status).toBe(2);
  expect(refused.stderr).toMatch(/no column Region \(--segment-column\)/);
});
