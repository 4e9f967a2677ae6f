/**
 * @module
 * forget: empties memory, journal, worker and store of one item or of everything.
 */
import { learnMore, mayLearn, quietly, type Visit } from './visit.ts';

/** @param isOurs - false: another tab has emptied the store that both share. */
export async function forget(visit: Visit, itemId?: string, isOurs = true): Promise<void> {
  const { learning, storage, credits, delivery, session, listeners, options } = visit;
  const isAll = itemId === undefined;
  visit.epoch++;
  if (isAll) {
    session.end();
    credits.clear();
  } else credits.delete(itemId);
  await delivery.forget(itemId, async () => {
    const isShared = storage.kind() !== 'memory';
    if (!isOurs && isShared) return;
    // A worker without the database holds the events itself.
    if (!isShared && !learning.isOpening()) await quietly(learning.ask('forget', itemId));
    const keep: [string, unknown][] = [];
    // A refusal is no knowledge about the visitor; losing it would begin to gather some.
    if (isAll && visit.chosen === 'denied') keep.push(['consent', 'denied']);
    if (isAll && visit.paused) keep.push(['paused', true]);
    await storage.use((store) => store.forget(itemId, keep));
    // The model's files, under the database's name; without TLS there is no such cache.
    if (isAll) await quietly((async () => caches.delete(options.databaseName))());
  });
  // The worker sees by the log that its preferences have moved; one that opens may have read them.
  if (!learning.isOpening() && mayLearn(visit)) await quietly(learning.learn());
  else learnMore(visit);
  listeners.emit('update', { reason: 'forgotten' });
}
