/**
 * @module
 * The two elements as a site uses them: from the built package, on a page with a strict policy.
 */
import { expect, test, type Page } from 'playwright/test';
import { idsOf } from './shop.ts';

/** The least that Sotto needs, and nothing that parses a text as markup or as style. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'nonce-page' 'wasm-unsafe-eval'",
  "connect-src 'self'",
  "img-src 'self'",
  "require-trusted-types-for 'script'",
].join('; ');

/** The page's own: addresses of scripts are let through, markup is not. */
const TRUSTED_TYPES = `
  if (window.trustedTypes) trustedTypes.createPolicy('default', { createScriptURL: (url) => url });
  window.violations = [];
  addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective));
`;

const CARD = `
  <template>
    <article class="card">
      <a href="#bought" data-sotto-text="title" data-sotto-href="url"></a>
      <p data-sotto-text="price"></p>
      <button data-sotto-action="cart">Add</button>
    </article>
  </template>`;

async function open(page: Page, body: string, attributes = '') {
  const script = `data-model="model/manifest.json" data-track-automated ${attributes}`;
  await page.route('**/elements.html', (route) =>
    route.fulfill({
      body:
        '<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Elements</title>' +
        `<script nonce="page">${TRUSTED_TYPES}</script>` +
        `<script async src="sotto/sotto.js" ${script}></script>` +
        '<script type="module" src="sotto/sotto-elements.js"></script>' +
        `<body>${body}</body></html>`,
      contentType: 'text/html',
      headers: { 'Content-Security-Policy': POLICY },
    }),
  );
  const thrown: string[] = [];
  page.on('pageerror', (error) => thrown.push(error.message));
  await page.goto('elements.html');
  return thrown;
}

const ready = (page: Page, selector = 'sotto-shelf') =>
  expect(page.locator(selector)).toHaveAttribute('state', 'ready');

const itemsOf = (page: Page, selector = 'sotto-shelf') =>
  page
    .locator(`${selector} > [data-sotto-item]`)
    .evaluateAll((all) => all.map((one) => one.getAttribute('data-sotto-item') ?? ''));

const violations = (page: Page) =>
  page.evaluate(() => (window as unknown as { violations: string[] }).violations);

