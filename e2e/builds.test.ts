/**
 * @module
 * Files of two builds on one page, as a site has them that copies some and not others, or a browser
 * whose cache keeps one: what does not fit is refused by name, and nothing answers oddly.
 */
import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from 'playwright/test';
import { openFixture } from './fixture.ts';

const fileOf = (name: string) => readFile(new URL(`../dist/${name}`, import.meta.url));

/** As the build writes it. */
const BUILD = /\d+\.\d+\.\d+\+[0-9a-f]{10}/;

interface Heard {
  code: string;
  message: string;
}

/** What the page is told, with the outcome of what it asks for. */
function visit(page: Page): Promise<{ outcome: Heard; heard: Heard[] }> {
  return page.evaluate(async () => {
    const heard: Heard[] = [];
    window.sotto.on('error', ({ code, message }) => heard.push({ code, message }));
    const outcome = await window.sotto.profile().then(
      () => ({ code: 'ok', message: '' }),
      ({ code, message }: Heard) => ({ code, message }),
    );
    window.sotto.track({ itemId: 'kept', action: 'click' });
    return { outcome, heard };
  });
}

test('an older worker is refused by name, once, and what is tracked is kept', async ({ page }) => {
  const worker = String(await fileOf('sotto-worker.js'));
  const [build] = BUILD.exec(worker)!;
  const older = '0.0.9+0123456789';
  await page.route('**/sotto-worker.js', (route) =>
    route.fulfill({ body: worker.replaceAll(build, older), contentType: 'text/javascript' }),
  );
  const warned: string[] = [];
  page.on('console', (message) => warned.push(message.text()));
  await openFixture(page);
  const { outcome, heard } = await visit(page);
  expect(outcome.code).toBe('version-unsupported');
  for (const name of [older, build, 'sotto-worker.js']) expect(outcome.message).toContain(name);
  // A warning where nobody listens yet.
  const said = [...heard.map(({ code }) => code), ...warned];
  expect(said.filter((text) => text.includes('version-unsupported'))).toHaveLength(1);
  expect(await page.evaluate(() => window.sotto.exportData())).toContain('"kept"');
});

test('older kernels do not run: the TypeScript engine does, and says why', async ({ page }) => {
  await page.route('**/sotto-kernels*.wasm', async (route) => {
    const bytes = await fileOf(new URL(route.request().url()).pathname.split('/').pop() ?? '');
    // The name stands at the end of the file.
    bytes.write('0123456789', bytes.length - 10);
    await route.fulfill({ body: bytes, contentType: 'application/wasm' });
  });
  await openFixture(page);
  const { outcome, heard } = await visit(page);
  expect(outcome.code).toBe('ok');
  const { retrieval, warnings } = await page.evaluate(() => window.sotto.ready);
  expect(retrieval).toBe('typescript');
  expect(warnings.map(({ code }) => code)).toEqual(['wasm-unavailable']);
  expect(warnings[0].message).toMatch(/of build [0-9a-f]{10} but they are of 0123456789/);
  expect(heard.length).toBeLessThanOrEqual(1);
});
