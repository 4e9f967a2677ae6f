/**
 * @module
 * Shops without a single attribute of Sotto's: one with nothing but a data layer, one with nothing
 * but JSON-LD, one with nothing but microdata; and those that ask for consent by somebody else.
 */
import { expect, test, type Page } from 'playwright/test';
import { openFixture, type FixtureOptions } from './fixture.ts';
import { idsOf, rowsOnDevice } from './shop.ts';

const CHUNK = 'page-connections.js';

interface Line {
  action: string;
  item_id: string;
  value?: number;
  listId?: string;
  position?: number;
}

/** What a page may say in its own words. */
declare global {
  var dataLayer: unknown[];
  function gtag(...given: unknown[]): void;
}

/** Google's own snippet. */
const GTAG = 'dataLayer = []; function gtag(){ dataLayer.push(arguments); }';

interface Shop {
  thrown: string[];
  /** What Sotto has said on the console. */
  said: string[];
  requests: string[];
}

async function openConnected(
  page: Page,
  connect: object | null,
  options: FixtureOptions = {},
): Promise<Shop> {
  const shop: Shop = { thrown: [], said: [], requests: [] };
  page.on('pageerror', (error) => shop.thrown.push(error.message));
  page.on('console', (message) => {
    if (message.text().startsWith('[sotto]')) shop.said.push(message.text());
  });
  page.on('request', (request) => shop.requests.push(new URL(request.url()).pathname));
  const arrived = connect && page.waitForResponse(`**/${CHUNK}`);
  await openFixture(page, {
    ...options,
    attributes: {
      ...(connect && { 'data-connect': JSON.stringify(connect) }),
      ...options.attributes,
    },
  });
  await page.evaluate(() => window.sotto.ready);
  await arrived;
  return shop;
}

async function logged(page: Page): Promise<Line[]> {
  const text = await page.evaluate(async () => {
    await window.sotto.flush();
    return window.sotto.exportData();
  });
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line)
    .filter((line) => line.action !== undefined);
}

const forVisitor = (page: Page) => page.evaluate(() => window.sotto.recommend({ count: 12 }));

/** Items of one department, the ones most asked for first. */
const itemsOf = (page: Page, categories: string) =>
  page.evaluate(
    async (wanted) =>
      (await window.sotto.popular({ count: 6, window: 'all', filter: { categories: wanted } })).map(
        ({ itemId }) => itemId,
      ),
    categories,
  );

function ofDepartment(list: Awaited<ReturnType<typeof forVisitor>>, department: string): number {
  return list.filter(({ item }) => String(item['categories']).includes(department)).length;
}

test('a shop with nothing but a data layer: its events are learned from, past ones too', async ({
  page,
}) => {
  const shop = await openConnected(
    page,
    { dataLayer: true },
    {
      before: `${GTAG}
        gtag('js', new Date());
        gtag('event', 'view_item', { currency: 'GBP', items: [{ item_id: '85048' }] });`,
    },
  );
  const before = await forVisitor(page);
  const [a, b, c] = await itemsOf(page, 'Christmas');
  await page.evaluate(
    ([first, second, third]) => {
      const say = (event: string, ecommerce: object) => {
        dataLayer.push({ ecommerce: null });
        dataLayer.push({ event, ecommerce });
      };
      const item = (item_id: string, more = {}) => ({ item_id, item_name: 'Thing', ...more });
      say('view_item_list', {
        item_list_id: 'winter',
        items: [item(first, { index: 0 }), item(second, { index: 1 })],
      });
      say('select_item', { item_list_id: 'winter', items: [item(second, { index: 1 })] });
      gtag('event', 'add_to_cart', { items: [item(second, { quantity: 2 })] });
      say('remove_from_cart', { items: [item(second, { quantity: 1 })] });
      say('purchase', {
        transaction_id: 'T1',
        items: [item(second), item(third, { quantity: 4 })],
      });
      // The thank-you page, loaded again.
      say('purchase', {
        transaction_id: 'T1',
        items: [item(second), item(third, { quantity: 4 })],
      });
    },
    [a, b, c],
  );
  const lines = await logged(page);
  expect(
    lines.map(({ item_id, action, value, listId, position }) => [
      ...[item_id, action, value, listId, position],
    ]),
  ).toEqual([
    ['85048', 'view', undefined, undefined, undefined],
    [a, 'impression', undefined, 'winter', 0],
    [b, 'impression', undefined, 'winter', 1],
    [b, 'click', undefined, 'winter', 1],
    // Credited to where it was chosen from.
    [b, 'cart', 2, 'winter', 1],
    [b, 'remove_from_cart', 1, undefined, undefined],
    [b, 'purchase', 1, 'winter', 1],
    [c, 'purchase', 4, undefined, undefined],
  ]);
  const after = await forVisitor(page);
  expect(ofDepartment(after, 'Christmas')).toBeGreaterThan(ofDepartment(before, 'Christmas'));
  expect(after.map(({ source }) => source)).toContain('personal');
  expect(shop).toMatchObject({ thrown: [], said: [] });
});

