/**
 * @module
 * What a page asks of a list as a whole, from a visitor with a history: how much of one category,
 * what must not be in it, how alike its items are, and how it explores.
 */
import type { Recommendation, Recommender } from 'sotto';
import { expect, test, type Page } from 'playwright/test';
import { browse, idsOf, lookAt, openShop } from './shop.ts';

type Asked = Omit<NonNullable<Parameters<Recommender['recommend']>[0]>, 'signal'>;

const recommend = (page: Page, asked: Asked): Promise<readonly Recommendation[]> =>
  page.evaluate((given) => window.sotto.recommend(given as Asked), asked as never);

function mostOfOne(list: readonly Recommendation[]): number {
  const counts = new Map<string, number>();
  for (const { item } of list) {
    for (const category of item['categories'] as string[]) {
      counts.set(category, (counts.get(category) ?? 0) + 1);
    }
  }
  return Math.max(...counts.values());
}

test.beforeEach(async ({ page }) => {
  await openShop(page);
  await browse(page, 'Christmas');
  await lookAt(page, 3);
});

test('maxPerCategory caps every category, and the list stays full', async ({ page }) => {
  const free = await recommend(page, { count: 12 });
  expect(mostOfOne(free)).toBeGreaterThan(3);
  const capped = await recommend(page, { count: 12, maxPerCategory: 3 });
  expect(capped).toHaveLength(12);
  expect(mostOfOne(capped)).toBeLessThanOrEqual(3);
  // What the cap leaves stands in the order it had.
  expect(capped[0].itemId).toBe(free[0].itemId);
});

test('filter and exclude hold, whatever else is asked for', async ({ page }) => {
  const [first] = await recommend(page, { count: 1 });
  const list = await recommend(page, {
    count: 24,
    exclude: [first.itemId],
    filter: { price: { max: 2 } },
    explore: 1,
    diversity: 0.5,
  });
  expect(list).toHaveLength(24);
  expect(idsOf(list)).not.toContain(first.itemId);
  for (const { item } of list) expect(item['price']).toBeLessThanOrEqual(2);
});

test('explore draws lists that differ, each item with the probability of its being there', async ({
  page,
}) => {
  const [first, second] = [
    await recommend(page, { count: 12, explore: 1 }),
    await recommend(page, { count: 12, explore: 1 }),
  ];
  expect(idsOf(first)).not.toEqual(idsOf(second));
  for (const { propensity } of [...first, ...second]) {
    expect(propensity).toBeGreaterThan(0);
    expect(propensity).toBeLessThan(1);
  }
  for (const one of await recommend(page, { count: 12 }))
    expect(one).not.toHaveProperty('propensity');
});

test('diversity brings in what the list by score alone had left out', async ({ page }) => {
  const byScore = idsOf(await recommend(page, { count: 12 }));
  const diverse = idsOf(await recommend(page, { count: 12, diversity: 0.7 }));
  expect(diverse).toHaveLength(12);
  expect(new Set(diverse).size).toBe(12);
  expect(diverse.filter((itemId) => !byScore.includes(itemId)).length).toBeGreaterThan(0);
});
