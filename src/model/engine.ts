/**
 * @module
 * Engine: preferences → learner → retrieval → ranker → rules. What the worker serves and what the
 * command line evaluates, to the line.
 */
import type { PreferenceRecord } from '../events.ts';
import { companionRows, createLeaders, firstUnmasked, union } from './candidates.ts';
import { explainRanked, type RankedParts } from './explainRanked.ts';
import { samplePosterior } from './learners/samplePosterior.ts';
import { solveVisitor } from './learners/als.ts';
import type { Learner, LearnerProblem, WeightedPreference } from './learners/types.ts';
import type { Model } from './model.ts';
import { createPopularityOrder, type PopularityWindow } from './popularityOrder.ts';
import { weightPreferences } from './preferences.ts';
import { diversify } from './rankers/diversify.ts';
import type { Ranker } from './rankers/types.ts';
import { similarRows } from './similarRows.ts';
import { createItemSignals } from './signals/itemSignals.ts';
import { createSignalsOf } from './signals/signalsOf.ts';
import type { VisitorSignals } from './signals/visitorSignals.ts';
import { dotRows, readRow } from './readRow.ts';
import type { RetrievalEngine, RowMask } from './retrieval/types.ts';
import { createMask, maskRows } from './rules/mask.ts';

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
  /** [0, 1]; 0: none, 1: a draw from the posterior. */
  readonly explore: number;
}

export type ListSource = 'personal' | 'similar' | 'trending' | 'popular' | 'list';

export interface RankedItem {
  row: number;
  score: number;
  source: ListSource;
}

export interface EngineParts {
  learner: Learner;
  retrieval: RetrievalEngine;
  ranker: Ranker;
  /** Half-life of feedback, days; null: it keeps its weight. */
  halfLifeDays: number | null;
  /** Uniform in [0, 1); used by `explore` alone. */
  random: () => number;
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
  rank(rows: readonly number[], visitor: Visitor, rules: ListRules): RankedItem[];
  popular(window: PopularityWindow, visitor: Visitor, rules: ListRules): RankedItem[];
  explain(row: number, visitor: Visitor): RankedParts;
  dispose(): void;
}

/** Enough for the ranker to change the order, few enough to cost nothing beside retrieval. */
const CANDIDATES = 300;
/** Of each other way to find some: by neighbours, by recent ones, among what everyone wants. */
const OTHER_CANDIDATES = 150;
/** With rules that reorder, this many times the count is retrieved. */
const CANDIDATES_PER_PLACE = 4;

