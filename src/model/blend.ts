/**
 * @module
 * The blend: which signals a score is made of and how much each counts. Learned by `sotto train` on a
 * validation period, published in the manifest.
 *
 *   score = Σ over signals  value / spread × (weight + whenNew / (1 + n))
 *
 * n is how much the visitor's own feedback weighs, so that what everybody does can count for more
 * while little is known of them.
 */

/** Made of past events, a share for each: what they add to a score can be told event by event. */
const PERSONAL_SIGNALS = ['similarity', 'companions', 'recentCompanions', 'words'] as const;

/** Known of the item alone, at a time. */
const ITEM_SIGNALS = [
  'popularity',
  'trending',
  'recent30',
  'recent10',
  'novelty',
  'season',
  'comingSeason',
] as const;

/** Of both at once. */
const MATCH_SIGNALS = ['price', 'fatigue'] as const;

export const SIGNALS = [...PERSONAL_SIGNALS, ...ITEM_SIGNALS, ...MATCH_SIGNALS] as const;

export type ItemSignal = (typeof ITEM_SIGNALS)[number];
export type Signal = (typeof SIGNALS)[number];

export interface SignalWeight {
  signal: Signal;
  /** In standard deviations of the signal. */
  weight: number;
  /** As `weight`, of a visitor without feedback; fades as it comes. */
  whenNew: number;
  /** The standard deviation among the candidates it was learned on. Above 0. */
  spread: number;
}

export interface Blend {
  /** Days until an event counts half in `recentCompanions`. */
  recentHalfLifeDays: number;
  /** Each signal at most once; one that is absent counts nothing. */
  signals: SignalWeight[];
  /** What it was learned on; absent: the defaults. For people to read. */
  learned?: { lists: number; from: 'later' | 'random' };
}
