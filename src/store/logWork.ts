/**
 * @module
 * LogWork: what is run on the preferences and the cursor, in one transaction.
 */
import type { PreferenceRecord } from '../events.ts';
import type { StoredCursor } from './schema.ts';
import type { Transaction } from './transactIdb.ts';

/** What the stored preferences are, as this instance knows them from its last transaction. */
export interface Held {
  stamp: number | undefined;
  records: Map<string, PreferenceRecord>;
  /** Read anew since the last `advance`, which is what tells the caller of it. */
  isNews: boolean;
}

/**
 * Runs on the preferences as they are stored: those in memory when nobody has written since, else
 * read anew. What it returns as `held` is in memory from then on.
 */
export type LogWork<T> = (
  transaction: Transaction,
  stored: StoredCursor | undefined,
  held: Held,
) => Promise<{ result: T; held: Held }>;
