/**
 * @module
 * What the tests of a whole recommender share, where each test is a visitor of its own: `name` names
 * their database, and everything ends with the test.
 */
import { openDB } from 'idb';
import { afterEach, beforeEach, vi } from 'vitest';
import type { SottoError } from '../errors.ts';
import type { Options } from '../options.ts';
import type { UpdateEvent } from './listeners.ts';
import { freshName, start as startAny } from './testing.case.ts';
import type { Recommender } from './types.ts';

/** Of the test that runs. */
export let name: string;

beforeEach(() => {
  name = freshName();
  sessionStorage.clear();
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** On the demo's model; under `name`, unless another is given. */
export function start(options: Partial<Options> = {}): Promise<Recommender> {
  return startAny({ name, ...options });
}

/** The next update, or the next for one of `reasons`. */
export function update(
  sotto: Recommender,
  ...reasons: UpdateEvent['reason'][]
): Promise<UpdateEvent> {
  return new Promise((resolve) => {
    const stop = sotto.on('update', (event) => {
      if (reasons.length && !reasons.includes(event.reason)) return;
      stop();
      resolve(event);
    });
  });
}

export const idsOf = (list: { itemId: string }[]) => list.map(({ itemId }) => itemId);
export const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: SottoError) => `${error.name} ${error.code}`,
  );

/** Every store of the database, as raw IndexedDB holds it. */
export async function rawCounts(): Promise<Record<string, number>> {
  const database = await openDB(name);
  const counts: Record<string, number> = {};
  for (const store of database.objectStoreNames) counts[store] = await database.count(store);
  database.close();
  return counts;
}

/** Lets nobody write to the log, as a slow disk would. @returns what ends that. */
export async function holdLog(): Promise<() => void> {
  const database = await openDB(name);
  const transaction = database.transaction('events', 'readwrite');
  let isHeld = true;
  const hold = (): void => {
    // A transaction without a request ends.
    if (isHeld) transaction.store.count().then(hold, () => {});
  };
  hold();
  return () => {
    isHeld = false;
    database.close();
  };
}
