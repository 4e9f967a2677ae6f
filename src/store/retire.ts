/**
 * @module
 * retire: events past retention leave the log and stay counted. Loaded once there are some.
 */
import type { LogWork } from './logWork.ts';
import { retiredParts, withRetired } from './retiredRecords.ts';
import { agedRange } from './retention.ts';
import { CURSOR_KEY, toEntry } from './schema.ts';
import type { Transaction } from './transactIdb.ts';
import type { LogEntry, Reduce, Retention } from './types.ts';

/** @returns what is to run on the log; its result: how many left. */
export function retire(retention: Retention, nowMs: number, reduce: Reduce): LogWork<number> {
  return async (transaction, stored, held) => {
    if (!stored) return { result: 0, held };
    const leaving = await pastRetention(transaction, retention, nowMs, stored.sequence);
    if (leaving.length === 0) return { result: 0, held };

    const events = transaction.objectStore('events');
    const preferences = transaction.objectStore('preferences');
    const stamp = Math.random();
    const parts = retiredParts(held.records, leaving);
    reduce(parts, leaving);
    await Promise.all([
      ...leaving.map(({ sequence }) => events.delete(sequence)),
      ...Array.from(withRetired(held.records, parts), (record) => preferences.put(record)),
      transaction.objectStore('cursor').put({ ...stored, stamp }, CURSOR_KEY),
    ]);
    return { result: leaving.length, held: { ...held, stamp } };
  };
}

/** Counted entries that are too old or too many, in order of sequence. */
async function pastRetention(
  transaction: Transaction,
  retention: Retention,
  nowMs: number,
  counted: number,
): Promise<LogEntry[]> {
  const events = transaction.objectStore('events');
  const excess = Math.max(0, (await events.count()) - retention.maxEvents);
  const [aged, extra] = await Promise.all([
    events.index('timestamp').getAll(agedRange(retention, nowMs)),
    // A count of 0 would mean all of them.
    excess > 0 ? events.getAll(null, excess) : [],
  ]);
  const leaving = new Map([...aged, ...extra].map(toEntry).map((entry) => [entry.sequence, entry]));
  return [...leaving.values()]
    .filter(({ sequence }) => sequence <= counted)
    .sort((left, right) => left.sequence - right.sequence);
}
