/**
 * @module
 * What leaves the device: nothing. Two visitors of opposite taste ask for the same static files of
 * the site, with GET, and say no more than that.
 */
import { expect, test, type Browser, type Request } from 'playwright/test';
import { browse, forYou, idsOf, lookAt, openShop, settledForYou } from './shop.ts';

interface Visit {
  requests: string[];
  bodies: number;
  items: string[];
}

async function visit(browser: Browser, baseURL: string, department: string): Promise<Visit> {
  const context = await browser.newContext({ baseURL });
  const requests: Request[] = [];
  context.on('request', (request) => requests.push(request));
  const page = await context.newPage();
  await openShop(page);
  await settledForYou(page);
  await browse(page, department);
  await lookAt(page, 4);
  await page.locator('#browse-list > .card').nth(5).getByRole('button', { name: /^Add/ }).click();
  await page.evaluate(() => window.sotto.flush());
  await page.reload();
  await settledForYou(page);
  await page.locator('#panel-button').click();
  await expect(page.locator('.events li').first()).toBeVisible();
  const items = idsOf(await forYou(page));
  await context.close();
  return {
    requests: requests
      .map((request) => `${request.method()} ${request.url().split('#')[0]}`)
      .sort(),
    bodies: requests.filter((request) => request.postData() !== null).length,
    items,
  };
}

test('the network log is static files of the site only, the same for opposite tastes', async ({
  browser,
  baseURL,
}) => {
  const christmas = await visit(browser, baseURL ?? '', 'Christmas');
  const garden = await visit(browser, baseURL ?? '', 'Garden');
  expect(garden.items).not.toEqual(christmas.items);
  expect(garden.requests).toEqual(christmas.requests);
  expect(christmas.bodies + garden.bodies).toBe(0);
  const files = new Set(christmas.requests);
  // The log does hold what the worker asks for.
  for (const name of ['sotto-kernels', 'manifest.json', 'factors-', 'looks.json']) {
    expect([...files].some((file) => file.includes(name))).toBe(true);
  }
  for (const file of files) {
    if (file.startsWith('GET data:')) continue;
    expect(file).toMatch(/^GET http:\/\/127\.0\.0\.1:\d+\/[\w./-]+\.(html|js|css|json|wasm|bin)$/);
  }
});
