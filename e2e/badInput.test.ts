/**
 * @module
 * What can go wrong, one by one: each gives a SottoError with its code, and loses nothing of what
 * the visitor did.
 */
import { readFile } from 'node:fs/promises';
import { expect, test, type Page, type Route } from 'playwright/test';
import { openFixture, outcomeOf } from './fixture.ts';

/** The error `sotto.ready` rejects with. */
async function readyCode(page: Page): Promise<string> {
  return page.evaluate(() =>
    window.sotto.ready.then(
      () => 'ok',
      (error: { code: string }) => error.code,
    ),
  );
}

/** Tracking goes on whatever became of the model: the click is in the log afterwards. */
async function expectTrackingGoesOn(page: Page): Promise<void> {
  const text = await page.evaluate(async () => {
    const id = window.sotto.track({ itemId: '85048', action: 'click' });
    if (id === null) return 'refused';
    return window.sotto.flush().then(
      () => window.sotto.exportData(),
      () => window.sotto.exportData(),
    );
  });
  expect(text).toContain('"item_id":"85048"');
}

const manifests: [name: string, code: string, fulfil: (route: Route) => Promise<void>][] = [
  ['missing', 'manifest-missing', (route) => route.fulfill({ status: 404, body: 'not here' })],
  ['unreachable', 'manifest-missing', (route) => route.abort()],
  ['not JSON', 'manifest-invalid', (route) => route.fulfill({ body: '<html>welcome</html>' })],
  [
    'of an unknown version',
    'version-unsupported',
    async (route) => {
      const manifest = JSON.parse(await readFile('demo/model/manifest.json', 'utf8')) as object;
      await route.fulfill({ json: { ...manifest, formatVersion: 99 } });
    },
  ],
];

for (const [name, code, fulfil] of manifests) {
  test(`a manifest ${name} is ${code}, and tracking goes on`, async ({ page }) => {
    await page.context().route('**/model/manifest.json', fulfil);
    await openFixture(page);
    expect(await readyCode(page)).toBe(code);
    for (const method of ['recommend', 'popular', 'profile']) {
      expect((await outcomeOf(page, method)).code).toBe(code);
    }
    expect((await outcomeOf(page, 'similar', '85048')).code).toBe(code);
    await expectTrackingGoesOn(page);
  });
}

const damages: [name: string, code: string, damage: (bytes: Buffer) => Buffer][] = [
  ['cut short', 'file-truncated', (bytes) => bytes.subarray(0, bytes.length - 100)],
  [
    'with one byte changed',
    'file-corrupt',
    (bytes) => {
      const changed = Buffer.from(bytes);
      changed[1000] ^= 1;
      return changed;
    },
  ],
];

for (const [name, code, damage] of damages) {
  for (const role of ['factors', 'items', 'gram']) {
    test(`a file of ${role} ${name} is ${code}`, async ({ page }) => {
      await page.context().route(`**/model/${role}-*`, async (route) => {
        const file = new URL(route.request().url()).pathname.split('/').pop() ?? '';
        await route.fulfill({ body: damage(await readFile(`demo/model/${file}`)) });
      });
      await openFixture(page);
      expect(await readyCode(page)).toBe(code);
      const outcome = await outcomeOf(page, 'recommend', { count: 5 });
      expect(outcome.code).toBe(code);
      expect(outcome.message).toContain(role);
      await expectTrackingGoesOn(page);
    });
  }
}

test('after a damaged download the next visit works, with all that was done before', async ({
  page,
}) => {
  const context = page.context();
  await context.route('**/model/factors-*', (route) => route.fulfill({ body: 'short' }));
  await openFixture(page);
  expect(await readyCode(page)).toBe('file-truncated');
  await expectTrackingGoesOn(page);
  await context.unroute('**/model/factors-*');
  await page.reload();
  expect(await readyCode(page)).toBe('ok');
  const profile = await page.evaluate(async () => {
    await window.sotto.flush();
    return window.sotto.profile();
  });
  expect(profile.items.map((one) => one.itemId)).toEqual(['85048']);
});

test('an item nobody knows: similar and rank refuse it, track keeps it and says so', async ({
  page,
}) => {
  await openFixture(page);
  expect(await readyCode(page)).toBe('ok');
  const similar = await outcomeOf(page, 'similar', 'no-such-item');
  expect(similar.code).toBe('unknown-item');
  expect(similar.message).toContain('no-such-item');
  const rank = await outcomeOf(page, 'rank', ['85048', 'no-such-item']);
  expect(rank.code).toBe('unknown-item');
  expect((await outcomeOf(page, 'explain', 'no-such-item')).code).toBe('unknown-item');
  const last = await page.evaluate(() =>
    window.sotto.rank(['no-such-item', '85048'], { unknown: 'last' }),
  );
  expect(last.map((one) => one.itemId)).toEqual(['85048', 'no-such-item']);
  const errors = await page.evaluate(async () => {
    const codes: string[] = [];
    window.sotto.on('error', (error) => codes.push(error.code));
    window.sotto.track({ itemId: 'no-such-item', action: 'click' });
    await window.sotto.flush();
    return codes;
  });
  expect(errors).toEqual(['unknown-item']);
  expect(await page.evaluate(() => window.sotto.exportData())).toContain('no-such-item');
  expect((await outcomeOf(page, 'recommend', { count: 12 })).code).toBe('ok');
});

