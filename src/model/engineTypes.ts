/**
 * @module
 * The words of the engine: a visitor, what a list is asked for by, what it is made of.
 */
import type { PreferenceRecord } from '../events.ts';
import type { RankedParts } from './explainRanked.ts';
import type { Learner, WeightedPreference } from './learners/types.ts';
import type { Model } from './model.ts';
import type { PopularityWindow } from './popularityOrder.ts';
import type { Ranker } from './rankers/types.ts';
import type { RetrievalEngine } from './retrieval/types.ts';
import type { VisitorSignals } from './signals/visitorSignals.ts';
import type { Pause } from './steps.ts';

/** A visitor at one moment: everything that a list depends on. */
export interface Visitor {
  readonly preferences: readonly WeightedPreference[];
  /** Length d. */
  readonly embedding: Float64Array;
  /** Of a model with a learned blend. */
  readonly signals: VisitorSignals;
  /** Rows with feedback for or against: `recommend` puts them last. */
  readonly seen: ReadonlySet<number>;
  /** Rows never to show. */
  readonly hidden: ReadonlySet<number>;
  readonly nowMs: number;
}

export interface ListRules {
  /** At least 1. */
  readonly count: number;
  readonly exclude: Iterable<number>;
  /** null: every row passes. */
  readonly filter: ((row: number) => boolean) | null;
  /** [0, 1]; 0: by score alone. */
  readonly diversity: number;
  /** Most items of one category, at least 1. Absent, and from 1000 on: any number. */
  readonly maxPerCategory?: number;
  /** [0, 1]; 0: none, 1: a draw from the posterior. */
  readonly explore: number;
  /** Of explored lists, which are made a hundred times over for them; absent: wanted. */
  readonly propensities?: boolean;
}

export type ListSource = 'personal' | 'similar' | 'trending' | 'popular' | 'list';

export interface RankedItem {
  row: number;
  score: number;
  source: ListSource;
  /** With `explore`: how likely the item was to be in the list; see `exploration.ts`. Else 1. */
  propensity?: number;
}

export interface EngineParts {
  learner: Learner;
  retrieval: RetrievalEngine;
  ranker: Ranker;
  /** Half-life of feedback, days; null: it keeps its weight. */
  halfLifeDays: number | null;
  /** Uniform in [0, 1); used by `explore` alone. */
  random: () => number;
  /** ms since any fixed moment; bounds what is spent on propensities. Absent: no bound. */
  clock?: () => number;
  /** Awaited between two steps of longer work. Absent: nobody waits. */
  pause?: Pause;
}

export interface Engine {
  readonly model: Model;
  /** Learns a visitor from their records, as of `nowMs`. */
  learn(records: Iterable<PreferenceRecord>, nowMs: number): Promise<Visitor>;
  /** For this visitor; without any feedback for an item, what is trending. */
  recommend(visitor: Visitor, rules: ListRules): Promise<RankedItem[]>;
  /** Its neighbours, then the nearest by cosine of item factors; the row itself is left out. */
  similar(row: number, visitor: Visitor, rules: ListRules): Promise<RankedItem[]>;
  /** The caller's rows in the visitor's order; hidden rows stay in. */
  rank(rows: readonly number[], visitor: Visitor, rules: ListRules): Promise<RankedItem[]>;
  popular(window: PopularityWindow, visitor: Visitor, rules: ListRules): Promise<RankedItem[]>;
  explain(row: number, visitor: Visitor): Promise<RankedParts>;
  dispose(): void;
}
