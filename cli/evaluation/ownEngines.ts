/**
 * @module
 * The engines of one fold that Sotto brings itself: those that know no taste, its parts, and what
 * visitors get.
 */
import { currentTable } from '../../src/model/evaluation/currentTable.ts';
import {
  freshTrendingEngine,
  popularityEngine,
  trendingEngine,
} from '../../src/model/evaluation/peers.ts';
import { sottoEngine, type ListSettings } from '../../src/model/evaluation/sottoEngine.ts';
import type { EvaluatedEngine, Fold } from '../../src/model/evaluation/types.ts';
import { createEngine } from '../../src/model/engine.ts';
import type { Interactions } from '../../src/model/interactions.ts';
import { createAlsLearner } from '../../src/model/learners/als.ts';
import type { Model } from '../../src/model/model.ts';
import { createBlendRanker } from '../../src/model/rankers/blend.ts';
import { createRanker } from '../../src/model/rankers/createRanker.ts';
import type { Ranker } from '../../src/model/rankers/types.ts';
import { createRetrieval } from '../../src/model/retrieval/createRetrieval.ts';
import type { ImmediateRetrievalEngine } from '../../src/model/retrieval/types.ts';
import { seededRandom } from '../../src/model/training/seededRandom.ts';
import { loadRankingKernels } from '../rankingKernels.ts';
import { DEFAULT_ENGINE, type EvaluationOptions } from './options.ts';

/** Makes engines on one fold's model; the retrieval's memory is shared by all of them. */
export interface EngineMaker {
  make(name: string, halfLifeDays: number | null, ranker: Ranker): EvaluatedEngine;
  /** What visitors get. @param settings - how its lists are made; by score alone when absent. */
  makeDefault(options: EvaluationOptions, settings?: ListSettings): EvaluatedEngine;
}

export async function engineMaker(
  model: Model,
  { training }: Fold,
  seed: number,
): Promise<EngineMaker> {
  const { model: placed, retrieval } = await placeFactors(model);
  const make = (
    name: string,
    halfLifeDays: number | null,
    ranker: Ranker,
    settings?: ListSettings,
  ): EvaluatedEngine =>
    sottoEngine(
      name,
      createEngine(placed, {
        learner: createAlsLearner(),
        retrieval,
        ranker,
        halfLifeDays,
        random: seededRandom(seed), // only exploring draws
      }),
      training.itemIds,
      halfLifeDays,
      settings,
    );
  return {
    make,
    // The model's own half-life: training may have chosen another than was asked for.
    makeDefault: ({ trendExponent }, settings) =>
      make(
        DEFAULT_ENGINE,
        placed.manifest.halfLifeDays,
        createRanker(placed, trendExponent),
        settings,
      ),
  };
}

/** Engines that know no taste, popularity first. */
export function plainEngines(
  all: Interactions,
  folds: Int32Array,
  fold: number,
  { training, cutMs }: Fold,
  { own, model: { trendingDays } }: EvaluationOptions,
): EvaluatedEngine[] {
  const engines = [popularityEngine(training)];
  if (!own || own.includes('trending')) engines.push(trendingEngine(training, trendingDays));
  if ((!own || own.includes('fresh')) && Number.isFinite(cutMs)) {
    const current = currentTable(all, folds, fold, training);
    engines.push(freshTrendingEngine(current, trendingDays));
  }
  return engines;
}

/** Engines that learn; the default one last. */
export function learningEngines(maker: EngineMaker, options: EvaluationOptions): EvaluatedEngine[] {
  const { own } = options;
  const { halfLifeDays } = options.model;
  const similarity = createBlendRanker(0);
  const engines: EvaluatedEngine[] = [];
  if (!own || own.includes('fold-in'))
    engines.push(maker.make('fold-in, no decay', null, similarity));
  if ((!own || own.includes('decayed')) && halfLifeDays !== null) {
    engines.push(maker.make(`fold-in, ${halfLifeDays} d`, halfLifeDays, similarity));
  }
  if (!own || own.includes('default')) engines.push(maker.makeDefault(options));
  return engines;
}

/** Whether any engine that is asked for needs a model to be trained. */
export function needsModel({ own, tradeOff }: EvaluationOptions): boolean {
  const learn = ['fold-in', 'decayed', 'default'] as const;
  return tradeOff === true || !own || learn.some((name) => own.includes(name));
}

/** The factors moved to where the kernel that visitors run can scan them. */
async function placeFactors(
  model: Model,
): Promise<{ model: Model; retrieval: ImmediateRetrievalEngine }> {
  const { factors } = model;
  const { rows, dim, stride, blockRows } = factors;
  const shape = { rows, dim, stride, blockRows, kind: 'int8' } as const;
  const memory = await createRetrieval(loadRankingKernels()?.int8 ?? null, shape);
  memory.target.set(factors.values);
  const placed = { ...model, factors: { ...factors, values: memory.target } };
  return { model: placed, retrieval: await memory.open(placed) };
}
