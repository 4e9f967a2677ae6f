/**
 * @module
 * What it is worth that training chooses how fast a visitor's events fade: the engine that visitors
 * get, with the half-lives that training chose and with the fixed ones, on the same groups.
 *
 *   npx tsx scripts/measure/halfLives.ts [--period test] [--folds 0,1] [--fixed 90:10 …] FILES
 */
import { parseArgs } from 'node:util';
import { createInlineTrainer } from '../../cli/inlineTrainer.ts';
import { engineMaker } from '../../cli/evaluation/ownEngines.ts';
import { encodeModel } from '../../src/model/artifact/encode.ts';
import { readBack } from '../../src/model/artifact/readBack.ts';
import { measureFold, type FoldResult } from '../../src/model/evaluation/measure.ts';
import { REPLAY_METRICS } from '../../src/model/evaluation/metrics.ts';
import { periodOf, replayFold } from '../../src/model/evaluation/replay.ts';
import { compare, summarise } from '../../src/model/evaluation/summary.ts';
import type { Fold } from '../../src/model/evaluation/types.ts';
import { assignFolds } from '../../src/model/evaluation/userFolds.ts';
import { createRanker } from '../../src/model/rankers/createRanker.ts';
import { DEFAULT_TREND_EXPONENT } from '../../src/model/rankers/blend.ts';
import { trainModel, type ModelOptions } from '../../src/model/training/trainModel.ts';
import { MODEL_OPTIONS, SEED } from './options.ts';
import { readShop } from './readShop.ts';
import { shownDifference } from './shown.ts';

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    period: { type: 'string', default: 'validation' },
    folds: { type: 'string', default: '0' },
    fixed: { type: 'string', multiple: true, default: ['90:10'] },
  },
});

const { interactions, catalogueOf } = await readShop(positionals);
const period = periodOf(interactions, 0.8, given.period === 'test' ? 'test' : 'validation');
const foldOf = assignFolds(interactions.userIds, 5, SEED);

async function measured(split: Fold, options: Partial<ModelOptions>) {
  const { parts, lesson } = await trainModel(
    split.training,
    catalogueOf,
    { ...MODEL_OPTIONS, ...options },
    createInlineTrainer(),
  );
  const encoded = await encodeModel({ ...parts, createdAt: new Date(0).toISOString() });
  const model = await readBack(encoded);
  const maker = await engineMaker(model, split, SEED);
  const ranker = createRanker(model, DEFAULT_TREND_EXPONENT);
  const engine = maker.make('default', model.manifest.halfLifeDays, ranker);
  const result = await measureFold(engine, split, REPLAY_METRICS);
  const days = described(parts.halfLifeDays, parts.blend?.recentHalfLifeDays);
  return { result, days, tried: lesson?.tried ?? [] };
}

function described(halfLifeDays: number | null, recentHalfLifeDays = NaN): string {
  return `${halfLifeDays} d, recent ${recentHalfLifeDays} d`;
}

const results = new Map<string, FoldResult[]>();
const add = (name: string, result: FoldResult): void => {
  results.set(name, [...(results.get(name) ?? []), result]);
};
for (const fold of given.folds.split(',').map(Number)) {
  const split = replayFold(interactions, foldOf, fold, period);
  const chooseHalfLives = ['halfLifeDays', 'recentHalfLifeDays'] as const;
  const chosen = await measured(split, { chooseHalfLives });
  add('chosen', chosen.result);
  const all = chosen.tried.map(
    (one) => `${one.halfLifeDays}:${one.recentHalfLifeDays} ${one.recall.toFixed(4)}`,
  );
  process.stdout.write(`fold ${fold}: chose ${chosen.days} of ${all.join(', ')}\n`);
  for (const text of given.fixed) {
    const [halfLifeDays, recentHalfLifeDays] = text.split(':').map(Number);
    // What was chosen is what was fixed: the same model, to the byte.
    const isChosen = chosen.days === described(halfLifeDays, recentHalfLifeDays);
    const { result } = isChosen
      ? chosen
      : await measured(split, { halfLifeDays, recentHalfLifeDays });
    add(`fixed, ${described(halfLifeDays, recentHalfLifeDays)}`, result);
  }
}
const [base] = results.values();
for (const [name, ofName] of results) {
  const { metrics, cases } = summarise(ofName, REPLAY_METRICS, SEED);
  process.stdout.write(
    `${name.padEnd(28)} ${cases} groups  Recall@20 ${metrics[0].mean.toFixed(4)}  minus the ` +
      `first ${shownDifference(compare(ofName, base, 0, SEED))}\n`,
  );
}
