/**
 * @module
 * What the ranking losses are worth in the replay: folds of real events, each visitor's embedding
 * by the closed form and refined under each loss, the rest of the engine unchanged: under the blend
 * that training learned, or with `--ranker plain` under similarity and trend alone.
 *
 *   npx tsx scripts/measure/refine.ts [--period test] [--folds 0,1] [--every 1] [--ranker plain] \
 *     --loss loss:τ:ρ:negatives … FILES
 */
import { parseArgs } from 'node:util';
import { createInlineTrainer } from '../../cli/inlineTrainer.ts';
import { createEngine } from '../../src/model/engine.ts';
import { trainFoldModel, type FoldModelOptions } from '../../src/model/evaluation/foldModel.ts';
import { measureFold, type FoldResult } from '../../src/model/evaluation/measure.ts';
import { REPLAY_METRICS } from '../../src/model/evaluation/metrics.ts';
import { periodOf, replayFold } from '../../src/model/evaluation/replay.ts';
import { sottoEngine } from '../../src/model/evaluation/sottoEngine.ts';
import { compare, summarise } from '../../src/model/evaluation/summary.ts';
import { assignFolds } from '../../src/model/evaluation/userFolds.ts';
import { createAlsLearner } from '../../src/model/learners/als.ts';
import { createNewtonRefiner } from '../../src/model/learners/refine/newton.ts';
import type { RankingLoss, Refiner } from '../../src/model/learners/refine/types.ts';
import type { Learner } from '../../src/model/learners/types.ts';
import type { Model } from '../../src/model/model.ts';
import { createBlendRanker } from '../../src/model/rankers/blend.ts';
import { createRanker } from '../../src/model/rankers/createRanker.ts';
import { createReferenceRetrieval } from '../../src/model/retrieval/reference.ts';
import { MODEL_OPTIONS, SEED } from './options.ts';
import { readShop } from './readShop.ts';
import { shownDifference } from './shown.ts';

const { halfLifeDays: HALF_LIFE_DAYS } = MODEL_OPTIONS;

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    period: { type: 'string', default: 'validation' },
    folds: { type: 'string', default: '0' },
    every: { type: 'string', default: '1' },
    ranker: { type: 'string', default: 'learned' },
    loss: { type: 'string', multiple: true, default: [] },
  },
});

function learnerOf(model: Model, refiner: Refiner): Learner {
  return {
    name: refiner.name,
    async learn(problem, preferences) {
      const refined = await refiner.refine(
        { ...problem, factors: model.factors, popularity: model.statistics.popularity },
        preferences,
      );
      if (refined === null) throw new Error('nothing here goes stale');
      return refined.embedding;
    },
    dispose() {},
  };
}

const { interactions, catalogueOf } = await readShop(positionals);
const plain = given.ranker === 'plain';
const period = periodOf(interactions, 0.8, given.period === 'test' ? 'test' : 'validation');
const foldOf = assignFolds(interactions.userIds, 5, SEED);
const results = new Map<string, FoldResult[]>();
const seconds = new Map<string, number>();
for (const fold of given.folds.split(',').map(Number)) {
  const whole = replayFold(interactions, foldOf, fold, period);
  const split = { ...whole, cases: whole.cases.filter((_, at) => at % Number(given.every) === 0) };
  const options: FoldModelOptions = { ...MODEL_OPTIONS, blend: plain ? 'plain' : 'learned' };
  const model = await trainFoldModel(split.training, options, createInlineTrainer(), catalogueOf);
  const learners: Learner[] = [createAlsLearner()];
  for (const text of given.loss) {
    const [loss, sharpness, pull, negatives] = text.split(':');
    const constants = {
      sharpness: Number(sharpness),
      pull: Number(pull),
      negatives: Number(negatives),
      seed: SEED,
    };
    const refiner = createNewtonRefiner(loss as RankingLoss, constants);
    learners.push({ ...learnerOf(model, refiner), name: text });
  }
  for (const learner of learners) {
    const engine = createEngine(model, {
      learner,
      retrieval: createReferenceRetrieval(model.factors),
      ranker: plain ? createBlendRanker() : createRanker(model),
      halfLifeDays: HALF_LIFE_DAYS,
      random: () => 0.5,
    });
    const started = performance.now();
    const evaluated = sottoEngine(learner.name, engine, split.training.itemIds, HALF_LIFE_DAYS);
    const result = await measureFold(evaluated, split, REPLAY_METRICS);
    results.set(learner.name, [...(results.get(learner.name) ?? []), result]);
    const took = (performance.now() - started) / 1000;
    seconds.set(learner.name, (seconds.get(learner.name) ?? 0) + took);
    const [recall, ndcg] = summarise(results.get(learner.name) ?? [], REPLAY_METRICS, SEED).metrics;
    process.stderr.write(
      `fold ${fold} ${learner.name} ${recall.mean.toFixed(4)} ${ndcg.mean.toFixed(4)} ${took.toFixed(0)} s\n`,
    );
  }
}
const base = results.get('als') ?? [];
for (const [name, ofName] of results) {
  const { metrics, cases } = summarise(ofName, REPLAY_METRICS, SEED);
  const difference = compare(ofName, base, 0, SEED);
  process.stdout.write(
    `${name.padEnd(28)} ${cases} groups  Recall@20 ${metrics[0].mean.toFixed(4)}  NDCG@20 ` +
      `${metrics[1].mean.toFixed(4)}  minus closed form ${shownDifference(difference)}  ` +
      `${(seconds.get(name) ?? 0).toFixed(0)} s\n`,
  );
}
