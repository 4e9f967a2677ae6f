/**
 * @module
 * The three complete pages of docs/tracking.md and the markup of README.md, opened as they are
 * printed there.
 */
import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from 'playwright/test';

/** The page printed under a heading. */
async function openExample(page: Page, heading: string): Promise<string[]> {
  const text = await readFile('docs/tracking.md', 'utf8');
  const section = text.split(`### ${heading}\n`)[1] ?? '';
  const body = /```html\n([^]*?)```/.exec(section)?.[1] ?? '';
  const thrown: string[] = [];
  page.on('pageerror', (error) => thrown.push(error.message));
  await page.route('**/example.html', (route) => route.fulfill({ body, contentType: 'text/html' }));
  await page.goto('example.html');
  await expect(page.locator('#for-you > li')).toHaveCount(6);
  return thrown;
}

/** What is on the device, read past the library. */
async function events(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('sotto');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error('cannot open sotto'));
    });
    const rows = await new Promise<unknown[]>((resolve, reject) => {
      const request = database.transaction('events').objectStore('events').getAll();
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error('cannot read events'));
    });
    database.close();
    // Whether the row is the event or holds it is the store's own business.
    return rows.map((row) => {
      const { event, ...rest } = row as { event?: object };
      const { itemId, action } = (event ?? rest) as { itemId: string; action: string };
      return `${itemId} ${action}`;
    });
  });
}

const titles = (page: Page) => page.locator('#for-you > li').allTextContents();

/** What a visitor did is there, and the list has followed it. */
async function expectLearned(page: Page, before: string[], expected: string[]): Promise<void> {
  await expect
    .poll(async () => {
      const kept = await events(page);
      return expected.filter((one) => !kept.includes(one));
    })
    .toEqual([]);
  await expect.poll(() => titles(page)).not.toEqual(before);
}

test('by attributes', async ({ page }) => {
  const thrown = await openExample(page, 'By attributes');
  const before = await titles(page);
  await page.getByText('Glass ball lights').click();
  await page.getByText('Add to basket').nth(1).click();
  await expectLearned(page, before, ['85048 click', '22086 cart']);
  expect(thrown).toEqual([]);
});

test('by its data layer', async ({ page }) => {
  const thrown = await openExample(page, 'By its data layer');
  const before = await titles(page);
  await page.getByText('Add to basket').click();
  await page.waitForTimeout(1000);
  // Not before the visitor has agreed.
  expect(await events(page)).toEqual([]);
  await page.getByText('Accept statistics').click();
  await expectLearned(page, before, ['85048 view', '85048 cart']);
  await page.locator('#for-you a').first().click();
  await expect.poll(async () => (await events(page)).at(-1)).toMatch(/ click$/);
  expect(thrown).toEqual([]);
});

test('by calls', async ({ page }) => {
  const thrown = await openExample(page, 'By calls');
  const before = await titles(page);
  await page.getByText('Glass ball lights').click();
  await page.getByText('Buy both').click();
  await page.getByText('Buy both').click();
  await expectLearned(page, before, ['85048 click', '85048 purchase', '22086 purchase']);
  expect((await events(page)).length).toBe(3);
  expect(thrown).toEqual([]);
});

test('what README says to put on a page shows a list that follows', async ({ page }) => {
  const text = await readFile('README.md', 'utf8');
  const markup = /```html\n([^]*?)```/.exec(text)?.[1] ?? '';
  const body = `<!doctype html><html lang="en"><body>${markup.replace('/models/shop/', '/model/')}`;
  await page.route('**/readme.html', (route) => route.fulfill({ body, contentType: 'text/html' }));
  await page.goto('readme.html');
  const shown = page.locator('sotto-shelf > [data-sotto-item]');
  await expect(shown).toHaveCount(8);
  const ids = () =>
    shown.evaluateAll((items) => items.map((item) => item.getAttribute('data-sotto-item')));
  const before = await ids();
  await page.getByText('Add to basket').click();
  await expect.poll(() => events(page)).toContain('85048 cart');
  await expect.poll(ids).not.toEqual(before);
});
