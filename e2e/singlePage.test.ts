/**
 * @module
 * The npm way: the single-page app, which imports the package by name.
 */
import { expect, test } from 'playwright/test';
import { idsOf, shown } from './shop.ts';

test('the single-page app learns across its own navigation, with no page load', async ({
  page,
}) => {
  const documents: string[] = [];
  page.on('request', (request) => {
    if (request.isNavigationRequest()) documents.push(request.url());
  });
  const thrown: string[] = [];
  page.on('pageerror', (error) => thrown.push(error.message));
  await page.goto('./index.html');
  await page.getByRole('link', { name: /single-page app/ }).click();
  const cards = page.locator('#for-you > .card');
  await expect(cards).toHaveCount(24);
  const before = await shown(page, '#for-you');
  await expect(page.locator('#view')).toContainText('What everyone has been buying');
  // Bundled, the kernels are still found.
  await expect(page.locator('#where')).toHaveText(
    'Ranking: wasm. Learning: closed-form. Kept in: indexeddb.',
  );
  const loads = documents.length;

  const christmas = page.locator('#for-you > .card[data-department="Christmas"]').first();
  const title = (await christmas.locator('a').textContent()) ?? '';
  await christmas.locator('a').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  await expect(page.locator('#similar > .card')).toHaveCount(12);
  await expect(page).toHaveURL(/\?item=/);
  await page.goBack();
  await expect(cards).toHaveCount(24);
  await expect(page.locator('#view')).toContainText('From what you looked at');
  await expect.poll(async () => idsOf(await shown(page, '#for-you'))).not.toEqual(idsOf(before));
  expect(documents.length).toBe(loads);

  // Loaded when it is opened, with the recommender it was given before.
  expect(await page.evaluate(() => !!customElements.get('sotto-inspector'))).toBe(false);
  await page.getByText('What this page knows').first().click();
  await expect(page.locator('sotto-inspector [part=items] li').first()).toContainText(title);

  // The address of a view is an ordinary address.
  await page.goForward();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  expect(thrown).toEqual([]);
});