export function createEngine(model: Model, parts: EngineParts): Engine {
  const { learner, retrieval, ranker, halfLifeDays, random } = parts;
  const { factors, manifest, statistics, rowOf } = model;
  const { objective, items, wholeItems = items } = manifest;
  const { gram, prior } = model;
  const problem: LearnerProblem = { factors, gram, prior, objective, wholeItems };
  const popularityOrder = createPopularityOrder(statistics);
  const { blend } = manifest;
  const itemSignals = createItemSignals(statistics);
  const leaders = createLeaders();
  const signalsOf = createSignalsOf(model, halfLifeDays);

  function candidatesFor(count: number): number {
    return Math.max(CANDIDATES, count * CANDIDATES_PER_PLACE);
  }

  /** Rows by the ranker's score, best first; equal scores by ascending row. */
  function scoreRows(rows: Int32Array, query: Float64Array, visitor: Visitor) {
    // Exact here: the scan's query is rounded to 16 bits, and explanations must add up.
    const similarity = Float64Array.from(rows, dotRows(factors, query));
    const scores = ranker.score({ rows, similarity }, { model, ...visitor });
    const order = Array.from(rows.keys()).sort(
      (left, right) => scores[right] - scores[left] || rows[left] - rows[right],
    );
    return {
      rows: Int32Array.from(order, (index) => rows[index]),
      scores: Float64Array.from(order, (index) => scores[index]),
    };
  }

  function pick(
    ranked: { rows: Int32Array; scores: Float64Array },
    rules: ListRules,
    source: ListSource,
  ): RankedItem[] {
    return diversify(factors, ranked.rows, ranked.scores, rules.count, rules.diversity).map(
      (index) => ({ row: ranked.rows[index], score: ranked.scores[index], source }),
    );
  }

  async function personal(visitor: Visitor, rules: ListRules): Promise<RankedItem[]> {
    const query =
      rules.explore > 0
        ? samplePosterior(solveVisitor(problem, visitor.preferences), rules.explore, random)
        : visitor.embedding;
    const mask = createMask(factors.rows, rules, visitor.hidden);
    maskRows(mask, visitor.seen);
    const k = candidatesFor(rules.count);
    const found = await retrieval.topK({ vector: query, k, mask, measure: 'inner-product' });
    const rows = blend ? union([found.rows, ...othersFor(visitor, mask, k)]) : found.rows;
    return pick(scoreRows(rows, query, visitor), rules, 'personal');
  }

  /** Candidates of a learned blend beside those that the embedding finds. */
  function othersFor({ signals, nowMs }: Visitor, mask: RowMask, count: number): Int32Array[] {
    const most = Math.max(OTHER_CANDIDATES, count / 2);
    const wanted = firstUnmasked(leaders(itemSignals(nowMs)), most, mask);
    const { companions } = signals;
    return companions ? [wanted, ...companionRows(companions, most, mask)] : [wanted];
  }

  /** For a visitor of whom nothing is known: what everyone wants, weighed by the blend if there is one. */
  function unknown(visitor: Visitor, rules: ListRules, seen: Iterable<number> = []): RankedItem[] {
    if (!blend) return popular('trending', visitor, rules, seen);
    const mask = createMask(factors.rows, rules, visitor.hidden);
    maskRows(mask, seen);
    const count = candidatesFor(rules.count);
    const rows = union([
      popularityOrder('trending', count, mask),
      ...othersFor(visitor, mask, count),
    ]);
    return pick(scoreRows(rows, visitor.embedding, visitor), rules, 'trending');
  }

  function popular(
    window: PopularityWindow,
    visitor: Visitor,
    rules: ListRules,
    alsoMasked: Iterable<number> = [],
  ): RankedItem[] {
    const mask = createMask(factors.rows, rules, visitor.hidden);
    maskRows(mask, alsoMasked);
    const wanted = rules.diversity === 0 ? rules.count : candidatesFor(rules.count);
    const rows = popularityOrder(window, wanted, mask);
    const counts = window === 'trending' ? statistics.trending : statistics.popularity;
    const scores = Float64Array.from(rows, (row) => counts[row]);
    return pick({ rows, scores }, rules, window === 'trending' ? 'trending' : 'popular');
  }

  return {
    model,

    async learn(records, nowMs) {
      const all = [...records];
      const preferences = weightPreferences(all, rowOf, objective, halfLifeDays, nowMs);
      const seen = new Set<number>();
      const hidden = new Set<number>();
      for (const record of all) {
        const row = rowOf.get(record.itemId);
        if (row === undefined) continue;
        if (record.positive !== null || record.negative !== null) seen.add(row);
        if (record.hidden) hidden.add(row);
      }
      const embedding = await learner.learn(problem, preferences);
      return { preferences, embedding, signals: signalsOf(all, nowMs), seen, hidden, nowMs };
    },

    async recommend(visitor, rules) {
      const hasTaste = visitor.preferences.some((preference) => preference.positives > 0);
      const list = hasTaste
        ? await personal(visitor, rules)
        : unknown(visitor, rules, visitor.seen);
      if (list.length >= rules.count) return list;
      // The unseen have run out: what is seen already comes after them, before a shorter list.
      const missing = { ...rules, count: rules.count - list.length };
      const excluded = [...rules.exclude, ...list.map(({ row }) => row)];
      const unseen = { ...visitor, seen: new Set<number>() };
      const rest = { ...missing, exclude: excluded };
      return list.concat(hasTaste ? await personal(unseen, rest) : unknown(visitor, rest));
    },

    async similar(row, visitor, rules) {
      const vector = readRow(factors, row, new Float64Array(factors.dim));
      const mask = createMask(factors.rows, rules, visitor.hidden);
      maskRows(mask, [row]);
      const k = rules.diversity === 0 ? rules.count : candidatesFor(rules.count);
      const found = await retrieval.topK({ vector, k, mask, measure: 'cosine' });
      return pick(similarRows(model.neighbours, row, found, k, mask), rules, 'similar');
    },

    rank(rows, visitor, rules) {
      const excluded = new Set(rules.exclude);
      const kept = new Set(
        rows.filter((row) => !excluded.has(row) && (rules.filter?.(row) ?? true)),
      );
      const query =
        rules.explore > 0
          ? samplePosterior(solveVisitor(problem, visitor.preferences), rules.explore, random)
          : visitor.embedding;
      return pick(scoreRows(Int32Array.from(kept), query, visitor), rules, 'list');
    },

    popular: (window, visitor, rules) => popular(window, visitor, rules),

    explain: (row, visitor) => explainRanked(problem, ranker, row, { model, ...visitor }),

    dispose() {
      learner.dispose();
      retrieval.dispose();
    },
  };
}
