/**
 * @module
 * The blend: which signals a score is made of and how much each counts. Learned by `sotto train` on a
 * validation period, published in the manifest.
 *
 *   score = Σ over signals  value / spread × (weight + whenNew · newness + whenFresh · freshness)
 *
 * Newness is 1 / (1 + n), n being how much the visitor's own feedback weighs, so that what everybody
 * does can count for more while little is known of them. Freshness is 2^(−age / half-life), the age
 * being that of the model's statistics, so that what is trending counts for as much as it is still
 * true.
 */
import { decay } from './decay.ts';

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
  /** As `weight`, of statistics just counted; fades as they age. Absent: 0. */
  whenFresh?: number;
  /** The standard deviation among the candidates it was learned on. Above 0. */
  spread: number;
}

export interface Blend {
  /** Days until an event counts half in `recentCompanions`. */
  recentHalfLifeDays: number;
  /** Days until statistics are half as fresh. Absent: they never are. */
  freshHalfLifeDays?: number;
  /** Each signal at most once; one that is absent counts nothing. */
  signals: SignalWeight[];
  /** What it was learned on; absent: the defaults. For people to read. */
  learned?: { lists: number; from: 'later' | 'random' };
}

/** @param told - how much the visitor's feedback weighs, at least 0. @returns in (0, 1]. */
export function newness(told: number): number {
  return 1 / (1 + told);
}

/** @param countedAt - of the manifest. @returns in [0, 1]; 0 where nothing is known of their age. */
export function freshness(
  halfLifeDays: number | undefined,
  countedAt: string | undefined,
  nowMs: number,
): number {
  return halfLifeDays && countedAt ? decay(nowMs - Date.parse(countedAt), halfLifeDays) : 0;
}
