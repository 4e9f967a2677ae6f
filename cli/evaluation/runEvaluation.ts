/**
 * @module
 * The whole of an evaluation: fold by fold, a model is trained and every engine asked every case.
 */
import { createEngine } from '../../src/model/engine.ts';
import { createAlsLearner } from '../../src/model/learners/als.ts';
import type { Model } from '../../src/model/model.ts';
import { createBlendRanker } from '../../src/model/rankers/blend.ts';
import { createRanker } from '../../src/model/rankers/createRanker.ts';
import type { Ranker } from '../../src/model/rankers/types.ts';
import { createReferenceRetrieval } from '../../src/model/retrieval/reference.ts';
import type { Interactions } from '../../src/model/interactions.ts';
import { currentTable } from '../../src/model/evaluation/currentTable.ts';
import { trainFoldModel, type FoldModelOptions } from '../../src/model/evaluation/foldModel.ts';
import { measureFold, type FoldResult } from '../../src/model/evaluation/measure.ts';
import { REPLAY_METRICS, STRONG_METRICS } from '../../src/model/evaluation/metrics.ts';
import { newestOnly } from '../../src/model/evaluation/newestOnly.ts';
import {
  freshTrendingEngine,
  popularityEngine,
  trendingEngine,
} from '../../src/model/evaluation/peers.ts';
import { periodOf, replayFold, type Period } from '../../src/model/evaluation/replay.ts';
import { sottoEngine } from '../../src/model/evaluation/sottoEngine.ts';
import { strongFold } from '../../src/model/evaluation/strong.ts';
import { compare, EVENT_STEPS, summarise } from '../../src/model/evaluation/summary.ts';
import type { EvaluatedEngine, Fold } from '../../src/model/evaluation/types.ts';
import { assignFolds } from '../../src/model/evaluation/userFolds.ts';
import { SottoError } from '../../src/errors.ts';
import type { EvaluationReport } from './report.ts';

export interface EvaluationOptions {
  protocol: 'replay' | 'strong';
  period: 'test' | 'validation';
  folds: number;
  until: number;
  seed: number;
  model: FoldModelOptions;
  trendExponent: number;
}

/** `done` of `total` folds, with fractions; `stage` says what is being done. */
export type OnProgress = (done: number, total: number, stage: string) => void;

/** @param onShare - told how much of the training is done, [0, 1]. */
export type TrainFold = (
  training: Interactions,
  options: FoldModelOptions,
  onShare: (share: number) => void,
) => Promise<Model>;

/** About how much of a fold's time goes to training. */
const TRAINING_SHARE = 0.5;

const PROGRESS_CASES = 64;

const DEFAULT = 'default';

export async function runEvaluation(
  interactions: Interactions,
  options: EvaluationOptions,
  train: TrainFold = (training, model) => trainFoldModel(training, model),
  onProgress: OnProgress = () => {},
): Promise<Omit<EvaluationReport, 'data' | 'seconds'>> {
  const { protocol, folds, seed, model } = options;
  const metrics = protocol === 'replay' ? REPLAY_METRICS : STRONG_METRICS;
  const foldOf = assignFolds(interactions.userIds, folds, seed);
  const period =
    protocol === 'replay' ? periodOf(interactions, options.until, options.period) : null;
  const results = new Map<string, FoldResult[]>();
  const reaction = new Map<number, FoldResult[]>();

  for (let fold = 0; fold < folds; fold++) {
    const where = `fold ${fold + 1}/${folds}`;
    const split = splitOf(interactions, foldOf, fold, period, seed);
    const trained = await train(split.training, model, (share) =>
      onProgress(fold + share * TRAINING_SHARE, folds, `${where}: training`),
    );
    const current = period && currentTable(interactions, foldOf, fold, split.training);
    const engines = enginesOf(split, trained, options, current);
    const told = EVENT_STEPS.map((events) => newestOnly(engines[engines.length - 1], events));
    const asked = [...engines, ...told];
    for (const [index, engine] of asked.entries()) {
      const result = await measureFold(engine, split, metrics, (done) => {
        const share = (index + done / split.cases.length) / asked.length;
        const place = fold + TRAINING_SHARE + (1 - TRAINING_SHARE) * share;
        if (done % PROGRESS_CASES === 0) onProgress(place, folds, `${where}: ${engine.name}`);
      });
      if (index < engines.length) collect(results, engine.name, result);
      else collect(reaction, EVENT_STEPS[index - engines.length], result);
    }
  }
  onProgress(folds, folds, 'intervals');

  const summaries = [...results.values()].map((ofEngine) => summarise(ofEngine, metrics, seed));
  if (summaries[0].cases === 0) {
    throw new SottoError(
      'no-rows',
      `the ${protocol} protocol must find at least 1 case but found 0`,
    );
  }
  const popular = summaries[0].metrics[0].mean;
  const ofDefault = results.get(DEFAULT) as FoldResult[];
  return {
    protocol,
    period: period && {
      kind: options.period,
      from: new Date(period.fromMs).toISOString(),
      to: Number.isFinite(period.toMs) ? new Date(period.toMs).toISOString() : null,
    },
    folds,
    seed,
    model: { ...model, trendExponent: options.trendExponent },
    cases: summaries[0].cases,
    users: summaries[0].users,
    engines: summaries.map((summary) => ({
      ...summary,
      ratioToPopularity: summary.metrics[0].mean / popular,
    })),
    differences: [...results]
      .filter(([engine]) => engine !== DEFAULT)
      .map(([than, ofOther]) => ({
        metric: metrics[0].name,
        engine: DEFAULT,
        than,
        ...compare(ofDefault, ofOther, 0, seed),
      })),
    reaction: [...reaction].map(([events, ofStep]) => ({
      events,
      mean: summarise(ofStep, metrics, seed).metrics[0].mean,
    })),
  };
}

function splitOf(
  interactions: Interactions,
  foldOf: Int32Array,
  fold: number,
  period: Period | null,
  seed: number,
): Fold {
  return period
    ? replayFold(interactions, foldOf, fold, period)
    : strongFold(interactions, foldOf, fold, seed);
}

/** Popularity first, the default engine last. */
function enginesOf(
  { training }: Fold,
  model: Model,
  options: EvaluationOptions,
  current: Interactions | null,
): EvaluatedEngine[] {
  const { halfLifeDays, trendingDays } = options.model;
  const sotto = (name: string, days: number | null, ranker: Ranker) =>
    sottoEngine(
      name,
      createEngine(model, {
        learner: createAlsLearner(),
        retrieval: createReferenceRetrieval(model.factors),
        ranker,
        halfLifeDays: days,
        random: () => 0.5, // only exploring draws, and nothing here explores
      }),
      training.itemIds,
      days,
    );
  const engines = [popularityEngine(training), trendingEngine(training, trendingDays)];
  if (current) engines.push(freshTrendingEngine(current, trendingDays));
  engines.push(sotto('fold-in, no decay', null, createBlendRanker(0)));
  if (halfLifeDays !== null) {
    engines.push(sotto(`fold-in, ${halfLifeDays} d`, halfLifeDays, createBlendRanker(0)));
  }
  engines.push(
    sotto(DEFAULT, model.manifest.halfLifeDays, createRanker(model, options.trendExponent)),
  );
  return engines;
}

function collect<K>(results: Map<K, FoldResult[]>, key: K, result: FoldResult): void {
  const before = results.get(key);
  if (before) before.push(result);
  else results.set(key, [result]);
}