const STRUCTURED = {
  'JSON-LD': (sku: string) =>
    `<script type="application/ld+json">${JSON.stringify({
      '@context': 'https://schema.org/',
      '@graph': [
        { '@type': 'BreadcrumbList', itemListElement: [] },
        { '@type': 'Product', name: 'Thing', offers: [{ '@type': 'Offer', sku }] },
      ],
    })}</script><h1>Thing</h1>`,
  microdata: (sku: string) =>
    `<main itemscope itemtype="https://schema.org/Product"><h1 itemprop="name">Thing</h1>
       <p itemprop="offers" itemscope itemtype="https://schema.org/Offer">
         <b itemprop="price" content="3">£3</b></p><meta itemprop="sku" content="${sku}"></main>`,
};

for (const [form, html] of Object.entries(STRUCTURED)) {
  test(`a shop with nothing but ${form}: views and dwell, across its own navigation`, async ({
    page,
  }) => {
    const shop = await openConnected(page, { structuredData: true }, { body: html('85048') });
    await expect
      .poll(async () => (await logged(page)).map((line) => [line.item_id, line.action]))
      .toEqual([['85048', 'view']]);
    const before = await forVisitor(page);
    const items = await itemsOf(page, 'Christmas');
    // A single-page app: the address changes first, the page a moment later.
    for (const itemId of items.slice(0, 3)) {
      await page.evaluate((id) => history.pushState(null, '', `?item=${id}`), itemId);
      await page.waitForTimeout(100);
      await page.evaluate((body) => {
        document.body.innerHTML = body;
      }, html(itemId));
      await page.waitForTimeout(1300);
    }
    await page.evaluate(() => {
      history.pushState(null, '', '?about');
      document.body.innerHTML = '<p>About us</p>';
    });
    const expected = [
      ['85048', 'view'],
      ...items.slice(0, 3).flatMap((itemId) => [
        [itemId, 'view'],
        [itemId, 'dwell'],
      ]),
    ];
    await expect
      .poll(async () =>
        (await logged(page))
          .map((line) => [line.item_id, line.action])
          // How long the first stood there depends on the machine.
          .filter((line) => line.join() !== '85048,dwell'),
      )
      .toEqual(expected);
    const after = await forVisitor(page);
    expect(idsOf(after)).not.toEqual(idsOf(before));
    expect(ofDepartment(after, 'Christmas')).toBeGreaterThan(ofDepartment(before, 'Christmas'));
    expect(shop).toMatchObject({ thrown: [], said: [] });
  });
}

test('what attributes say already is not said twice', async ({ page }) => {
  await openConnected(
    page,
    { dataLayer: true, structuredData: true },
    {
      before: GTAG,
      body: `${STRUCTURED['JSON-LD']('22423')}
        <article data-sotto-item="85048" data-sotto-view>
          <a href="#more">More</a><button data-sotto-action="cart">Add</button>
        </article>`,
    },
  );
  await page.evaluate(() => {
    const items = [{ item_id: '85048' }];
    document.querySelector('a')?.addEventListener('click', () => {
      gtag('event', 'select_item', { items });
    });
    document.querySelector('button')?.addEventListener('click', () => {
      gtag('event', 'add_to_cart', { items });
    });
    gtag('event', 'view_item', { items });
  });
  await page.getByText('More').click();
  await page.getByText('Add').click();
  await page.evaluate(() => gtag('event', 'purchase', { items: [{ item_id: '85048' }] }));
  const counted = (await logged(page)).filter(({ action }) => action !== 'impression');
  expect(counted.map(({ item_id, action }) => [item_id, action])).toEqual([
    ['85048', 'view'],
    ['85048', 'click'],
    ['85048', 'cart'],
    ['85048', 'purchase'],
  ]);
});

test('nothing is loaded, wrapped or made for a page that connects nothing', async ({ page }) => {
  const shop = await openConnected(page, null, { before: 'dataLayer = [];' });
  await page.evaluate(() => window.sotto.flush());
  // What every page loads, and no other part.
  expect(shop.requests.filter((path) => path.includes('chunks/page-'))).toEqual([
    '/sotto/chunks/page-answers.js',
  ]);
  expect(await page.evaluate(() => Object.hasOwn(dataLayer, 'push'))).toBe(false);
});

test('one request brings every connection, and destroy() leaves the page as it was', async ({
  page,
}) => {
  const shop = await openConnected(
    page,
    { dataLayer: true, structuredData: true, tcf: true, consentMode: 'consentLayer' },
    { attributes: { 'data-require-consent': 'false' } },
  );
  expect(shop.requests.filter((path) => path.endsWith(CHUNK)).length).toBe(1);
  expect(await page.evaluate(() => Object.hasOwn(dataLayer, 'push'))).toBe(true);
  await page.evaluate(() => window.sotto.destroy());
  expect(await page.evaluate(() => ['dataLayer' in window, 'consentLayer' in window])).toEqual([
    false,
    false,
  ]);
});

