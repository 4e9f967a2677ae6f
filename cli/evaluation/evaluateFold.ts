/**
 * @module
 * One fold of an evaluation: a model is trained, every engine asked every case, and told less and
 * less of it.
 */
import { askFold } from '../../src/model/evaluation/askFold.ts';
import { currentTable } from '../../src/model/evaluation/currentTable.ts';
import {
  listLengthOf,
  measureLists,
  valuesOf,
  type FoldResult,
} from '../../src/model/evaluation/measure.ts';
import { REPLAY_METRICS, STRONG_METRICS, type Metric } from '../../src/model/evaluation/metrics.ts';
import { newestOnly, TOLD_STEPS } from '../../src/model/evaluation/newestOnly.ts';
import { replayFold, periodOf } from '../../src/model/evaluation/replay.ts';
import { strongFold } from '../../src/model/evaluation/strong.ts';
import type { Fold } from '../../src/model/evaluation/types.ts';
import { assignFolds } from '../../src/model/evaluation/userFolds.ts';
import { yardstickOf } from '../../src/model/evaluation/yardstick.ts';
import { trainFoldModel } from '../../src/model/evaluation/foldModel.ts';
import type { Interactions } from '../../src/model/interactions.ts';
import { createInlineTrainer } from '../inlineTrainer.ts';
import { createThreadedTrainer, type FactorProgress } from '../threadedTrainer.ts';
import type { FoldAnswers } from './answers.ts';
import { catalogueFor, type EvaluatedTable } from '../itemMetadata.ts';
import type { EvaluationOptions } from './options.ts';
import { engineMaker, learningEngines, needsModel, plainEngines } from './ownEngines.ts';
import { settingsOf, tradeOffPoints, type TradeOffPoint } from './tradeOff.ts';

export interface FoldOutcome {
  /** By engine: popularity first, then other programs', the default engine last. */
  results: FoldResult[];
  /** First metric by step of TOLD_STEPS, then by case; null: the engine did not answer that. */
  reaction: { engine: string; values: (Float64Array | null)[] }[];
  /** Empty when it was not asked for. */
  tradeOff: (TradeOffPoint & { result: FoldResult })[];
}

/** About how much of a fold's time goes to training. */
const TRAINING_SHARE = 0.3;

const PROGRESS_CASES = 64;

export function metricsOf({ protocol }: EvaluationOptions): readonly Metric[] {
  return protocol === 'strong' ? STRONG_METRICS : REPLAY_METRICS;
}

/** The question paper of one fold. The same for every engine, and for equal options always. */
export function splitOf(
  interactions: Interactions,
  options: EvaluationOptions,
  fold: number,
): Fold & { folds: Int32Array } {
  const { protocol, seed } = options;
  const folds = assignFolds(interactions.userIds, options.folds, seed);
  if (protocol === 'strong') return { ...strongFold(interactions, folds, fold, seed), folds };
  const period = periodOf(interactions, options.until, options.period);
  const opening = protocol === 'visit' ? 1 : 0;
  return { ...replayFold(interactions, folds, fold, period, opening), folds };
}

/**
 * @param answers - what other programs list, over the cases of this fold.
 * @param threads - to train with; they never change the result.
 * @param onShare - told how much of the fold is done, [0, 1], and what is being done.
 */
export async function evaluateFold(
  table: EvaluatedTable,
  options: EvaluationOptions,
  fold: number,
  answers: readonly FoldAnswers[],
  threads: number,
  onShare: (share: number, stage: string) => void,
): Promise<FoldOutcome> {
  const { interactions } = table;
  const split = splitOf(interactions, options, fold);
  const metrics = metricsOf(options);
  const yardstick = yardstickOf(split);
  const count = listLengthOf(metrics);
  const maker = needsModel(options)
    ? await engineMaker(
        await train(table, split, options, threads, (share) =>
          onShare(share * TRAINING_SHARE, 'training'),
        ),
        split,
        options.seed + fold,
      )
    : null;
  const current = () => currentTable(interactions, split.folds, fold, split.training);
  const plain = plainEngines(split, options, current);
  const learning = maker ? learningEngines(maker, options, current) : [];
  const points = options.tradeOff && maker ? tradeOffPoints(table.metadata) : [];

  const rounds = (plain.length + learning.length) * (1 + TOLD_STEPS.length) + points.length;
  let round = 0;
  const ask = async (engine: Parameters<typeof askFold>[0]): Promise<Int32Array[]> => {
    const lists = await askFold(engine, split, count, (done) => {
      if (done % PROGRESS_CASES !== 0) return;
      const share = (round + done / split.cases.length) / rounds;
      onShare(TRAINING_SHARE + (1 - TRAINING_SHARE) * share, engine.name);
    });
    round++;
    return lists;
  };

  const outcome: FoldOutcome = { results: [], reaction: [], tradeOff: [] };
  const measureOwn = async (engines: typeof plain): Promise<void> => {
    for (const engine of engines) {
      const { name } = engine;
      outcome.results.push(measureLists(name, await ask(engine), split, metrics, yardstick));
      const values: Float64Array[] = [];
      for (const events of TOLD_STEPS) {
        values.push(valuesOf(await ask(newestOnly(engine, events)), split, metrics[0]));
      }
      outcome.reaction.push({ engine: name, values });
    }
  };
  await measureOwn(plain);
  for (const { engine, lists, told } of answers) {
    outcome.results.push(measureLists(engine, lists, split, metrics, yardstick));
    const values = TOLD_STEPS.map((events) => {
      const answered = told.get(events);
      return answered ? valuesOf(answered, split, metrics[0]) : null;
    });
    outcome.reaction.push({ engine, values });
  }
  await measureOwn(learning);
  for (const point of points) {
    const engine = maker!.makeDefault(options, settingsOf(point));
    const result = measureLists(engine.name, await ask(engine), split, metrics, yardstick);
    outcome.tradeOff.push({ ...point, result });
  }
  return outcome;
}

/** Of a training's progress, the part that the blend is learned in. */
const VALIDATION_SHARE = 0.4;

function train(
  table: EvaluatedTable,
  { training }: Fold,
  { model }: EvaluationOptions,
  threads: number,
  onShare: (share: number) => void,
) {
  const tell = ({ stage, rows, totalRows }: FactorProgress): void => {
    const share = rows / totalRows;
    if (model.blend === 'plain') onShare(share);
    else if (stage === 'validation') onShare(share * VALIDATION_SHARE);
    else onShare(VALIDATION_SHARE + share * (1 - VALIDATION_SHARE));
  };
  const trainer = threads === 1 ? createInlineTrainer() : createThreadedTrainer(threads, tell);
  return trainFoldModel(training, model, trainer, catalogueFor(table));
}
