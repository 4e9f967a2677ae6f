import { afterEach, expect, test } from 'vitest';
import { createRecommender } from '../recommender.ts';
import type { Options } from '../options.ts';
import type { Recommender } from './types.ts';

const running: Recommender[] = [];
afterEach(() => {
  for (const recommender of running.splice(0)) recommender.destroy();
});

async function start(name: string, options: Partial<Options> = {}): Promise<Recommender> {
  const recommender = await createRecommender({
    model: '/demo/model/manifest.json',
    workerUrl: new URL('../worker/entry.case.ts', import.meta.url).href,
    kernelUrl: new URL('/dist/sotto-kernels.wasm', location.href).href,
    name,
    track: false,
    ...options,
  });
  running.push(recommender);
  await recommender.recommend();
  return recommender;
}

const keptFiles = async (name: string) =>
  (await caches.has(name)) ? (await (await caches.open(name)).keys()).length : 0;

/** The manifest and all that it names. */
const modelFiles = async () => {
  const manifest = (await (await fetch('/demo/model/manifest.json')).json()) as {
    files: unknown[];
  };
  return manifest.files.length + 1;
};

test('the model is kept for the next page, and forget leaves nothing of it', async () => {
  const name = `model-cache-${crypto.randomUUID()}`;
  const sotto = await start(name);
  const all = await modelFiles();
  await expect.poll(() => keptFiles(name), { timeout: 5000 }).toBe(all);
  await sotto.forget('85048');
  expect(await keptFiles(name)).toBe(all);
  await sotto.forget();
  expect(await caches.has(name)).toBe(false);
  expect(await sotto.recommend()).toHaveLength(12);
  expect(await caches.has(name)).toBe(false);
});

test('without consent nothing is kept', async () => {
  const name = `model-cache-${crypto.randomUUID()}`;
  const sotto = await start(name, { requireConsent: true });
  expect(await caches.has(name)).toBe(false);
  await sotto.setConsent('granted');
  await sotto.recommend();
  await expect.poll(() => keptFiles(name), { timeout: 5000 }).toBe(await modelFiles());
  await sotto.setConsent('denied');
  await sotto.recommend();
  expect(await caches.has(name)).toBe(false);
});