test('a count of 0, −1, NaN, 1e9 and the like is invalid-argument', async ({ page }) => {
  await openFixture(page);
  for (const count of [0, -1, NaN, 1e9, 1.5, '12', null]) {
    for (const [method, ...given] of [
      ['recommend'],
      ['similar', '85048'],
      ['rank', ['85048']],
      ['popular'],
    ] as const) {
      const outcome = await outcomeOf(page, method, ...given, { count });
      expect(outcome.code).toBe('invalid-argument');
      expect(outcome.message).toMatch(/^count must be .*1000/);
      expect(outcome.message).toContain(typeof count === 'string' ? `"${count}"` : String(count));
    }
  }
  expect((await outcomeOf(page, 'recommend', { count: 12 })).code).toBe('ok');
});

test('a bad event is refused without throwing into the page', async ({ page }) => {
  await openFixture(page);
  const { ids, codes } = await page.evaluate(async () => {
    await window.sotto.ready;
    const codes: string[] = [];
    window.sotto.on('error', (error) => codes.push(error.code));
    const bad = [null, {}, { itemId: '', action: 'click' }, { itemId: '85048' }, { itemId: 7 }];
    const ids = bad.map((event) => window.sotto.track(event as never));
    // The words load for them.
    for (let tries = 0; tries < 100 && codes.length < bad.length; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return { ids, codes };
  });
  expect(ids).toEqual([null, null, null, null, null]);
  expect(codes).toEqual(Array.from({ length: 5 }, () => 'invalid-argument'));
});

test('the worker script missing is worker-unavailable, and tracking goes on', async ({ page }) => {
  await page.context().route('**/sotto/sotto-worker.js', (route) => route.fulfill({ status: 404 }));
  await openFixture(page);
  expect(await readyCode(page)).toBe('worker-unavailable');
  expect((await outcomeOf(page, 'recommend')).code).toBe('worker-unavailable');
  await expectTrackingGoesOn(page);
});

test('IndexedDB refused: memory instead, one warning, and it still learns', async ({ page }) => {
  const warnings: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'warning') warnings.push(message.text());
  });
  await openFixture(page, {
    before: "indexedDB.open = () => { throw new DOMException('refused', 'SecurityError') };",
  });
  expect(await readyCode(page)).toBe('ok');
  const { profile, sources } = await page.evaluate(async () => {
    window.sotto.track({ itemId: '85048', action: 'click' });
    await window.sotto.flush();
    const list = await window.sotto.recommend({ count: 5 });
    return { profile: await window.sotto.profile(), sources: list.map((one) => one.source) };
  });
  expect(profile.model.storage).toBe('memory');
  expect(profile.items.map((one) => one.itemId)).toEqual(['85048']);
  expect(sources).toContain('personal');
  expect(warnings.filter((text) => text.includes('storage-unavailable'))).toHaveLength(1);
});

test('a page whose policy refuses WASM ranks with the TypeScript kernel, the same list', async ({
  page,
  context,
}) => {
  const first = (on: Page): Promise<string[]> =>
    on.evaluate(async () => {
      window.sotto.track({ itemId: '85048', action: 'click' });
      await window.sotto.flush();
      return (await window.sotto.recommend({ count: 20 })).map((one) => one.itemId);
    });
  // A worker has the policy of its own response, not of the page's.
  const policy = "script-src 'self' 'unsafe-inline'";
  await context.route('**/sotto/sotto-worker.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({
      response,
      headers: { ...response.headers(), 'content-security-policy': policy },
    });
  });
  await openFixture(page, { policy, attributes: { 'data-name': 'strict' } });
  expect(await readyCode(page)).toBe('ok');
  const strict = await first(page);
  const info = await page.evaluate(() => window.sotto.ready);
  expect(info.retrieval).toBe('typescript');
  expect(info.warnings.map((one) => one.code)).toContain('wasm-unavailable');

  await context.unroute('**/sotto/sotto-worker.js');
  const free = await context.newPage();
  await openFixture(free, { attributes: { 'data-name': 'free' } });
  const unbound = await first(free);
  expect((await free.evaluate(() => window.sotto.ready)).retrieval).toBe('wasm');
  expect(strict).toEqual(unbound);
});

test('a bad option is one line on the console, and the page is unharmed', async ({ page }) => {
  const lines: string[] = [];
  page.on('console', (message) => lines.push(message.text()));
  const thrown: string[] = [];
  page.on('pageerror', (error) => thrown.push(error.message));
  await openFixture(page, { attributes: { 'data-learner': 'guesswork' } });
  expect((await outcomeOf(page, 'recommend')).code).toBe('invalid-argument');
  // What a console says reaches the driver by a way of its own, and may come after the answer.
  await expect
    .poll(() => lines.filter((text) => text.includes('sotto')))
    .toEqual([expect.stringContaining('learner must be one of')]);
  expect(thrown).toEqual([]);
});
