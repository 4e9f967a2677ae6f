/**
 * @module
 * What the worker says of what it learned: why an item has its score, and who the visitor is. Types
 * only; every value is structured-clonable.
 */
import type { LearnTimings, RefinementReport } from './learning.ts';
import type { ItemMetadata } from './lists.ts';
import type { ModelInfo } from './opening.ts';

/** One past item's share in a score. */
export interface Contribution {
  itemId: string;
  item: ItemMetadata;
  /** Adds up, with the other contributions and `prior`, to the score. */
  score: number;
  /** What the visitor did with it, for and against, decayed to now. */
  weight: number;
}

export interface Explanation {
  itemId: string;
  item: ItemMetadata;
  score: number;
  /** The share that needs no event. */
  prior: number;
  /** What `prior` is made of, by signal; adds up to it. `similarity`: the average visitor's taste. */
  parts: { signal: string; score: number }[];
  /** Largest magnitude first. */
  contributions: Contribution[];
}

/** One item the visitor showed feedback for. */
export interface ProfileItem {
  itemId: string;
  item: ItemMetadata;
  /** For, minus against; decayed to now. */
  weight: number;
  events: number;
  /** ms since the epoch. */
  lastTimestamp: number;
}

/** What was learned, as the worker knows it. */
export interface LearnedProfile {
  /** Events in the log. */
  events: number;
  /** Strongest first. */
  items: ProfileItem[];
  /** Share of the positive weight by category, largest first; empty without categories. */
  categories: { category: string; share: number }[];
  /** Length of the embedding's departure from the prior; 0: nothing learned. */
  distance: number;
  timings: LearnTimings | null;
  /** Of the embedding that serves; null where the closed form's does. */
  refinement: RefinementReport | null;
  /** How long the last list took to make, ms; null before the first. */
  rankMs: number | null;
  model: ModelInfo;
}
