/**
 * @module
 * Strong generalisation, as the literature measures it: users the model has never seen, most of
 * their items folded in, the rest to be found. Time plays no part in the split.
 *
 * Paper: Liang et al., Variational Autoencoders for Collaborative Filtering, WWW 2018, section 4.1.
 * https://doi.org/10.1145/3178876.3186150
 */
import type { Interactions } from '../interactions.ts';
import { holdOut } from './heldOut.ts';
import { seededRandom } from '../training/seededRandom.ts';
import { hashText, shuffle } from './random.ts';
import type { Case, Fold } from './types.ts';

/** Share of a held-out user's items that the engine is told. */
const FOLDED_IN = 0.8;

/** Users with fewer known items are left out, as in the paper: a fifth of them would be nothing. */
const MINIMUM_ITEMS = 5;

/** @param folds - the fold of each user, as `assignFolds` gives it. */
export function strongFold(
  interactions: Interactions,
  folds: Int32Array,
  fold: number,
  seed: number,
): Fold {
  const { training, events, users } = holdOut(interactions, folds, fold, Infinity);
  const cases: Case[] = [];
  for (const [user, ofUser] of events) {
    const items = [...new Set(ofUser.map((event) => event.item))];
    if (items.length < MINIMUM_ITEMS) continue;
    // Seeded by the user, so that no other user's presence changes this one's split.
    shuffle(items, seededRandom(hashText(interactions.userIds[user], seed + 1)));
    const told = new Set(items.slice(0, Math.floor(FOLDED_IN * items.length)));
    cases.push({
      user,
      nowMs: ofUser[ofUser.length - 1].timestamp,
      history: ofUser.filter((event) => told.has(event.item)),
      targets: Int32Array.from(items.slice(told.size)).sort(),
    });
  }
  return { training, cutMs: Infinity, heldOutUsers: users, cases };
}
