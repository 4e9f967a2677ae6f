import { wrap } from 'comlink';
import { afterEach, expect, test, vi } from 'vitest';
import { openIndexedDbStore } from '../store/indexedDbStore.ts';
import type { PageApi } from './api.ts';
import { LIST, openRequest, valueOf } from './openRequest.case.ts';
import { serve } from './serve.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

afterEach(() => void vi.useRealTimers());

function begin(databaseName: string) {
  const { port1, port2 } = new MessageChannel();
  const stop = serve(port2);
  const request = openRequest({
    manifestUrl: '/demo/model/manifest.json',
    databaseName,
    retentionDays: 30,
  });
  return { stop, service: wrap<PageApi>(port1), request };
}

test('a page that is left open looks once an hour for what is past retention', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
  const databaseName = `serve-${crypto.randomUUID()}`;
  const { stop, service, request } = begin(databaseName);
  valueOf(await service.open(request));
  const [{ itemId }] = valueOf(await service.recommend(LIST));
  const page = openIndexedDbStore(databaseName);
  // It is past retention in 50 minutes.
  const timestamp = Date.now() - 30 * DAY_MS + 50 * MINUTE_MS;
  await page.append([{ id: 'e', itemId, action: 'click', timestamp, sessionId: 's' }]);
  valueOf(await service.learn());
  const held = async () => valueOf(await service.events()).map(({ id }) => id);

  vi.advanceTimersByTime(49 * MINUTE_MS);
  expect(await held()).toEqual(['e']);
  vi.advanceTimersByTime(11 * MINUTE_MS);
  await expect.poll(held).toEqual([]);
  // It stays counted.
  expect(valueOf(await service.profile()).items).toMatchObject([{ itemId, events: 1 }]);

  stop();
  expect(vi.getTimerCount()).toBe(0);
  page.close();
});

test('its end lets go of the database', async () => {
  const databaseName = `serve-${crypto.randomUUID()}`;
  const { stop, service, request } = begin(databaseName);
  valueOf(await service.open(request));
  stop();
  // Would wait for a connection that is still open.
  const deleted = new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(databaseName);
    request.onsuccess = () => resolve('deleted');
    request.onerror = () => reject(new Error('not deleted'));
  });
  expect(await deleted).toBe('deleted');
});
