/**
 * @module
 * No egress: everything that the browser sends, headers and bodies included, is the same byte for
 * byte and in the same order for two visitors of opposite behaviour. It is a handful of GETs of the
 * model's and the script's files, without credentials, referrer or query.
 */
import { expect, test, type Browser } from 'playwright/test';
import { serve, type Asked, type Site } from './engines/server.ts';

let site: Site;
let files: Site;

/** What a visitor may do on a page; nothing of it leads to another. */
const SHOP = `<main data-sotto-view data-sotto-item="85048">
  <button id="cart" data-sotto-action="cart">Add</button>
  <form data-sotto-action="purchase" onsubmit="event.preventDefault()"><button id="buy">Buy</button></form>
</main>
<div style="height: 3000px"></div>
<ul data-sotto-list="below"><li data-sotto-item="22086"><a id="link" href="#22086">another</a></li></ul>`;

test.beforeAll(async () => {
  const page = (attributes: string, body: string) => ({
    body:
      '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>' +
      `<link rel="icon" href="data:,"><script src="/sotto/sotto.js" ${attributes} ` +
      `data-model="${files.origin}/model/manifest.json"></script></head><body>${body}</body></html>`,
    headers: { 'set-cookie': 'visitor=secret; Path=/' },
  });
  site = await serve((path) => {
    if (path === '/page') return page('', '');
    return path === '/shop' ? page('data-min-visible-ms="100"', SHOP) : null;
  });
  // Would set cookies and be sent them, were they not left out.
  files = await serve(
    () => null,
    () => ({ 'access-control-allow-origin': '*', 'set-cookie': 'model=secret; Path=/' }),
  );
});

test.afterAll(async () => {
  await site.close();
  await files.close();
});

interface Visit {
  requests: string[];
  list: string[];
  cookies: string;
  localStorage: number;
}

type Behaviour = 'likes and buys' | 'hides and leaves';

async function visit(browser: Browser, behaviour: Behaviour): Promise<Visit> {
  site.asked.length = files.asked.length = 0;
  const context = await browser.newContext();
  const page = await context.newPage();
  const beyond: string[] = [];
  await page.route('**', (route) => {
    const { origin } = new URL(route.request().url());
    if (![site.origin, files.origin].includes(origin)) beyond.push(route.request().url());
    return route.continue();
  });
  await page.goto(`${site.origin}/page?visitor=secret`);
  const learn = (likes: boolean) =>
    page.evaluate(async (isLiking) => {
      const list = await window.sotto.popular({ count: 40 });
      const liked = isLiking ? list.slice(0, 12) : list.slice(28);
      for (const { itemId } of liked) {
        window.sotto.track({ itemId, action: 'click' });
        window.sotto.track({ itemId, action: isLiking ? 'purchase' : 'like' });
      }
      if (!isLiking)
        for (const { itemId } of list.slice(0, 9)) window.sotto.track({ itemId, action: 'hide' });
      await window.sotto.flush();
      await window.sotto.similar(liked[3].itemId);
      await window.sotto.explain(liked[0].itemId);
      await window.sotto.profile();
    }, likes);
  await learn(behaviour === 'likes and buys');
  await page.reload();
  const list = await page.evaluate(async () => {
    await window.sotto.ready;
    await window.sotto.flush();
    const items = await window.sotto.recommend({ count: 12 });
    await window.sotto.exportData();
    await window.sotto.forget();
    return items.map((one) => one.itemId);
  });
  const stored = await page.evaluate(() => ({
    cookies: document.cookie,
    localStorage: localStorage.length,
  }));
  await context.close();
  expect(beyond).toEqual([]);
  const say = (where: string) => (one: Asked) => `${where} ${JSON.stringify(one)}`;
  return {
    // Files asked for at once come in the order that the network gives them.
    requests: [...site.asked.map(say('site')), ...files.asked.map(say('files'))].sort(),
    list,
    ...stored,
  };
}

test('two visitors of opposite behaviour cause the same requests, to the byte', async ({
  browser,
}) => {
  const one = await visit(browser, 'likes and buys');
  const other = await visit(browser, 'hides and leaves');
  expect(other.list).not.toEqual(one.list);
  expect(other.requests).toEqual(one.requests);
  // The site's own cookie, and nothing beside it.
  expect(one.cookies).toBe('visitor=secret');
  expect(one.localStorage).toBe(0);
});

test('the model is asked for without credentials, referrer, query or body', async ({ browser }) => {
  await visit(browser, 'likes and buys');
  expect(files.asked.length).toBeGreaterThan(4);
  for (const { method, path, headers, body } of files.asked) {
    expect(method).toBe('GET');
    expect(body).toBe('');
    expect(path).toMatch(/^\/model\/[\w.-]+$/);
    expect(Object.keys(headers)).not.toContain('cookie');
    expect(Object.keys(headers)).not.toContain('referer');
    expect(JSON.stringify(headers)).not.toContain('secret');
  }
  // Of the site nothing is asked but the page and the script's own files.
  for (const { path } of site.asked) {
    expect(path).toMatch(/^\/(page\?visitor=secret|sotto\/[\w./-]+)$/);
  }
});

test('who only looks and who clicks, sends and buys cause the same requests', async ({
  browser,
}) => {
  const visitShop = async (isActive: boolean) => {
    site.asked.length = files.asked.length = 0;
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${site.origin}/shop`);
    await page.evaluate(() => window.sotto.ready);
    if (isActive) {
      for (const name of ['cart', 'buy', 'link']) await page.locator(`#${name}`).click();
      await page.waitForTimeout(500);
    }
    // Left, and come back to: what the visit has taught is learned from, and kept.
    await page.reload();
    await page.evaluate(() => window.sotto.ready.then(() => window.sotto.recommend()));
    await page.waitForTimeout(500);
    const text = await page.evaluate(() => window.sotto.exportData());
    await context.close();
    return {
      text,
      // How a page is loaded again, and a worker's languages under a driver, are the browser's own.
      requests: [...site.asked, ...files.asked]
        .map(({ method, path, headers, body }) =>
          [method, path, headers['referer'], headers['cookie'], body].join(' '),
        )
        .sort(),
    };
  };
  const active = await visitShop(true);
  const passive = await visitShop(false);
  for (const action of ['cart', 'purchase', 'click', 'impression', 'view']) {
    expect(active.text).toContain(`"action":"${action}"`);
  }
  expect(passive.text).not.toMatch(/"(cart|purchase|click)"/);
  expect(active.requests).toEqual(passive.requests);
});
