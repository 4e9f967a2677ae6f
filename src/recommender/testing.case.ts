/**
 * @module
 * What the tests of a whole recommender share: one on the demo's model, and raw looks at what it
 * keeps.
 */
import { openDB } from 'idb';
import { afterEach } from 'vitest';
import type { Options } from '../options.ts';
import { createRecommender } from '../recommender.ts';
import type { Recommender } from './types.ts';

const running: Recommender[] = [];

/** Of each test its own. */
export function freshName(): string {
  return `recommender-${crypto.randomUUID()}`;
}

export async function start(options: Partial<Options> = {}): Promise<Recommender> {
  const recommender = await createRecommender({
    model: '/demo/model/manifest.json',
    workerUrl: new URL('../worker/entry.case.ts', import.meta.url).href,
    kernelUrl: new URL('/dist/sotto-kernels.wasm', location.href).href,
    name: freshName(),
    track: false,
    ...options,
  });
  running.push(recommender);
  return recommender;
}

afterEach(() => {
  for (const recommender of running.splice(0)) recommender.destroy();
});

/** Every record of every store, as raw IndexedDB holds it. */
export async function rawRecords(name: string): Promise<Record<string, unknown[]>> {
  const database = await openDB(name);
  const records: Record<string, unknown[]> = {};
  for (const store of database.objectStoreNames) records[store] = await database.getAll(store);
  database.close();
  return records;
}
