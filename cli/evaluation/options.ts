/**
 * @module
 * What an evaluation is asked for. Plain data: threads are handed it as it is.
 */
import type { FoldModelOptions } from '../../src/model/evaluation/foldModel.ts';

/** `visit` is `replay` once the day's first item is known. */
export const PROTOCOLS = ['replay', 'visit', 'strong'] as const;

export type Protocol = (typeof PROTOCOLS)[number];

/** Sotto's own engines, by the word that `--own` names them with; popularity comes first. */
export const OWN_ENGINES = [
  'popularity',
  'trending',
  'fresh',
  'fold-in',
  'decayed',
  'refreshed',
  'default',
] as const;

export type OwnEngine = (typeof OWN_ENGINES)[number];

export interface EvaluationOptions {
  protocol: Protocol;
  period: 'test' | 'validation';
  folds: number;
  /** The first so many of them; absent: all. */
  measuredFolds?: number;
  until: number;
  seed: number;
  model: FoldModelOptions;
  trendExponent: number;
  /** Engines to measure; popularity, which the others are held against, is measured anyway. */
  own?: readonly OwnEngine[];
  /** Also measure the default engine at several settings of diversity and exploration. */
  tradeOff?: boolean;
}

/** `done` of `total` folds, with fractions; `stage` says what is being done. */
export type OnProgress = (done: number, total: number, stage: string) => void;

/** The one that visitors get whose site runs `sotto refresh` every night. */
export const REFRESHED_ENGINE = 'default, refreshed daily';

/** The engine that visitors get. */
export const DEFAULT_ENGINE = 'default';
