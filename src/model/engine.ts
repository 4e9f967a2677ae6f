/**
 * @module
 * Engine: preferences → learner → retrieval → ranker → rules. What the worker serves and what the
 * command line evaluates, to the line.
 */
import { loaded } from '../errors.ts';
import type {
  Engine,
  EngineParts,
  ListRules,
  ListSource,
  RankedItem,
  Visitor,
} from './engineTypes.ts';
import { itemsTrained } from './artifact/manifest.ts';
import { companionRows, createLeaders, firstUnmasked, union } from './candidates.ts';
import type { LearnerProblem } from './learners/types.ts';
import type { Model } from './model.ts';
import { createPopularityOrder, type PopularityWindow } from './popularityOrder.ts';
import { weightPreferences } from './preferences.ts';
import { createListFill, type ListFill, type RankedRows } from './fillList.ts';
import { listShape, type ListShape } from './listShape.ts';
import { reactedRows } from './reactedRows.ts';
import { similarRows } from './similarRows.ts';
import { itemSignalsOf } from './signals/itemSignals.ts';
import { createSignalsOf } from './signals/signalsOf.ts';
import { dotRows, readRow } from './readRow.ts';
import type { RowMask } from './retrieval/types.ts';
import { createMask, maskRows } from './rules/mask.ts';

export type * from './engineTypes.ts';

/** Enough for the ranker to change the order, few enough to cost nothing beside retrieval. */
const CANDIDATES = 300;
/** Of each other way to find some: by neighbours, by recent ones, among what everyone wants. */
const OTHER_CANDIDATES = 150;
/** With rules that reorder, this many times the count is retrieved. */
const CANDIDATES_PER_PLACE = 4;

