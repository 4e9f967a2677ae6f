/**
 * @module
 * forget: empties memory, journal, worker and store of one item or of everything. Loaded when it is
 * asked for; a refusal that was stored before it could be loaded is kept to by the next page.
 */
import { requireText } from '../errors.ts';
import { MAX_ITEM_ID_LENGTH } from '../events.ts';
import { mayLearn, type Visit } from './visit.ts';

/** What fails here has failed for a worker or a cache that is gone anyway. */
function settled(work: Promise<unknown>): Promise<unknown> {
  return work.catch(() => {});
}

/**
 * To be run by the delivery, before any event tracked later is stored.
 * @param isOurs - false: another tab has emptied the store that both share.
 * @throws {SottoError} `invalid-argument` for an id that can be none: nothing has been tracked of it.
 */
export async function forget(
  visit: Visit,
  itemId: string | undefined,
  isOurs: boolean,
): Promise<void> {
  const { stores, listeners, options } = visit;
  if (itemId !== undefined) requireText('itemId', itemId, MAX_ITEM_ID_LENGTH);
  // Where they do not load there is no worker that holds anything.
  const answers = await visit.answers.catch(() => null);
  const isAll = itemId === undefined;
  const isShared = stores.kind() !== 'memory';
  if (isOurs || !isShared) {
    // A worker without the database holds the events itself.
    if (!isShared && answers?.isOpening() === false) {
      await settled(answers.ask('forget', itemId));
    }
    const keep: [string, unknown][] = [];
    // A refusal is no knowledge about the visitor; losing it would begin to gather some.
    if (isAll && visit.chosen === 'denied') keep.push(['consent', 'denied']);
    if (isAll && visit.paused) keep.push(['paused', true]);
    await stores.use((store) => store.forget(itemId, keep));
    // The model's files, under the database's name; without TLS there is no such cache.
    if (isAll) await settled((async () => caches.delete(options.name))());
  }
  // The worker sees by the log that its preferences have moved; one that opens may have read them.
  if (answers?.isOpening() === false && mayLearn(visit)) await settled(answers.learn());
  else answers?.learnSoon();
  listeners.emit('update', { reason: 'forgotten' });
}
