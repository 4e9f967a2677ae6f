/**
 * @module
 * What other constants would be worth without the learned blend: each change of the defaults on the
 * same groups of the validation period, by the engine of similarity and trend (`--blend plain`).
 *
 * `weight` is what a purchase weighs of a visitor's own (2 by default; what several of one item come
 * to is bounded by 2 whatever it is), `onlyNewest=1` leaves the older ones of an item out.
 *
 *   npx tsx scripts/measure/constants.ts [--folds 0,1] --change halfLifeDays=60 \
 *     --change trainingHalfLifeDays=none,trend=0.25 --change weight=1,onlyNewest=1 … FILES
 */
import { parseArgs } from 'node:util';
import { DEFAULT_ACTION_WEIGHTS } from '../../src/events.ts';
import { createInlineTrainer } from '../../cli/inlineTrainer.ts';
import { engineMaker } from '../../cli/evaluation/ownEngines.ts';
import { trainFoldModel } from '../../src/model/evaluation/foldModel.ts';
import { measureFold, type FoldResult } from '../../src/model/evaluation/measure.ts';
import { REPLAY_METRICS } from '../../src/model/evaluation/metrics.ts';
import { periodOf, replayFold } from '../../src/model/evaluation/replay.ts';
import { compare, summarise } from '../../src/model/evaluation/summary.ts';
import type { Fold, SeenEvent } from '../../src/model/evaluation/types.ts';
import { assignFolds } from '../../src/model/evaluation/userFolds.ts';
import type { Model } from '../../src/model/model.ts';
import { createBlendRanker, DEFAULT_TREND_EXPONENT } from '../../src/model/rankers/blend.ts';
import { MODEL_OPTIONS, SEED } from './options.ts';
import { readShop } from './readShop.ts';
import { shownDifference } from './shown.ts';

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    folds: { type: 'string', default: '0,1' },
    change: { type: 'string', multiple: true, default: [] },
  },
});

const { alpha0, lambda, nu } = MODEL_OPTIONS.objective;
const DEFAULTS: Readonly<Record<string, number | null>> = {
  dim: MODEL_OPTIONS.dim,
  epochs: MODEL_OPTIONS.epochs,
  ...{ alpha0, lambda, nu },
  trainingHalfLifeDays: MODEL_OPTIONS.trainingHalfLifeDays,
  halfLifeDays: MODEL_OPTIONS.halfLifeDays,
  trend: DEFAULT_TREND_EXPONENT,
  weight: DEFAULT_ACTION_WEIGHTS.purchase,
  onlyNewest: 0,
};

/** @param onlyNewest - of the events of one item. */
function weighed(split: Fold, weight: number, onlyNewest: boolean): Fold {
  const weigh = (history: readonly SeenEvent[]): SeenEvent[] => {
    const newest = new Map(history.map((event) => [event.item, event]));
    return history
      .filter((event) => !onlyNewest || newest.get(event.item) === event)
      .map((event) => ({ ...event, weight }));
  };
  return { ...split, cases: split.cases.map((one) => ({ ...one, history: weigh(one.history) })) };
}

/** @param change - `name=value`, several with commas; `none` is null. */
function changed(change: string): Record<string, number | null> {
  const constants = { ...DEFAULTS };
  for (const part of change === '' ? [] : change.split(',')) {
    const [name, value] = part.split('=');
    if (!(name in DEFAULTS)) {
      throw new Error(`--change must name one of ${Object.keys(DEFAULTS).join(', ')}: ${name}`);
    }
    constants[name] = value === 'none' ? null : Number(value);
  }
  return constants;
}

const { interactions, catalogueOf } = await readShop(positionals);
const period = periodOf(interactions, 0.8, 'validation');
const foldOf = assignFolds(interactions.userIds, 5, SEED);
const results = new Map<string, FoldResult[]>();
for (const fold of given.folds.split(',').map(Number)) {
  const split = replayFold(interactions, foldOf, fold, period);
  const models = new Map<string, Promise<Model>>();
  for (const change of ['', ...given.change]) {
    const { halfLifeDays, trend, weight, onlyNewest, ...trained } = changed(change);
    const train = (): Promise<Model> =>
      trainFoldModel(
        split.training,
        {
          ...MODEL_OPTIONS,
          dim: Number(trained['dim']),
          epochs: Number(trained['epochs']),
          objective: {
            convention: 'ials',
            alpha0: Number(trained['alpha0']),
            lambda: Number(trained['lambda']),
            nu: Number(trained['nu']),
          },
          trainingHalfLifeDays: trained['trainingHalfLifeDays'],
          blend: 'plain',
        },
        createInlineTrainer(),
        catalogueOf,
      );
    // What a visitor's events weigh and how the ranker leans asks for no other model.
    const key = JSON.stringify(trained);
    const model = models.get(key) ?? train();
    models.set(key, model);
    const name = change === '' ? 'the defaults' : change;
    const maker = await engineMaker(await model, split, SEED);
    const engine = maker.make(name, halfLifeDays, createBlendRanker(Number(trend)));
    const result = await measureFold(
      engine,
      weighed(split, Number(weight), onlyNewest === 1),
      REPLAY_METRICS,
    );
    results.set(name, [...(results.get(name) ?? []), result]);
    process.stderr.write(`fold ${fold}: ${name}\n`);
  }
}
const base = results.get('the defaults')!;
for (const [name, ofName] of results) {
  const { metrics, cases, coverage } = summarise(ofName, REPLAY_METRICS, SEED);
  process.stdout.write(
    `${name.padEnd(36)} ${cases} groups  Recall@20 ${metrics[0].mean.toFixed(4)}  minus the ` +
      `defaults ${shownDifference(compare(ofName, base, 0, SEED))}  coverage ${coverage.toFixed(3)}\n`,
  );
}
