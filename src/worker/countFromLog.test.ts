import { expect, test } from 'vitest';
import { MemoryStore } from '../store/memoryStore.ts';
import { metricsFromLog, reportFromLog } from './countFromLog.ts';

const DAY_MS = 86_400_000;

/** A log with a click that many days ago each, oldest first. Nothing has left it yet. */
async function log(agesDays: readonly number[], retentionDays: number, retentionEvents = 1000) {
  const store = new MemoryStore();
  await store.append(
    agesDays.map((age, index) => ({
      id: `${index}`,
      itemId: 'x',
      action: 'click',
      timestamp: Date.now() - age * DAY_MS,
      listId: 'front',
      sessionId: 's',
    })),
  );
  return { store, request: { retentionDays, retentionEvents } };
}

const clicks = async (...given: Parameters<typeof metricsFromLog>) =>
  (await metricsFromLog(...given)).lists[0]?.clicks ?? 0;

test('what is past retention is not counted, though it is still in the log', async () => {
  const state = await log([10.1, 9.9, 5, 0], 10);
  expect(await clicks(state)).toBe(3);
  expect(await state.store.countEvents()).toBe(4);
  // Further back than that it does not look, however far one asks.
  expect(await clicks(state, { days: 1000 })).toBe(3);
  expect(await clicks(state, { days: 9 })).toBe(2);
  const { sinceMs } = await metricsFromLog(state, { days: 1000 });
  expect(Math.abs(Date.now() - 10 * DAY_MS - sinceMs)).toBeLessThan(5000);
});

test('by count: the newest', async () => {
  expect(await clicks(await log([3, 2, 1, 0], 10, 2))).toBe(2);
});

test('an empty log counts nothing', async () => {
  expect((await metricsFromLog(await log([], 10))).lists).toEqual([]);
});

test('where the budget cannot be kept, nothing is reported', async () => {
  const request = { metrics: [{ action: 'click' }] };
  expect(await reportFromLog(await log([0], 10), request)).toBeNull();
});
