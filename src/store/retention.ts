/**
 * @module
 * What is past retention in the database: whether anything is, looked up in the indexes alone.
 */
import type { Transaction } from './transactIdb.ts';
import type { Retention } from './types.ts';

const DAY_MS = 86_400_000;

/** The timestamps that are too old. */
export function agedRange({ maxAgeDays }: Retention, nowMs: number): IDBKeyRange {
  return IDBKeyRange.upperBound(nowMs - maxAgeDays * DAY_MS, true);
}

/** Whether there may be events to let go, counted or not. */
export async function isRetirementDue(
  transaction: Transaction<'readonly'>,
  retention: Retention,
  nowMs: number,
): Promise<boolean> {
  const events = transaction.objectStore('events');
  const [all, aged] = await Promise.all([
    events.count(),
    events.index('timestamp').count(agedRange(retention, nowMs)),
  ]);
  return all > retention.maxEvents || aged > 0;
}
