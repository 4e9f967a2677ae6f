/**
 * @module
 * What the tests do with the demo shop: open it, read 'For you', look at items.
 */
import type { Recommender } from 'sotto';
import { expect, type Page } from 'playwright/test';

declare global {
  var sotto: Recommender;
}

export interface ShownItem {
  itemId: string;
  department: string;
}

/** Opens the front page and waits until both the list and the panel's count have come. */
export async function openShop(page: Page, address = './index.html'): Promise<void> {
  await page.goto(address);
  await expect(page.locator('#for-you-list > .card')).toHaveCount(12);
}

export function forYou(page: Page): Promise<ShownItem[]> {
  return shown(page, '#for-you-list');
}

export function shown(page: Page, list: string): Promise<ShownItem[]> {
  return page.locator(`${list} > .card`).evaluateAll((cards) =>
    cards.map((card) => ({
      itemId: (card as HTMLElement).dataset['sottoItem'] ?? '',
      department: (card as HTMLElement).dataset['department'] ?? '',
    })),
  );
}

export const idsOf = (items: readonly { itemId: string }[]): string[] =>
  items.map(({ itemId }) => itemId);

/** Shows a department in 'Browse', by its link; the page stays. */
export async function browse(page: Page, department: string): Promise<void> {
  await page.locator('#departments a', { hasText: department }).first().click();
  await expect(page.locator('#browse-note')).toContainText(department);
  await expect(page.locator('#browse-list > .card').first()).toHaveAttribute(
    'data-department',
    department,
  );
}

/** Opens and closes the quick look of the first `count` items in 'Browse'. @returns their ids. */
export async function lookAt(page: Page, count: number): Promise<string[]> {
  const looked: string[] = [];
  for (let place = 0; place < count; place++) {
    const card = page.locator('#browse-list > .card').nth(place);
    looked.push((await card.getAttribute('data-sotto-item')) ?? '');
    await card.getByRole('button', { name: /^Quick look/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  }
  await page.evaluate(() => window.sotto.flush());
  return looked;
}

/** Waits until 'For you' on the page is what `recommend` gives now. */
export async function settledForYou(page: Page): Promise<ShownItem[]> {
  await expect
    .poll(async () => {
      const wanted = await page.evaluate(() => window.sotto.recommend({ count: 12 }));
      return idsOf(wanted).join() === idsOf(await forYou(page)).join();
    })
    .toBe(true);
  return forYou(page);
}

/** How many rows each object store of each database on this origin holds, read past the library. */
export function rowsOnDevice(page: Page): Promise<Record<string, number>> {
  return page.evaluate(async () => {
    const rows: Record<string, number> = {};
    for (const { name } of await indexedDB.databases()) {
      if (name === undefined) continue;
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(`cannot open ${name}`));
      });
      for (const store of database.objectStoreNames) {
        rows[`${name}/${store}`] = await new Promise<number>((resolve, reject) => {
          const request = database.transaction(store).objectStore(store).count();
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(new Error(`cannot count ${store}`));
        });
      }
      database.close();
    }
    return rows;
  });
}
