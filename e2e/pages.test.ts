/**
 * @module
 * The shop's other pages: a product with 'Similar', the basket, the thank-you page, search.
 */
import { expect, test, type Page } from 'playwright/test';
import { idsOf, openShop, shown } from './shop.ts';

async function logged(page: Page): Promise<{ action: string; item_id: string; value?: number }[]> {
  const text = await page.evaluate(async () => {
    await window.sotto.flush();
    return new Response(await window.sotto.exportData()).text();
  });
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { action: string; item_id: string; value?: number })
    .filter((line) => line.action !== undefined);
}

test('a link leads to the product page, which counts a view and shows ‘Similar’', async ({
  page,
}) => {
  await openShop(page);
  const card = page.locator('#browse-list > .card').nth(2);
  const itemId = (await card.getAttribute('data-sotto-item')) ?? '';
  await card.getByRole('heading').getByRole('link').click();
  await expect(page).toHaveURL(new RegExp(`product\\.html\\?item=${itemId}$`));
  await expect(page.locator('#similar-list > .card')).toHaveCount(6);
  const wanted = await page.evaluate((id) => window.sotto.similar(id, { count: 6 }), itemId);
  expect(idsOf(await shown(page, '#similar-list'))).toEqual(idsOf(wanted));
  expect(idsOf(wanted)).not.toContain(itemId);
  const actions = (await logged(page)).filter((one) => one.item_id === itemId);
  // The click was made just before its page went away, and must not be lost.
  expect(actions.map((one) => one.action)).toEqual(expect.arrayContaining(['click', 'view']));
});

test('basket and checkout: what was bought is tracked once, with its quantity', async ({
  page,
}) => {
  await openShop(page);
  const card = page.locator('#browse-list > .card').first();
  const itemId = (await card.getAttribute('data-sotto-item')) ?? '';
  await card.getByRole('button', { name: /^Add/ }).click();
  await expect(page.locator('#basket-count')).toHaveText('1');
  await page.getByRole('link', { name: /^Basket/ }).click();
  const quantity = page.getByRole('spinbutton');
  await quantity.fill('3');
  await quantity.blur();
  await expect(page.locator('#basket-count')).toHaveText('3');
  await page.getByRole('link', { name: 'Place the order' }).click();
  await expect(page.getByRole('heading', { name: 'Thank you' })).toBeVisible();
  await expect(page.locator('#basket-count')).toHaveText('0');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Nothing to order' })).toBeVisible();
  const events = (await logged(page)).filter((one) => one.item_id === itemId);
  expect(events.filter((one) => one.action === 'cart')).toHaveLength(1);
  const purchases = events.filter((one) => one.action === 'purchase');
  expect(purchases).toHaveLength(1);
  expect(purchases[0].value).toBe(3);
});

test('search finds by words and keeps them out of the address a server sees', async ({ page }) => {
  await page.goto('./basket.html');
  await page.getByRole('searchbox').fill('heart');
  await page.getByRole('searchbox').press('Enter');
  await expect(page.locator('#browse-note')).toContainText('for “heart”');
  const url = new URL(page.url());
  expect(url.search).toBe('');
  expect(url.hash).toContain('q=heart');
  const titles = await page.locator('#browse-list .card-title').allTextContents();
  expect(titles.length).toBeGreaterThan(3);
  for (const title of titles) expect(title.toLowerCase()).toContain('heart');
});

test('search that finds nothing says so, and keeps the words to be mended', async ({ page }) => {
  await page.goto('./basket.html');
  await page.getByRole('searchbox').fill('bycicle');
  await page.getByRole('searchbox').press('Enter');
  await expect(page.locator('#browse-note')).toHaveText('No gifts for “bycicle”');
  await expect(page.getByRole('searchbox')).toHaveValue('bycicle');
});

test('by keyboard one keeps one’s place while the list changes', async ({ page }) => {
  await openShop(page);
  const first = page.locator('#for-you-list > .card').first();
  const left = await first.getAttribute('data-sotto-item');
  await first.getByRole('button', { name: /^Add/ }).press('Enter');
  // What lies in the basket is not recommended: the card goes, and the one in its place is focused.
  await expect(first).not.toHaveAttribute('data-sotto-item', left ?? '');
  await expect(first.getByRole('heading').getByRole('link')).toBeFocused();

  const look = first.getByRole('button', { name: /^Quick look/ });
  await look.press('Enter');
  await expect(page.getByRole('dialog').locator('[data-list-news]')).not.toBeEmpty();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  const focusedIn = () =>
    page.evaluate(() => document.activeElement?.closest('#for-you-list')?.id ?? null);
  await expect.poll(focusedIn).toBe('for-you-list');
});

test('‘What suits you’ puts a department in the order of rank()', async ({ page }) => {
  await openShop(page);
  await page.locator('#departments a').nth(3).click();
  await page
    .locator('#browse-list > .card')
    .nth(7)
    .getByRole('button', { name: /^Quick/ })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.evaluate(() => window.sotto.flush());
  await page.getByRole('link', { name: 'What suits you' }).click();
  await expect(page.getByRole('link', { name: 'What suits you' })).toHaveAttribute(
    'aria-current',
    'true',
  );
  const ids = idsOf(await shown(page, '#browse-list'));
  const ranked = await page.evaluate(
    (itemIds) => window.sotto.rank(itemIds, { count: itemIds.length }),
    [...ids].sort(),
  );
  expect(idsOf(ranked)).toEqual(ids);
});

test('an item the shop does not hold says so', async ({ page }) => {
  await page.goto('./product.html?item=nothing');
  await expect(page.getByRole('heading', { name: 'No such item' })).toBeVisible();
});
