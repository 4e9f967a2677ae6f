/**
 * @module
 * The engines of one fold that Sotto brings itself: those that know no taste, its parts, and what
 * visitors get.
 */
import {
  freshTrendingEngine,
  popularityEngine,
  trendingEngine,
} from '../../src/model/evaluation/peers.ts';
import { SottoError } from '../../src/errors.ts';
import { refreshedEngine } from '../../src/model/evaluation/refreshedEngine.ts';
import { sottoEngine, type ListSettings } from '../../src/model/evaluation/sottoEngine.ts';
import type { EvaluatedEngine, Fold } from '../../src/model/evaluation/types.ts';
import { createEngine } from '../../src/model/engine.ts';
import { hasTimes, type Interactions } from '../../src/model/interactions.ts';
import { createAlsLearner } from '../../src/model/learners/als.ts';
import type { Model } from '../../src/model/model.ts';
import { createBlendRanker } from '../../src/model/rankers/blend.ts';
import { createRanker } from '../../src/model/rankers/createRanker.ts';
import type { Ranker } from '../../src/model/rankers/types.ts';
import { createRetrieval } from '../../src/model/retrieval/createRetrieval.ts';
import type { ImmediateRetrievalEngine } from '../../src/model/retrieval/types.ts';
import { seededRandom } from '../../src/model/training/seededRandom.ts';
import { loadRankingKernels } from '../rankingKernels.ts';
import { DEFAULT_ENGINE, REFRESHED_ENGINE, type EvaluationOptions } from './options.ts';

/** Makes engines on one fold's model; the retrieval's memory is shared by all of them. */
export interface EngineMaker {
  make(name: string, halfLifeDays: number | null, ranker: Ranker): EvaluatedEngine;
  /** What visitors get. @param settings - how its lists are made; by score alone when absent. */
  makeDefault(options: EvaluationOptions, settings?: ListSettings): EvaluatedEngine;
  /** The same, of a site whose statistics are counted anew every night. @param current - timed. */
  makeRefreshed(options: EvaluationOptions, current: Interactions): EvaluatedEngine;
}

export async function engineMaker(
  model: Model,
  { training }: Fold,
  seed: number,
): Promise<EngineMaker> {
  const { model: placed, retrieval } = await placeFactors(model);
  const makeOn = (
    on: Model,
    name: string,
    halfLifeDays: number | null,
    ranker: Ranker,
    settings?: ListSettings,
  ): EvaluatedEngine =>
    sottoEngine(
      name,
      createEngine(on, {
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
  const makeWhole = (
    on: Model,
    name: string,
    { trendExponent }: EvaluationOptions,
    settings?: ListSettings,
  ): EvaluatedEngine =>
    // The model's own half-life: training may have chosen another than was asked for.
    makeOn(on, name, on.manifest.halfLifeDays, createRanker(on, trendExponent), settings);
  return {
    make: (...given) => makeOn(placed, ...given),
    makeDefault: (options, settings) => makeWhole(placed, DEFAULT_ENGINE, options, settings),
    makeRefreshed(options, current) {
      // The protocols with days read no table without times.
      if (!hasTimes(current)) throw new SottoError('internal', 'refreshing needs times');
      return refreshedEngine(REFRESHED_ENGINE, placed, current, (on) =>
        makeWhole(on, REFRESHED_ENGINE, options),
      );
    },
  };
}

/**
 * Engines that know no taste, popularity first.
 * @param current - what others than the held-out do, over all time, in the training table's items.
 */
export function plainEngines(
  { training, cutMs }: Fold,
  { own, model: { trendingDays } }: EvaluationOptions,
  current: () => Interactions,
): EvaluatedEngine[] {
  const engines = [popularityEngine(training)];
  if (!own || own.includes('trending')) engines.push(trendingEngine(training, trendingDays));
  if ((!own || own.includes('fresh')) && Number.isFinite(cutMs)) {
    engines.push(freshTrendingEngine(current(), trendingDays));
  }
  return engines;
}

/** Engines that learn; the default one last. @param current - as in `plainEngines`. */
export function learningEngines(
  maker: EngineMaker,
  options: EvaluationOptions,
  current: () => Interactions,
): EvaluatedEngine[] {
  const { own, protocol } = options;
  const { halfLifeDays } = options.model;
  const similarity = createBlendRanker(0);
  const engines: EvaluatedEngine[] = [];
  if (!own || own.includes('fold-in'))
    engines.push(maker.make('fold-in, no decay', null, similarity));
  if ((!own || own.includes('decayed')) && halfLifeDays !== null) {
    engines.push(maker.make(`fold-in, ${halfLifeDays} d`, halfLifeDays, similarity));
  }
  if ((!own || own.includes('refreshed')) && protocol !== 'strong') {
    engines.push(maker.makeRefreshed(options, current()));
  }
  if (!own || own.includes('default')) engines.push(maker.makeDefault(options));
  return engines;
}

/** Whether any engine that is asked for needs a model to be trained. */
export function needsModel({ own, tradeOff }: EvaluationOptions): boolean {
  const learn = ['fold-in', 'decayed', 'refreshed', 'default'] as const;
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