test('Google Consent Mode: nothing is kept until granted, what waited is, and a refusal empties', async ({
  page,
}) => {
  await openConnected(
    page,
    { dataLayer: true, consentMode: true },
    {
      before: `${GTAG}
        gtag('consent', 'default', { analytics_storage: 'denied', ad_storage: 'denied' });
        gtag('event', 'view_item', { items: [{ item_id: '85048' }] });`,
    },
  );
  const consent = () => page.evaluate(() => window.sotto.consent);
  const events = async () => (await rowsOnDevice(page))['sotto/events'];
  await page.evaluate(() => window.sotto.flush());
  expect(await consent()).toBe('pending');
  expect(await events()).toBe(0);
  await page.evaluate(() => gtag('consent', 'update', { analytics_storage: 'granted' }));
  await expect.poll(events).toBe(1);
  expect(await consent()).toBe('granted');
  // The visitor's own hand: a page cannot refuse or allow by itself.
  await page.mouse.click(5, 5);
  await page.evaluate(() => gtag('consent', 'update', { analytics_storage: 'denied' }));
  await expect.poll(events).toBe(0);
  expect(await consent()).toBe('denied');
});

test('IAB TCF: pending while asked, in every tab what was answered, and known on the next page', async ({
  page,
  context,
}) => {
  // The platform's stub at the head of the page, and the platform itself a moment later.
  const before = `(() => {
    const queue = [], listeners = new Map();
    window.__tcfapi = (...call) => call.length ? queue.push(call) : queue;
    const answer = (eventStatus, granted) => [...listeners].forEach(([listenerId, hear]) => hear({
      listenerId, eventStatus, cmpStatus: 'loaded', gdprApplies: true, tcString: granted ? 'CQ' : '',
      purpose: { consents: granted ? { 1: true, 5: true, 6: true } : {} },
    }, true));
    let next = 1;
    setTimeout(() => {
      window.__tcfapi = (command, version, hear, id) => {
        if (command === 'addEventListener') {
          listeners.set(next++, hear);
          answer(localStorage.choice ? 'tcloaded' : 'cmpuishown', !!localStorage.choice);
        } else listeners.delete(id);
      };
      queue.splice(0).forEach((call) => window.__tcfapi(...call));
    }, 200);
    window.accept = () => { localStorage.choice = 'yes'; answer('useractioncomplete', true); };
    window.listeners = listeners;
  })();`;
  const connect = { tcf: true };
  await openConnected(page, connect, { before });
  const consent = (on: Page) => on.evaluate(() => window.sotto.consent);
  await page.evaluate(() => window.sotto.track({ itemId: '85048', action: 'click' }));
  await page.waitForFunction('listeners.size === 1');
  expect(await consent(page)).toBe('pending');
  expect((await rowsOnDevice(page))['sotto/events']).toBe(0);
  await page.evaluate('accept()');
  await expect.poll(async () => (await rowsOnDevice(page))['sotto/events']).toBe(1);
  const other = await context.newPage();
  await openConnected(other, connect, { before });
  await expect.poll(() => consent(other)).toBe('granted');
  await other.evaluate(() => window.sotto.destroy());
  expect(await other.evaluate('listeners.size')).toBe(0);
});

test('nonsense in every form: the page goes on, one warning each, the good events count', async ({
  page,
}) => {
  const shop = await openConnected(
    page,
    { dataLayer: true, structuredData: true, dataLayers: true },
    {
      before: `
        const cyclic = { event: 'view_item' };
        cyclic.ecommerce = { items: [{ item_id: '22423', cyclic }], cyclic };
        const trap = { get event() { throw new Error('a getter of the site'); } };
        dataLayer = [null, 7, 'x', trap, () => {}, cyclic,
          { event: 'purchase', ecommerce: { items: [null, trap, {}, { item_id: {} }] } }];`,
      body: `<script>Object.freeze(Array.prototype)</script>
        <script type="application/ld+json">{ "@type": "Product", "sku": "22086", }</script>
        <script type="application/ld+json">{ "@type": "Product", "sku": { "@type": {} } }</script>
        <div itemscope itemtype="https://schema.org/Product" itemref='"] <script>'>
          <meta itemprop="sku" content='"><img src=x onerror="hacked=1">'></div>`,
    },
  );
  await page.evaluate(() => {
    for (let at = 0; at < 5000; at++) {
      dataLayer.push({ event: 'view_item', ecommerce: { items: [{ item_id: '85048' }, at] } });
    }
  });
  const count = async (itemId: string) =>
    (await logged(page)).filter(({ item_id }) => item_id === itemId).length;
  // Each waits for a second, as the page might describe the same item.
  await expect.poll(() => count('85048')).toBe(5000);
  expect([await count('22423'), await count('22086')]).toEqual([1, 0]);
  expect(await count('"><img src=x onerror="hacked=1">')).toBe(1);
  expect(shop.thrown).toEqual([]);
  expect(shop.said.filter((text) => /JSON-LD/.test(text)).length).toBe(1);
  expect(shop.said.filter((text) => /dataLayer: /.test(text)).length).toBe(1);
  expect(shop.said.filter((text) => /names "dataLayers"/.test(text)).length).toBe(1);
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  expect((await forVisitor(page)).length).toBe(12);
});
