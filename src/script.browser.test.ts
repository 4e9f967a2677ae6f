import { afterEach, expect, test, vi } from 'vitest';
import { STUB, createQueue } from './recommender/queue.ts';
import type { Recommender } from './recommender/types.ts';

const SCRIPT = new URL('./script.ts', import.meta.url).href;
const WORKER = new URL('./worker/entry.case.ts', import.meta.url).href;

interface Page {
  sotto: Recommender;
  document: Document;
  answers: unknown[];
}

const frames: HTMLIFrameElement[] = [];
afterEach(() => {
  for (const frame of frames.splice(0)) {
    (frame.contentWindow as unknown as Page | null)?.sotto.destroy();
    frame.remove();
  }
  vi.restoreAllMocks();
});

const tag = (attributes = 'data-model="/demo/model/manifest.json"') =>
  `<script type="module" src="${SCRIPT}" data-worker-url="${WORKER}" data-kernel-url="/dist/sotto-kernels.wasm"
    data-name="script-${crypto.randomUUID()}" ${attributes}></script>`;

/** What the test server puts around every dynamic import, and only gives to its own page. */
const RUNNER = `<script>__vitest_browser_runner__ = { wrapDynamicImport: (load) => load() };</script>`;

/** A page of its own, as a site would write it. */
async function open(html: string): Promise<Page> {
  const frame = document.createElement('iframe');
  frame.srcdoc = `<!doctype html><body>${RUNNER}${html}</body>`;
  const loaded = new Promise((resolve) => (frame.onload = resolve));
  document.body.append(frame);
  frames.push(frame);
  await loaded;
  return frame.contentWindow as unknown as Page;
}

test('the stub is under 300 bytes', () => {
  expect(new TextEncoder().encode(`<script>${STUB}</script>`).length).toBeLessThan(300);
});

test('calls through the stub are answered in their order', async () => {
  const page = await open(`<script>${STUB}</script><script>
      answers = [];
      sotto.on('event', (event) => answers.push(event.itemId));
      sotto.track({ itemId: 'a', action: 'click' });
      sotto.track({ itemId: 'b', action: 'click' }).then((id) => answers.push(typeof id));
      sotto.recommend({ count: 3 }).then((list) => answers.push(list.length));
      sotto.recommend({ count: 0 }).catch((error) => answers.push(error.code));
      info = sotto.ready;
      held = sotto;
    </script>${tag()}`);
  await page.sotto.flush();
  await vi.waitFor(() => expect(page.answers.length).toBe(5));
  expect(page.answers.slice(0, 2)).toEqual(['a', 'b']);
  expect(page.answers.slice(2)).toEqual(expect.arrayContaining(['string', 3, 'invalid-argument']));
  const { info, held } = page as unknown as { info: Promise<object>; held: Recommender };
  expect(await info).toHaveProperty('modelId');
  // Whoever held on to the stub is still answered.
  expect((await held.popular({ count: 2 })).length).toBe(2);
  expect(await held.ready).toBe(await page.sotto.ready);
});

// An impression would count too, on a machine slow enough for the item to be in view for a second.
test('without a stub the script puts the same in its place', async () => {
  const page = await open(
    `<div data-sotto-item="85048"><a href="#x" onclick="return false">go</a></div>${tag('data-model="/demo/model/manifest.json" data-min-visible-ms="60000"')}`,
  );
  expect((await page.sotto.ready).items).toBeGreaterThan(0);
  await page.sotto.profile();
  expect(page.sotto.track({ itemId: '85048', action: 'cart' })).toBeTypeOf('string');
  (page.document.querySelector('a') as HTMLElement).click();
  await page.sotto.flush();
  expect((await page.sotto.profile()).events).toBe(2);
});

test('an element that is called sotto is not in the way', async () => {
  const page = await open(`<div id="sotto"></div>${tag('data-model="/demo/model/manifest.json"')}`);
  expect((await page.sotto.ready).items).toBeGreaterThan(0);
  expect(page.document.querySelector('#sotto')).not.toBeNull();
});

test('options are read from the tag', async () => {
  const page = await open(
    tag('data-model="/demo/model/manifest.json" data-require-consent data-track="false"'),
  );
  await page.sotto.ready;
  expect(page.sotto.consent).toBe('pending');
});

test('a second script is ignored with one warning', async () => {
  const again = tag().replace(SCRIPT, `${SCRIPT}?again`);
  const page = await open(
    tag() + `<script>warned = []; console.warn = (text) => warned.push(text);</script>` + again,
  );
  await page.sotto.ready;
  const { warned } = page as unknown as { warned: string[] };
  expect(warned).toEqual([expect.stringContaining('twice')]);
});

test('bad options: one line on the console, calls reject, the page is unharmed', async () => {
  const page = await open(
    `<script>said = []; console.error = console.warn = (...all) => said.push(all.join(' '));
      addEventListener('unhandledrejection', () => said.push('unhandled'));</script>${tag('data-model="" data-learner="magic"')}`,
  );
  await expect(page.sotto.recommend()).rejects.toMatchObject({ code: 'invalid-argument' });
  const { said } = page as unknown as { said: string[] };
  expect(said.length).toBe(1);
  expect(said[0]).toContain('[sotto]');
});

test('a queue looks like a recommender, but is not to be awaited', async () => {
  const page = await open(`<script>${STUB}</script>`);
  // Once the page's own, once the script's.
  for (const given of [page.sotto, createQueue()]) {
    const queue = given as unknown as Record<string, unknown>;
    expect(queue['then']).toBeUndefined();
    expect(queue['track']).toBeTypeOf('function');
    expect(String(queue['ready'])).toBe('[object Promise]');
    expect(queue['length']).toBe(1);
    expect('flush' in queue).toBe(false);
  }
});

test('a page that freezes arrays, overrides fetch and removes the tag is undisturbed, and counted', async () => {
  const page = await open(
    `<script>
      said = [];
      addEventListener('error', (event) => said.push(event.message));
      addEventListener('unhandledrejection', (event) => said.push(String(event.reason)));
      Object.freeze(Array.prototype);
      fetch = () => { throw new Error('no fetch here'); };
    </script>
    <div data-sotto-item="85048"><a href="#x" onclick="return false">go</a></div>${tag('data-model="/demo/model/manifest.json" data-min-visible-ms="60000"')}
    <script type="module">document.querySelector('script[data-model]').remove();</script>`,
  );
  expect((await page.sotto.ready).items).toBeGreaterThan(0);
  (page.document.querySelector('a') as HTMLElement).click();
  await page.sotto.flush();
  expect((await page.sotto.profile()).events).toBe(1);
  // Loaded now, from where the tag said.
  expect(await page.sotto.exportData()).toContain('85048');
  expect((page as unknown as { said: string[] }).said).toEqual([]);
});

test('the tag names a hook of the page', async () => {
  const page = await open(
    `<script>onlyCarts = (event) => (event.action === 'cart' ? event : null);</script>
    ${tag('data-model="/demo/model/manifest.json" data-before-track="onlyCarts"')}`,
  );
  await page.sotto.ready;
  await page.sotto.flush();
  expect(page.sotto.track({ itemId: '85048', action: 'click' })).toBeNull();
  expect(page.sotto.track({ itemId: '85048', action: 'cart' })).toBeTypeOf('string');
});
