/**
 * @module
 * How a table is parted to learn a blend: what a model is trained on, and what it is then asked.
 */
import { eventsByUser } from '../../evaluation/heldOut.ts';
import { casesOf } from '../../evaluation/replay.ts';
import { strongFold } from '../../evaluation/strong.ts';
import { subsetInteractions } from '../../evaluation/subset.ts';
import type { Case } from '../../evaluation/types.ts';
import { assignFolds } from '../../evaluation/userFolds.ts';
import type { Interactions } from '../../interactions.ts';

export interface Split {
  earlier: Interactions;
  /** Items are indices into `earlier.itemIds`. */
  cases: Case[];
}

/** Share of the events, by time, that the earlier model is trained on. */
const EARLIER_SHARE = 0.8;

/** The last fifth of the events, day by day, of everybody who had one before. null: not to be had. */
export function laterDays(all: Interactions): Split | null {
  const { timestamps } = all;
  if (!timestamps) return null;
  const fromMs = timestamps.slice().sort()[Math.floor(EARLIER_SHARE * timestamps.length)];
  const rows = Int32Array.from(timestamps.keys()).filter((row) => timestamps[row] < fromMs);
  if (rows.length === 0) return null;
  const earlier = subsetInteractions(all, rows);
  const cases: Case[] = [];
  // Users who were trained on too: what they do later was not.
  for (const [user, events] of eventsByUser(all, [...all.users.keys()], earlier.itemIds)) {
    cases.push(...casesOf(user, events, { fromMs, toMs: Infinity }));
  }
  return { earlier, cases };
}

/** One user in ten is left out. */
const FOLDS = 10;

/** A random fifth of the items of users left out, as the strong protocol asks. */
export function randomShares(all: Interactions, seed: number): Split | null {
  const folds = assignFolds(all.userIds, FOLDS, seed + 1);
  if (!folds.some((fold) => fold !== 0)) return null;
  const { training, cases } = strongFold(all, folds, 0, seed + 1);
  return { earlier: training, cases: [...cases] };
}
