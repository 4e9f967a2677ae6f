/**
 * @module
 * A visitor's way: trending at first, then a list that follows what they look at, keeps over
 * reloads and tabs, and is gone when forgotten.
 */
import { expect, test } from 'playwright/test';
import { openFixture } from './fixture.ts';
import { browse, forYou, idsOf, lookAt, openShop, rowsOnDevice, settledForYou } from './shop.ts';

test('a new visitor sees what is trending for everyone, and is told so', async ({
  page,
  browser,
}) => {
  await openShop(page);
  const list = await page.evaluate(() => window.sotto.recommend({ count: 12 }));
  expect(list).toHaveLength(12);
  expect(new Set(list.map((one) => one.source))).toEqual(new Set(['trending']));
  expect(idsOf(await forYou(page))).toEqual(idsOf(list));
  await expect(page.locator('#for-you-note')).toContainText('You are new here');
  // Nothing is known of either: another new visitor is shown the same.
  const other = await browser.newContext();
  const theirs = await other.newPage();
  await openShop(theirs);
  expect(idsOf(await forYou(theirs))).toEqual(idsOf(list));
  await other.close();
});

test('the first click changes ‘For you’ on the same page', async ({ page }) => {
  await openShop(page);
  const before = await settledForYou(page);
  await page.evaluate(() => (document.body.dataset['marker'] = 'same page'));
  await page
    .locator('#for-you-list > .card')
    .nth(3)
    .getByRole('button', { name: /^Quick look/ })
    .click();
  await expect(page.locator('[data-list-news]')).toContainText('‘For you’ has changed');
  const after = await settledForYou(page);
  expect(idsOf(after)).not.toEqual(idsOf(before));
  await expect(page.locator('#for-you-list .mark-new').first()).toBeVisible();
  await expect(page.locator('#for-you-note')).toContainText('Picked in this browser');
  await expect(page.locator('body')).toHaveAttribute('data-marker', 'same page');
});

test('three clicks on Christmas items turn ‘For you’ mostly to Christmas; it keeps, and forget() undoes it', async ({
  page,
  context,
}) => {
  const christmas = (list: readonly { department: string }[]): number =>
    list.filter((one) => one.department === 'Christmas').length;
  await openShop(page);
  const trending = await settledForYou(page);
  const other = await context.newPage();
  await openShop(other);
  await page.evaluate(() => (document.body.dataset['marker'] = 'same page'));
  await browse(page, 'Christmas');
  await lookAt(page, 3);
  const turned = await settledForYou(page);
  expect(christmas(turned)).toBeGreaterThanOrEqual(7);
  expect(christmas(turned)).toBeGreaterThan(christmas(trending));
  await expect(page.locator('body')).toHaveAttribute('data-marker', 'same page');

  // The tab that was open all along follows without a reload.
  await expect.poll(async () => christmas(await forYou(other))).toBeGreaterThanOrEqual(7);
  await page.reload();
  expect(christmas(await settledForYou(page))).toBeGreaterThanOrEqual(7);
  const later = await context.newPage();
  await openShop(later);
  expect(christmas(await settledForYou(later))).toBeGreaterThanOrEqual(7);
  await later.close();

  await page.evaluate(() => window.sotto.forget());
  expect(idsOf(await settledForYou(page))).toEqual(idsOf(trending));
  await expect.poll(async () => idsOf(await forYou(other))).toEqual(idsOf(trending));
  // Both pages go on noting what is on screen; of what was done before there is nothing.
  const left = await page.evaluate(() => window.sotto.exportData());
  expect(left).not.toContain('"click"');
  expect(await page.evaluate(async () => (await window.sotto.profile()).items)).toEqual([]);
});

test('forget() leaves every store on the device empty', async ({ page }) => {
  await openShop(page);
  await browse(page, 'Christmas');
  await lookAt(page, 3);
  // A page that shows nothing: what is stored afterwards is stored by forget() or left by it.
  await openFixture(page);
  await page.evaluate(() => window.sotto.recommend({ count: 12 }));
  const before = await rowsOnDevice(page);
  for (const store of ['events', 'preferences', 'cursor', 'lists']) {
    expect([store, before[`sotto/${store}`] > 0]).toEqual([store, true]);
  }
  await page.evaluate(() => window.sotto.forget());
  const after = await rowsOnDevice(page);
  expect(Object.keys(after)).toEqual(Object.keys(before));
  expect(Object.values(after).every((count) => count === 0)).toBe(true);
  // Nor is anything of Sotto's left in the tab's own storage.
  const kept = await page.evaluate(() => [
    ...Object.keys(sessionStorage),
    ...Object.keys(localStorage),
  ]);
  expect(kept.filter((key) => !key.startsWith('tissue-and-twine.'))).toEqual([]);
});
