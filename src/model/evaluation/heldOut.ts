/**
 * @module
 * What both protocols do first: part the rows into those to train on and, user by user, those of
 * the held-out users, named by the items of the training table.
 */
import { SottoError } from '../../errors.ts';
import type { Interactions } from '../interactions.ts';
import { subsetInteractions } from './subset.ts';
import type { SeenEvent } from './types.ts';

export interface HeldOut {
  training: Interactions;
  /** By user index of the whole table: known items only, oldest first. Users without one: absent. */
  events: Map<number, SeenEvent[]>;
  users: number;
}

/**
 * @param folds - the fold of each user, as `assignFolds` gives it.
 * @param fold - the one that is held out.
 * @param cutMs - training rows are older than this.
 */
export function holdOut(
  all: Interactions,
  folds: Int32Array,
  fold: number,
  cutMs: number,
): HeldOut {
  const { timestamps } = all;
  const trainingRows: number[] = [];
  const heldOutRows: number[] = [];
  for (let row = 0; row < all.users.length; row++) {
    if (folds[all.users[row]] === fold) heldOutRows.push(row);
    else if (!timestamps || timestamps[row] < cutMs) trainingRows.push(row);
  }
  if (trainingRows.length === 0) {
    throw new SottoError('no-rows', `fold ${fold} leaves no rows to train on`);
  }
  const training = subsetInteractions(all, Int32Array.from(trainingRows));
  const events = eventsByUser(all, heldOutRows, training.itemIds);
  let users = 0;
  for (const assigned of folds) if (assigned === fold) users++;
  return { training, events, users };
}

/**
 * @param rows - of `all`; any order, which is changed.
 * @param itemIds - what the events' items shall be indices of; events on others are left out.
 * @returns by user index of `all`, oldest first.
 */
export function eventsByUser(
  all: Interactions,
  rows: number[],
  itemIds: readonly string[],
): Map<number, SeenEvent[]> {
  const { timestamps } = all;
  const itemOf = new Map(itemIds.map((id, item) => [id, item]));
  const known = Int32Array.from(all.itemIds, (id) => itemOf.get(id) ?? -1);
  // Sorting is stable: events of the same millisecond keep the order of the table.
  if (timestamps) rows.sort((left, right) => timestamps[left] - timestamps[right]);
  const events = new Map<number, SeenEvent[]>();
  for (const row of rows) {
    const item = known[all.items[row]];
    if (item < 0) continue;
    const user = all.users[row];
    let ofUser = events.get(user);
    if (!ofUser) events.set(user, (ofUser = []));
    ofUser.push({ item, weight: all.weights[row], timestamp: timestamps ? timestamps[row] : 0 });
  }
  return events;
}
