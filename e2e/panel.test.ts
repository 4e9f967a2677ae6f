/**
 * @module
 * The panel shows what is really on the device, and its buttons do what they say.
 */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'playwright/test';
import { browse, forYou, idsOf, lookAt, openShop, settledForYou } from './shop.ts';

test('the panel shows events, what was learned, times, and where it ran', async ({ page }) => {
  await openShop(page);
  await browse(page, 'Christmas');
  await lookAt(page, 2);
  await page.getByRole('button', { name: /What this page knows/ }).click();
  const panel = page.getByRole('complementary', { name: 'What this page knows' });
  await expect(panel).toBeVisible();
  const profile = await page.evaluate(() => window.sotto.profile());
  expect(profile.model.retrieval).toBe('wasm');
  expect(profile.model.learner).toBe('closed-form');
  expect(profile.model.storage).toBe('indexeddb');
  await expect(panel).toContainText('WASM, SIMD kernel');
  await expect(panel).toContainText('Closed form');
  await expect(panel).toContainText('IndexedDB');
  await expect(panel.locator('.tastes li').first()).toContainText(
    profile.items[0].item.title ?? '',
  );
  await expect(panel.locator('.bars li').first()).toContainText('Christmas');
  await expect(panel.locator('.action-click').first()).toBeVisible();
  await expect
    .poll(async () => {
      const { events } = await page.evaluate(() => window.sotto.profile());
      return (await panel.textContent())?.includes(`Events on this device: ${events}`);
    })
    .toBe(true);
  for (const name of ['Action to new list on the page', 'Learning', 'Adding what is new']) {
    const value = panel.locator('.facts div', { hasText: name }).last().locator('dd');
    await expect(value).toHaveText(/^(under )?[\d.]+ ms$/);
  }
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
});

test('pause stops events and resume takes them up again', async ({ page }) => {
  await openShop(page);
  await page.getByRole('button', { name: /What this page knows/ }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  const count = (): Promise<number> =>
    page.evaluate(async () => {
      await window.sotto.flush();
      return (await window.sotto.profile()).events;
    });
  const before = await count();
  await browse(page, 'Christmas');
  await lookAt(page, 2);
  expect(await count()).toBe(before);
  // On the next page too.
  await page.reload();
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
  await browse(page, 'Garden');
  await lookAt(page, 1);
  expect(await count()).toBe(before);
  await page.getByRole('button', { name: 'Resume' }).click();
  await lookAt(page, 1);
  expect(await count()).toBeGreaterThan(before);
});

test('‘Why?’ explains by what was done, and the shares add up to the score', async ({ page }) => {
  await openShop(page);
  await browse(page, 'Christmas');
  const looked = await lookAt(page, 2);
  const [first] = await settledForYou(page);
  const explanation = await page.evaluate((id) => window.sotto.explain(id), first.itemId);
  expect(new Set(idsOf(explanation.contributions))).toEqual(new Set(looked));
  const sum = explanation.contributions.reduce((total, one) => total + one.score, 0);
  expect(sum + explanation.prior).toBeCloseTo(explanation.score, 6);
  await page.locator('#for-you-list > .card').first().getByRole('button', { name: /^Why/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.locator('.share')).toHaveCount(explanation.contributions.length + 1);
  await expect(dialog).toContainText(explanation.contributions[0].item.title ?? '');
});

test('export downloads every event as JSON Lines', async ({ page }) => {
  await openShop(page);
  await browse(page, 'Garden');
  const looked = await lookAt(page, 3);
  await page.getByRole('button', { name: /What this page knows/ }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('what-this-page-knows.jsonl');
  const lines = (await readFile(await download.path(), 'utf8'))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const clicks = lines.filter((line) => line['action'] === 'click');
  expect(clicks.map((line) => line['item_id'])).toEqual(looked);
  for (const line of clicks) {
    expect(line['timestamp']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(typeof line['user_id']).toBe('string');
  }
});

test('forget one item, consent and forget everything, from the panel', async ({ page }) => {
  await openShop(page);
  const trending = await settledForYou(page);
  await browse(page, 'Christmas');
  const looked = await lookAt(page, 2);
  await page.getByRole('button', { name: /What this page knows/ }).click();
  const items = (): Promise<string[]> =>
    page.evaluate(async () => (await window.sotto.profile()).items.map((one) => one.itemId));
  await expect.poll(async () => (await items()).sort()).toEqual([...looked].sort());
  const [strongest] = await items();
  await page.locator('.tastes .link-button').first().click();
  await expect.poll(items).toEqual(looked.filter((one) => one !== strongest));
  await page.getByRole('button', { name: 'Forget everything' }).click();
  await expect.poll(async () => idsOf(await forYou(page))).toEqual(idsOf(trending));
  await page.getByLabel('May this page learn?').selectOption('denied');
  await lookAt(page, 1);
  const denied = await page.evaluate(() => window.sotto.profile());
  expect(denied.events).toBe(0);
  expect(idsOf(await forYou(page))).toEqual(idsOf(trending));
});
