/**
 * @module
 * `sotto refresh`: counts anew, and nothing else.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FileRole } from '../src/model/artifact/manifest.ts';
import { twoTastes } from '../src/model/training/fixtures.case.ts';
import { modelIn } from './modelIn.case.ts';
import { runHere, scratchFolder } from './runHere.case.ts';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

const shop = twoTastes(80, 30, 10);
const quick = ['--dim', '4', '--epochs', '2', '--threads', '1', '--json'];
const model = scratch.path('model');
let first: string[] = [];
let before: ReturnType<typeof modelIn>;

/** As CSV; users are even or odd, as are the items they choose. */
function rowsOf(events: readonly (readonly [user: string, item: string, day: string])[]): string {
  const lines = events.map(([user, item, day]) => {
    const country = Number(user.slice(1)) % 2 ? 'Spain' : 'France';
    return [user, item, day, country].join(',');
  });
  return `user,item,time,Country\n${lines.join('\n')}\n`;
}

const past = Array.from(shop.users, (user, row): [string, string, string] => {
  const day = new Date(Date.UTC(2025, 0, 1 + (row % 200))).toISOString();
  return [`u${user}`, `i${shop.itemIds[shop.items[row]]}`, day];
});
/** Thirty newcomers of one country who all want the same, and two things that nobody knew. */
const news = Array.from({ length: 30 }, (_, index): [string, string, string] => [
  `u${1000 + 2 * index}`,
  index < 28 ? 'i0' : `unheard${index}`,
  '2025-08-20T10:00:00Z',
]);

beforeAll(async () => {
  const rows = scratch.write('past.csv', rowsOf(past));
  first = ['--interactions', rows, '--segment-column', 'Country'];
  const done = await runHere('train', ...first, '--out', model, ...quick);
  expect(done.stderr).toBe('');
  before = modelIn(model);
});

it('counts the events up to now, leaves all else, and says what it could not take in', async () => {
  const rows = scratch.write('now.csv', rowsOf([...past, ...news]));
  const given = ['refresh', model, '--interactions', rows, '--segment-column', 'Country'];
  const former = before.contents('statistics') as Record<string, number[]>;
  const { status, stdout, stderr } = await runHere(...given, '--json');
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const document = JSON.parse(stdout) as Record<string, number>;
  expect(document).toMatchObject({
    rows: past.length + 30,
    unknownEvents: 2,
    unknownItems: 2,
    countedAt: '2025-08-20T10:00:00.000Z',
    formerlyCountedAt: before.manifest.countedAt,
    segments: 2,
  });
  expect(document['pairs']).toBe(document['formerPairs'] + 28);

  const { manifest, contents } = modelIn(model);
  const same = (role: FileRole) =>
    manifest.files.filter((file) => file.role === role).map(({ sha256 }) => sha256);
  const changed = new Set(before.manifest.files.map(({ role }) => role));
  for (const role of changed) {
    const were = before.manifest.files.filter((file) => file.role === role);
    const isSame = JSON.stringify(same(role)) === JSON.stringify(were.map((file) => file.sha256));
    expect([role, isSame]).toEqual([role, role !== 'statistics' && role !== 'segments']);
  }
  expect(manifest.modelId).not.toBe(before.manifest.modelId);
  expect(manifest.createdAt).toBe(before.manifest.createdAt);
  const row = (contents('ids') as string[]).indexOf('i0');
  const counts = contents('statistics') as Record<string, number[]>;
  expect(counts['popularity'][row]).toBe(former['popularity'][row] + 28);
  expect(counts['recent10'][row]).toBe(28);
  // Within the window, which now ends in August.
  expect(counts['trending'].reduce((sum, count) => sum + count)).toBeLessThan(
    28 + former['trending'].reduce((sum, count) => sum + count),
  );
  const { segments, trendingUsers } = contents('segments') as {
    trendingUsers: number;
    segments: { name: string; rows: number[]; counts: number[]; prior: number[] }[];
  };
  const french = segments.find(({ name }) => name === 'France')!;
  expect(french.rows[0]).toBe(row);
  expect(french.counts[0]).toBeGreaterThanOrEqual(28);
  expect(french.counts[0]).toBeLessThanOrEqual(counts['trending'][row]);
  expect(trendingUsers).toBeGreaterThanOrEqual(28);
  const were = before.contents('ids');
  expect(contents('ids')).toEqual(were);

  // What the manifest no longer names is gone, and what it names is whole.
  expect(readdirSync(model).sort()).toEqual(
    [...new Set(['manifest.json', ...manifest.files.map(({ name }) => name)])].sort(),
  );
  expect((await runHere('inspect', model)).status).toBe(0);

  const again = await runHere(...given, '--json');
  expect((JSON.parse(again.stdout) as { modelId: string }).modelId).toBe(manifest.modelId);
});

it('says for people what it found, and when that is less than there was', async () => {
  const rows = scratch.write('part.csv', rowsOf(news));
  const { stdout } = await runHere('refresh', model, '--interactions', rows);
  expect(stdout).toMatch(/^unknown +2 of 2 items that the model does not hold: training/m);
  expect(stdout).toMatch(/^note +fewer than before: are these the events of the whole time\?$/m);
  expect(stdout).toMatch(/^segments +as they were \(--segment-column counts them anew\)$/m);
});

it('refuses events of other items alone, and writes nothing', async () => {
  const text = readFileSync(`${model}/manifest.json`, 'utf8');
  const others = past.map(([user, item, day]): [string, string, string] => [user, `x${item}`, day]);
  const rows = scratch.write('others.csv', rowsOf(others));
  const { status, stderr } = await runHere('refresh', model, '--interactions', rows);
  expect(status).toBe(2);
  expect(stderr).toMatch(/no event is of an item of .*model: are these its ids/);
  expect(readFileSync(`${model}/manifest.json`, 'utf8')).toBe(text);
});

it.each([
  ['no model', ['/nowhere'], /\/nowhere\/manifest\.json cannot be read: there is no model/],
  ['events without times', [model], /so the events need times \(--time-column\)/],
])('refuses %s in one sentence, and writes nothing', async (_, folder, sentence) => {
  const text = readFileSync(`${model}/manifest.json`, 'utf8');
  const timeless = past.map(([user, item]) => `${user},${item}`).join('\n');
  const rows = scratch.write('timeless.csv', `user,item\n${timeless}\n`);
  const { status, stderr } = await runHere('refresh', ...folder, '--interactions', rows);
  expect(status).toBe(2);
  expect(stderr).toMatch(sentence);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(readFileSync(`${model}/manifest.json`, 'utf8')).toBe(text);
});

it('refuses a column of segments for a model that has none', async () => {
  const rows = first[1];
  const plain = scratch.path('plain');
  await runHere('train', '--interactions', rows, '--out', plain, ...quick);
  const { status, stderr } = await runHere('refresh', plain, ...first);
  expect(status).toBe(2);
  expect(stderr).toMatch(/--segment-column must be left out: .* has no segments/);
});