export function createEngine(model: Model, parts: EngineParts): Engine {
  const { learner, retrieval, ranker, halfLifeDays, random, clock = () => 0 } = parts;
  const { factors, manifest, statistics, rowOf, gram, prior, newcomers = statistics } = model;
  const { objective, blend } = manifest;
  const wholeItems = itemsTrained(manifest);
  const problem: LearnerProblem = { factors, gram, prior, objective, wholeItems };
  const popularityOrder = createPopularityOrder(statistics);
  const newcomersOrder =
    newcomers === statistics ? popularityOrder : createPopularityOrder(newcomers);
  const itemSignals = itemSignalsOf(statistics);
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
    ranked: RankedRows,
    count: number,
    source: ListSource,
    shape: ListShape,
  ): RankedItem[] {
    return shape.pick(ranked, count).map((index) => ({
      row: ranked.rows[index],
      score: ranked.scores[index],
      source,
    }));
  }

  function fillOf(
    { count }: ListRules,
    mask: RowMask,
    source: ListSource,
    shape: ListShape,
  ): ListFill<RankedItem> {
    return createListFill(count, mask, shape.cap, (candidates, missing) =>
      pick(candidates, missing, source, shape),
    );
  }

  async function personal(
    visitor: Visitor,
    rules: ListRules,
    query: Float64Array,
    shape: ListShape,
  ): Promise<readonly RankedItem[]> {
    const mask = createMask(factors.rows, rules, visitor.hidden);
    maskRows(mask, visitor.seen);
    const fill = fillOf(rules, mask, 'personal', shape);
    for (;;) {
      const k = candidatesFor(fill.missing);
      const found = await retrieval.topK({ vector: query, k, mask, measure: 'inner-product' });
      const rows = blend ? union([found.rows, ...othersFor(visitor, mask, k)]) : found.rows;
      if (!fill.offer(scoreRows(rows, query, visitor), k)) return fill.list;
    }
  }

  /** Candidates of a learned blend beside those that the embedding finds. */
  function othersFor({ signals, nowMs }: Visitor, mask: RowMask, count: number): Int32Array[] {
    const most = Math.max(OTHER_CANDIDATES, count / 2);
    const wanted = firstUnmasked(leaders(itemSignals(nowMs)), most, mask);
    const { companions } = signals;
    return companions ? [wanted, ...companionRows(companions, most, mask)] : [wanted];
  }

  /** For a visitor of whom nothing is known: what everyone wants, weighed by the blend if there is one. */
  function unknown(visitor: Visitor, rules: ListRules, shape: ListShape): readonly RankedItem[] {
    if (!blend) return popular('newcomers', visitor, rules, visitor.seen, shape);
    const mask = createMask(factors.rows, rules, visitor.hidden);
    maskRows(mask, visitor.seen);
    const fill = fillOf(rules, mask, 'trending', shape);
    for (;;) {
      const k = candidatesFor(fill.missing);
      const wanted = newcomersOrder('trending', k, mask);
      const rows = union([wanted, ...othersFor(visitor, mask, k)]);
      if (!fill.offer(scoreRows(rows, visitor.embedding, visitor), k)) return fill.list;
    }
  }

  /** Unseen first; once they have run out what is seen already, before a shorter list. */
  async function recommendBy(
    visitor: Visitor,
    rules: ListRules,
    query: Float64Array | null,
  ): Promise<RankedItem[]> {
    const shape = await listShape(model, rules);
    const make = (of: Visitor, by: ListRules) =>
      query ? personal(of, by, query, shape) : unknown(of, by, shape);
    const list = [...(await make(visitor, rules))];
    if (list.length >= rules.count) return list;
    const excluded = [...rules.exclude, ...list.map(({ row }) => row)];
    const rest = { ...rules, count: rules.count - list.length, exclude: excluded };
    return list.concat(await make({ ...visitor, seen: new Set<number>() }, rest));
  }

  function popular(
    of: PopularityWindow | 'newcomers',
    visitor: Visitor,
    rules: ListRules,
    alsoMasked: Iterable<number>,
    shape: ListShape,
  ): readonly RankedItem[] {
    const mask = createMask(factors.rows, rules, visitor.hidden);
    maskRows(mask, alsoMasked);
    const window = of === 'newcomers' ? 'trending' : of;
    const order = of === 'newcomers' ? newcomersOrder : popularityOrder;
    const { trending } = of === 'newcomers' ? newcomers : statistics;
    const counts = window === 'trending' ? trending : statistics.popularity;
    const fill = fillOf(rules, mask, window === 'trending' ? 'trending' : 'popular', shape);
    for (;;) {
      const wanted = wantedFor(rules, fill.missing, shape);
      const rows = order(window, wanted, mask);
      const scores = Float64Array.from(rows, (row) => counts[row]);
      if (!fill.offer({ rows, scores }, wanted)) return fill.list;
    }
  }

  /** Without rules that reorder, no more than there are places for. */
  function wantedFor(rules: ListRules, missing: number, shape: ListShape): number {
    return rules.diversity === 0 && !shape.cap ? missing : candidatesFor(missing);
  }

  return {
    model,

    async learn(records, nowMs) {
      const all = [...records];
      const preferences = weightPreferences(all, rowOf, objective, halfLifeDays, nowMs);
      const embedding = await learner.learn(problem, preferences);
      const signals = signalsOf(all, nowMs);
      return { preferences, embedding, signals, ...reactedRows(all, rowOf), nowMs };
    },

    async recommend(visitor, rules) {
      const hasTaste = visitor.preferences.some((preference) => preference.positives > 0);
      if (!hasTaste) return recommendBy(visitor, rules, null);
      if (rules.explore === 0) return recommendBy(visitor, rules, visitor.embedding);
      const { explore } = await seldom();
      const drawn = explore(problem, visitor, rules.explore, random, clock);
      const list = await recommendBy(visitor, rules, drawn.query);
      if (rules.propensities === false) return list;
      const tally = drawn.tally(list);
      for (const query of tally.draws()) tally.add(await recommendBy(visitor, rules, query));
      return tally.marked();
    },

    async similar(row, visitor, rules) {
      const vector = readRow(factors, row, new Float64Array(factors.dim));
      const mask = createMask(factors.rows, rules, visitor.hidden);
      maskRows(mask, [row]);
      const shape = await listShape(model, rules);
      const fill = fillOf(rules, mask, 'similar', shape);
      for (;;) {
        const k = wantedFor(rules, fill.missing, shape);
        const found = await retrieval.topK({ vector, k, mask, measure: 'cosine' });
        const near = similarRows(model.neighbours, row, found, k, mask);
        if (!fill.offer(near, k)) return [...fill.list];
      }
    },

    async rank(rows, visitor, rules) {
      const excluded = new Set(rules.exclude);
      const kept = new Set(
        rows.filter((row) => !excluded.has(row) && (rules.filter?.(row) ?? true)),
      );
      const given = Int32Array.from(kept);
      const rankBy = async (query: Float64Array): Promise<RankedItem[]> => {
        const shape = await listShape(model, rules);
        return pick(scoreRows(given, query, visitor), rules.count, 'list', shape);
      };
      if (rules.explore === 0) return rankBy(visitor.embedding);
      const { explore } = await seldom();
      const drawn = explore(problem, visitor, rules.explore, random, clock);
      const tally = drawn.tally(await rankBy(drawn.query));
      for (const query of tally.draws()) tally.add(await rankBy(query));
      return tally.marked();
    },

    popular: async (window, visitor, rules) => [
      ...popular(window, visitor, rules, [], await listShape(model, rules)),
    ],

    async explain(row, visitor) {
      const { explainRanked } = await seldom();
      return explainRanked(problem, ranker, row, { model, ...visitor }, visitor.embedding);
    },

    dispose() {
      learner.dispose();
      retrieval.dispose();
    },
  };
}

const seldom = () => loaded(import('./seldom.ts'));
