/**
 * @module
 * Engine: preferences → learner → retrieval → ranker → rules. What the worker serves and what the
 * command line evaluates, to the line.
 */
import { loaded } from '../errors.ts';
import type { Engine, EngineParts, ListRules, RankedItem, Visitor } from './engineTypes.ts';
import { itemsTrained } from './artifact/manifest.ts';
import type { LearnerProblem } from './learners/types.ts';
import { listShape } from './listShape.ts';
import type { Model } from './model.ts';
import { createPopularLists } from './popularLists.ts';
import { weightPreferences } from './preferences.ts';
import { reactedRows } from './reactedRows.ts';
import { createRecommend } from './recommendation.ts';
import { createScorer } from './scoreRows.ts';
import { createSignalsOf } from './signals/signalsOf.ts';

export type * from './engineTypes.ts';

export function createEngine(model: Model, parts: EngineParts): Engine {
  const { learner, retrieval, ranker, halfLifeDays, random, clock = () => 0, pause } = parts;
  const { factors, manifest, statistics, rowOf, gram, prior, newcomers = statistics } = model;
  const { objective } = manifest;
  const wholeItems = itemsTrained(manifest);
  const problem: LearnerProblem = { factors, gram, prior, objective, wholeItems };
  const signalsOf = createSignalsOf(model, halfLifeDays, pause);
  const scoreRows = createScorer(model, ranker);
  const popular = createPopularLists(model, statistics, pause);
  const recommendBy = createRecommend(
    model,
    parts,
    scoreRows,
    newcomers === statistics ? popular : createPopularLists(model, newcomers, pause),
  );

  /** By the embedding, or where the rules say so by a draw of it. */
  async function exploring(
    visitor: Visitor,
    { explore, propensities }: ListRules,
    listBy: (query: Float64Array) => Promise<RankedItem[]>,
  ): Promise<RankedItem[]> {
    if (explore === 0) return listBy(visitor.embedding);
    const { exploreLists } = await seldom();
    return exploreLists(problem, visitor, explore, random, clock, listBy, propensities);
  }

  return {
    model,

    async learn(records, nowMs) {
      const all = [...records];
      const preferences = weightPreferences(all, rowOf, objective, halfLifeDays, nowMs);
      const embedding = await learner.learn(problem, preferences);
      const signals = await signalsOf(all, nowMs);
      return { preferences, embedding, signals, ...reactedRows(all, rowOf), nowMs };
    },

    recommend(visitor, rules) {
      const hasTaste = visitor.preferences.some((preference) => preference.positives > 0);
      if (!hasTaste) return recommendBy(visitor, rules, null);
      return exploring(visitor, rules, (query) => recommendBy(visitor, rules, query));
    },

    async similar(row, visitor, rules) {
      return (await otherLists()).similar(model, retrieval, row, visitor, rules);
    },

    async rank(rows, visitor, rules) {
      const { rank } = await otherLists();
      return exploring(visitor, rules, (query) =>
        rank(model, scoreRows, rows, visitor, rules, query),
      );
    },

    async popular(window, visitor, rules) {
      const shape = await listShape(model, rules);
      return popular.make(window, { visitor, rules, shape, without: [] });
    },

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
const otherLists = () => loaded(import('./otherLists.ts'));