test('a shelf shows a list, accessibly, under a strict policy', async ({ page }) => {
  const thrown = await open(
    page,
    '<sotto-shelf heading="For you" count="8" currency="GBP" source="trending"></sotto-shelf>',
  );
  await ready(page);
  const shelf = page.getByRole('region', { name: 'For you' });
  await expect(shelf.getByRole('heading', { name: 'For you' })).toBeVisible();
  await expect(shelf.getByRole('list')).not.toHaveAttribute('aria-busy');
  const wanted = await page.evaluate(() => window.sotto.popular({ count: 8 }));
  expect(await itemsOf(page)).toEqual(idsOf(wanted));
  // As a screen reader has it, through slots and shadows: a list in a region with a heading.
  const tree = await page.locator('body').ariaSnapshot();
  const items = wanted.map(
    ({ item }) => `    - listitem: ${item.title} £${item.price?.toFixed(2)}`,
  );
  expect(tree).toContain('- region "For you":\n  - heading "For you" [level=2]\n  - list:\n');
  for (const line of items)
    expect(tree.replaceAll(/["']/g, '')).toContain(line.replaceAll(/["']/g, ''));
  await page.screenshot({ path: 'test-results/shelf.png' });
  // Styled from outside, as the page's own.
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('sotto-item::part(title) { color: rgb(1, 2, 3) }');
    document.adoptedStyleSheets = [sheet];
  });
  const title = page.locator('sotto-item [part=title]').first();
  await expect(title).toHaveCSS('color', 'rgb(1, 2, 3)');
  expect(await violations(page)).toEqual([]);
  expect(thrown).toEqual([]);
});

test('what a shelf shows is measured, with its list and position', async ({ page }) => {
  await open(page, `<sotto-shelf count="6" data-sotto-list="front">${CARD}</sotto-shelf>`);
  await ready(page);
  const ids = await itemsOf(page);
  await expect(page.locator('sotto-shelf a').first()).not.toBeEmpty();
  // Where the catalogue knows no address, the template's own stays.
  await page.locator('sotto-shelf a').nth(2).click();
  await page.locator('sotto-shelf button').nth(4).click();
  const front = async () => {
    await page.evaluate(() => window.sotto.flush());
    const { lists } = await page.evaluate(() => window.sotto.metrics());
    return lists.find(({ listId }) => listId === 'front');
  };
  await expect.poll(async () => (await front())?.impressions).toBeGreaterThanOrEqual(6);
  expect(await front()).toMatchObject({ clicks: 1, carts: 1, purchases: 0 });
  const events = (await page.evaluate(() => window.sotto.exportData()))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(events.find(({ action }) => action === 'click')).toMatchObject({
    item_id: ids[2],
    listId: 'front',
    position: 2,
  });
  expect(await violations(page)).toEqual([]);
});

test('an update keeps the focus where it is', async ({ page }) => {
  await open(page, `<sotto-shelf count="8">${CARD}</sotto-shelf>`);
  await ready(page);
  const before = await itemsOf(page);
  const link = page.locator('sotto-shelf a').nth(3);
  await link.focus();
  await page.evaluate(() => {
    Object.assign(window, { focused: document.activeElement, blurs: 0 });
    addEventListener('blur', () => Object.assign(window, { blurs: 1 }), true);
  });
  await page.evaluate(async () => {
    const { popular } = window.sotto;
    for (const { itemId } of (await popular({ count: 60, window: 'all' })).slice(40, 44)) {
      window.sotto.track({ itemId, action: 'purchase' });
    }
    await window.sotto.flush();
  });
  await expect.poll(() => itemsOf(page)).not.toEqual(before);
  const held = await page.evaluate(() => {
    const { focused, blurs } = window as unknown as { focused: Element; blurs: number };
    return [document.activeElement === focused, focused.isConnected, blurs];
  });
  expect(held).toEqual([true, true, 0]);
  // Once the focus leaves, the shelf is what the recommender says.
  await link.blur();
  const wanted = await page.evaluate(() => window.sotto.recommend({ count: 8 }));
  await expect.poll(() => itemsOf(page)).toEqual(idsOf(wanted));
});

test('what the server has put there stays until the list comes, or if none can come', async ({
  page,
}) => {
  const served = '<p>From the server</p><h2 slot="heading">Yours</h2>';
  await open(page, `<sotto-shelf>${served}</sotto-shelf>`, 'data-worker-url="nowhere.js"');
  await expect(page.locator('sotto-shelf')).toHaveAttribute('state', 'failed');
  await expect(page.getByText('From the server')).toBeVisible();
  await open(page, `<sotto-shelf count="3">${served}</sotto-shelf>`);
  await ready(page);
  await expect(page.getByText('From the server')).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Yours' })).toBeVisible();
  await expect(page.locator('sotto-shelf > sotto-item')).toHaveCount(3);
});

test('similar items follow their item, and leaving the page ends the asking', async ({ page }) => {
  await open(page, '<sotto-shelf source="similar" item="85048" count="4"></sotto-shelf>');
  await ready(page);
  const wanted = await page.evaluate(() => window.sotto.similar('22423', { count: 4 }));
  await page.locator('sotto-shelf').evaluate((shelf) => shelf.setAttribute('item', '22423'));
  await expect.poll(() => itemsOf(page)).toEqual(idsOf(wanted));
  const asked = await page.evaluate(async () => {
    const shelf = document.querySelector('sotto-shelf') as HTMLElement;
    let lists = 0;
    shelf.addEventListener('sotto-list', () => lists++);
    shelf.remove();
    window.sotto.track({ itemId: '85048', action: 'purchase' });
    await window.sotto.flush();
    await window.sotto.similar('22423');
    return lists;
  });
  expect(asked).toBe(0);
});

test('the inspector shows what was learned, why, and takes it back', async ({ page }) => {
  const thrown = await open(page, '<sotto-inspector></sotto-inspector>');
  await ready(page, 'sotto-inspector');
  const known = await page.evaluate(async () => {
    const list = await window.sotto.popular({ count: 3 });
    for (const { itemId } of list) {
      window.sotto.track({ itemId, action: 'click', listId: 'front', position: 0 });
    }
    await window.sotto.flush();
    return list.map(({ item }) => item.title ?? '');
  });
  const inspector = page.locator('sotto-inspector');
  const learned = inspector.locator('[part=items] li');
  await expect(learned).toHaveCount(3);
  await expect(inspector.locator('[part=facts]')).toContainText('Events3');
  await expect(inspector.locator('[part=lists] tbody tr')).toHaveText('front0300');
  await inspector.locator('[part=reasons] summary').first().click();
  await expect(inspector.locator('[part=reasons] details li').first()).toContainText(
    new RegExp(known.map((title) => title.replace(/[^\w ]/g, '.')).join('|')),
  );
  await page.screenshot({ path: 'test-results/inspector.png' });

  await inspector.getByRole('button', { name: `Forget ${known[1]}` }).press('Enter');
  await expect(learned).toHaveCount(2);
  await expect(inspector.getByRole('status')).toHaveText(`${known[1]} is forgotten.`);
  // Whoever uses the keyboard is still in the list.
  const focused = await inspector.evaluate((host) => host.shadowRoot?.activeElement?.textContent);
  expect(focused).toBe('Forget');

  await inspector.getByRole('button', { name: 'Stop noting' }).click();
  expect(await page.evaluate(() => window.sotto.paused)).toBe(true);
  await inspector.getByRole('button', { name: 'Go on noting' }).click();
  const everything = inspector.getByRole('button', { name: /orget everything/ });
  await everything.click();
  await everything.click();
  await expect(inspector.locator('[part=items]')).toBeHidden();
  await expect(inspector.locator('[part=facts]')).toContainText('Events0');
  // What is asked for anew is the list that everyone gets.
  const left = await page.evaluate(() => window.sotto.exportData());
  expect(left).not.toMatch(/"item_id"|"preference"|personal/);
  expect(await violations(page)).toEqual([]);
  expect(thrown).toEqual([]);
});
