/**
 * The second half of the page (`chunks/page-answers.js`): asked for beside the worker and the
 * database; what is seen, clicked and said before it has come is kept, also where it never comes.
 */
import { expect, test, type Page } from 'playwright/test';
import { openFixture } from './fixture.ts';

const PART = '**/chunks/page-answers.js';
const SHELF = `<div data-sotto-list="shelf">
  <div data-sotto-item="85048"><a href="#x">one</a></div>
  <div data-sotto-item="22423"><a href="#y">two</a></div></div>`;

interface Line {
  item_id: string;
  action: string;
  position?: number;
  timestamp: string;
}

const exported = async (page: Page, action: string): Promise<Line[]> => {
  const text = await page.evaluate(() => window.sotto.exportData());
  return text
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line)
    .filter((line) => line.action === action);
};

const open = (page: Page, name: string, more: Record<string, string> = {}) =>
  openFixture(page, { body: SHELF, attributes: { 'data-name': name, ...more } });

test('it is asked for beside the worker, and needs no second file', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const held: (() => void)[] = [];
  await page.route(PART, async (route) => {
    await new Promise<void>((resolve) => held.push(resolve));
    await route.continue();
  });
  await open(page, 'beside');
  await expect.poll(() => asked.some((path) => path.endsWith('/sotto-worker.js'))).toBe(true);
  expect(held).toHaveLength(1);
  held[0]();
  await page.evaluate(() => window.sotto.recommend({ count: 3 }));
  expect(asked.filter((path) => path.includes('/page-'))).toHaveLength(1);
});

test('what is seen and clicked before it has come is kept', async ({ page }) => {
  let release = (): void => {};
  const until = new Promise<void>((resolve) => (release = resolve));
  await page.route(PART, async (route) => {
    await until;
    await route.continue();
  });
  await open(page, 'late', { 'data-min-visible-ms': '100' });
  await page.getByText('two').click();
  // The script is not held up by it: the database has answered, and events are stored.
  await expect
    .poll(() => page.evaluate(() => (window.sotto as { isTaken?: boolean }).isTaken))
    .toBeUndefined();
  await page.waitForTimeout(600);
  const before = Date.now();
  release();
  await expect.poll(() => exported(page, 'impression')).toHaveLength(2);
  const clicks = await exported(page, 'click');
  expect(clicks).toMatchObject([{ item_id: '22423', position: 1 }]);
  for (const { timestamp } of [...clicks, ...(await exported(page, 'impression'))]) {
    expect(Date.parse(timestamp)).toBeLessThan(before);
  }
});

test('clicks and impressions agree on places, also once these have changed', async ({ page }) => {
  await open(page, 'places', { 'data-min-visible-ms': '100' });
  await expect.poll(() => exported(page, 'impression')).toHaveLength(2);
  await page.getByText('one').click();
  await page.evaluate(() => {
    const list = document.querySelector('[data-sotto-list]')!;
    const item = document.createElement('div');
    item.dataset['sottoItem'] = '21212';
    item.textContent = 'new';
    list.prepend(item);
  });
  await expect.poll(() => exported(page, 'impression')).toHaveLength(3);
  await page.getByText('two').click();
  expect(await exported(page, 'click')).toMatchObject([
    { item_id: '85048', position: 0 },
    { item_id: '22423', position: 2 },
  ]);
  expect(await exported(page, 'impression')).toMatchObject([
    { item_id: '85048', position: 0 },
    { item_id: '22423', position: 1 },
    { item_id: '21212', position: 0 },
  ]);
});

test('where it does not load: one warning, and nothing is lost that was clicked or said', async ({
  page,
}) => {
  const said: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('[sotto]')) said.push(message.text());
  });
  page.on('pageerror', (error) => said.push(`uncaught: ${error.message}`));
  await page.route(PART, (route) => route.abort());
  await open(page, 'missing');
  await page.getByText('one').click();
  const outcome = await page.evaluate(async () => {
    const { sotto } = window;
    const codes: string[] = [];
    const calls = [
      () => sotto.recommend(),
      () => sotto.profile(),
      () => sotto.exportData(),
      () => sotto.flush(),
      () => sotto.ready,
    ];
    for (const call of calls) {
      await (call() as Promise<unknown>).catch((error: Error & { code: string }) => {
        codes.push(`${error.name} ${error.code}`);
      });
    }
    window.sotto.track({ itemId: '22423', action: 'cart' });
    // Not in the journal: in the log.
    while (sessionStorage.length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    return { codes };
  });
  expect(outcome.codes).toEqual(new Array(5).fill('SottoError file-missing'));
  expect(said).toEqual([expect.stringContaining('[sotto] file-missing')]);

  await page.unroute(PART);
  await open(page, 'missing');
  await page.evaluate(() => window.sotto.flush());
  expect(await exported(page, 'click')).toMatchObject([{ item_id: '85048', position: 0 }]);
  expect(await exported(page, 'cart')).toMatchObject([{ item_id: '22423' }]);
  expect(await page.evaluate(async () => (await window.sotto.profile()).items.length)).toBe(2);
});

test('where it does not load a refusal holds all the same', async ({ page }) => {
  await page.route(PART, (route) => route.abort());
  await open(page, 'refused');
  await page.getByText('one').click();
  await page.evaluate(() => window.sotto.setConsent('denied'));
  await page.getByText('two').click();
  await page.unroute(PART);
  await open(page, 'refused');
  expect(await page.evaluate(() => window.sotto.exportData())).not.toContain('item_id');
  expect(await page.evaluate(() => window.sotto.consent)).toBe('denied');
});

test('what is ended before it has come leaves no worker', async ({ page }) => {
  let release = (): void => {};
  const until = new Promise<void>((resolve) => (release = resolve));
  await page.route(PART, async (route) => {
    await until;
    await route.continue();
  });
  await open(page, 'ended');
  await expect.poll(() => page.workers().length).toBe(1);
  await page.evaluate(() => window.sotto.destroy());
  await expect.poll(() => page.workers().length).toBe(0);
  const come = page.waitForResponse(PART);
  release();
  await come;
  await page.waitForTimeout(300);
  expect(page.workers()).toHaveLength(0);
  await expect(page.evaluate(() => window.sotto.recommend())).rejects.toThrow('destroyed');
});
