/**
 * @module
 * A model of several shards as it arrives, and the one that is published after it: lists come
 * early, what serves is swapped between two calls, and a bad publication never takes its place.
 */
import { expect, test, type Page } from 'playwright/test';
import { openFixture } from './fixture.ts';
import {
  createPublisher,
  ITEMS,
  LAST_SHARD,
  packModel,
  type ModelFiles,
  type Publisher,
} from './publishedModel.ts';

let model: ModelFiles;
/** Differs from it in the last shard alone. */
let newer: ModelFiles;
let publisher: Publisher;

test.beforeAll(async () => {
  [model, newer] = await Promise.all([packModel(), packModel(0.2)]);
});

test.beforeEach(async ({ context }) => {
  publisher = await createPublisher(context);
  publisher.publish(model);
});

/** The fixture, on which `said` gathers what the recommender says of itself. */
async function open(page: Page): Promise<void> {
  await openFixture(page, { attributes: { 'data-model': publisher.manifest } });
  await page.evaluate(() => {
    window.said = [];
    window.sotto.on('update', ({ reason }) => window.said.push(reason));
    window.sotto.on('error', ({ code }) => window.said.push(code));
  });
}

declare global {
  var said: string[];
}

const ids = (page: Page, count: number): Promise<string[]> =>
  page.evaluate(
    async (wanted) => (await window.sotto.recommend({ count: wanted })).map(({ itemId }) => itemId),
    count,
  );

const modelId = (page: Page): Promise<string> =>
  page.evaluate(async () => (await window.sotto.profile()).model.modelId);

const idOf = (files: ModelFiles): string =>
  (JSON.parse(String(files.get('manifest.json'))) as { modelId: string }).modelId;

/** Likes an item of the last shard, and learns of it. */
const likeTheLast = (page: Page): Promise<void> =>
  page.evaluate(
    (itemId) => {
      window.sotto.track({ itemId, action: 'like' });
      return window.sotto.flush();
    },
    `item-${ITEMS - 1}`,
  );

/** Until the whole model serves and all of its files are kept. */
async function untilKept(page: Page, files: ModelFiles): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const requests = await Promise.all(
          (await caches.keys()).map(async (name) => (await caches.open(name)).keys()),
        );
        return requests.flat().map(({ url }) => url.split('/').pop() ?? '');
      }),
    )
    .toEqual(expect.arrayContaining([...files.keys()]));
}

/** Of no use to the first shard. Files of the same content have one name, wherever they stand. */
function isLater(name: string): boolean {
  const { files } = JSON.parse(String(model.get('manifest.json'))) as {
    files: { name: string; firstRow: number }[];
  };
  const places = files.filter((file) => file.name === name);
  return places.length > 0 && places.every(({ firstRow }) => firstRow > 0);
}

test('the first shard answers; what needs the whole waits for it, and later lists hold it', async ({
  page,
}) => {
  const letThrough = publisher.holdBack(isLater);
  await open(page);
  expect(await ids(page, 5)).toEqual([0, 1, 2, 3, 4].map((item) => `item-${item}`));
  // Of a shard that is still on its way: the page may show it, and a visitor like it.
  const last = page.evaluate(
    async ([itemId]) => (await window.sotto.similar(itemId, { count: 5 })).length,
    [`item-${ITEMS - 1}`],
  );
  const liked = likeTheLast(page);
  expect(await ids(page, 5)).toHaveLength(5);
  expect(await page.evaluate(() => window.said)).not.toContain('model');
  letThrough();
  expect(await last).toBe(5);
  await liked;
  await expect.poll(() => page.evaluate(() => window.said)).toContain('model');
  const likeIt = await ids(page, 20);
  expect(likeIt).toHaveLength(20);
  for (const id of likeIt)
    expect(Number(id.slice('item-'.length))).toBeGreaterThanOrEqual(LAST_SHARD);
  expect(await page.evaluate(() => window.said)).not.toContain('unknown-item');
});

test('a new model is fetched behind the old one, only where it differs, and swapped in', async ({
  page,
}) => {
  await open(page);
  await likeTheLast(page);
  await untilKept(page, model);
  publisher.takeAsked();
  publisher.publish(newer);
  const changed = [...newer.keys()].filter((name) => !model.has(name));
  expect(changed.map((name) => name.split('-')[0]).sort()).toEqual(['factors', 'gram']);
  const letThrough = publisher.holdBack(() => true);
  await open(page);
  // The old one serves, whole and with what was learned, while the new one is not even named.
  expect(await modelId(page)).toBe(idOf(model));
  const before = await ids(page, 20);
  expect(before).toContain(`item-${LAST_SHARD}`);
  // Nobody stops asking while they change places.
  const asking = page.evaluate(async () => {
    const lengths = new Set<number>();
    while (!window.said.includes('swapped')) {
      lengths.add((await window.sotto.recommend({ count: 20 })).length);
    }
    return [...lengths];
  });
  letThrough();
  await expect.poll(() => modelId(page)).toBe(idOf(newer));
  await page.evaluate(() => window.said.push('swapped'));
  expect(await asking).toEqual([20]);
  expect(await ids(page, 20)).toEqual(before);
  expect(await page.evaluate(() => window.said)).toContain('model');
  expect(publisher.takeAsked()).toEqual(['manifest.json', ...changed].sort());
  await untilKept(page, newer);
});

test('a new model of which a file is not what its hash says stays out; the last good one serves on', async ({
  page,
}) => {
  await open(page);
  await untilKept(page, model);
  const damaged = [...newer.keys()].find((name) => !model.has(name) && name.startsWith('factors'));
  const bytes = Buffer.from(newer.get(damaged ?? '') ?? '');
  bytes[100] ^= 1;
  publisher.publish(new Map([...newer, [damaged ?? '', bytes]]));
  // Not before somebody listens.
  const letThrough = publisher.holdBack(() => true);
  await open(page);
  letThrough();
  await expect.poll(() => page.evaluate(() => window.said)).toContain('file-corrupt');
  expect(await modelId(page)).toBe(idOf(model));
  expect(await ids(page, 20)).toHaveLength(20);
  // And the next visit, without a network, still has it.
  publisher.publish(new Map());
  await open(page);
  expect(await ids(page, 20)).toHaveLength(20);
  expect(await modelId(page)).toBe(idOf(model));
});
