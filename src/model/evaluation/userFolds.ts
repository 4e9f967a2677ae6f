/**
 * @module
 * Which fold holds a user out. By a hash of the id, so that it depends neither on the order of the
 * rows nor on who else is in the table.
 */
import { requireInteger } from '../../errors.ts';
import { hashText } from './random.ts';

/** @returns the fold of each user, by user index, in [0, `folds`). */
export function assignFolds(userIds: readonly string[], folds: number, seed: number): Int32Array {
  requireInteger('folds', folds, 2, 1000);
  return Int32Array.from(userIds, (id) => hashText(id, seed) % folds);
}
