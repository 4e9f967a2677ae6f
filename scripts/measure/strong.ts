/**
 * @module
 * The default engine beside implicit's ALS under the strong protocol, on some folds: a fraction of
 * the hours that `npm run peers -- --protocol strong` takes. implicit's constants are the best of a
 * small grid on the very groups that are measured, which is in its favour.
 *
 *   npx tsx scripts/measure/strong.ts [--folds 0] FILES
 */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readAnswers } from '../../cli/evaluation/answers.ts';
import { writeGroups } from '../../cli/evaluation/groups.ts';
import type { EvaluationOptions } from '../../cli/evaluation/options.ts';
import { engineMaker } from '../../cli/evaluation/ownEngines.ts';
import { createThreadedTrainer } from '../../cli/threadedTrainer.ts';
import { trainFoldModel } from '../../src/model/evaluation/foldModel.ts';
import { measureFold, measureLists, type FoldResult } from '../../src/model/evaluation/measure.ts';
import { STRONG_METRICS } from '../../src/model/evaluation/metrics.ts';
import { strongFold } from '../../src/model/evaluation/strong.ts';
import { compare, summarise } from '../../src/model/evaluation/summary.ts';
import { assignFolds } from '../../src/model/evaluation/userFolds.ts';
import { yardstickOf } from '../../src/model/evaluation/yardstick.ts';
import { askPeers } from '../peers/askPeers.ts';
import { grid } from '../peers/peers.ts';
import { readShop } from './readShop.ts';

const SEED = 1;
const FOLDS = 5;
const COUNT = 100;
const FOLDER = fileURLToPath(new URL('../../node_modules/.cache/sotto-peers', import.meta.url));

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: { folds: { type: 'string', default: '0' } },
});
const measured = given.folds.split(',').map(Number);
const { interactions, catalogueOf } = await readShop(positionals);
const options: EvaluationOptions = {
  protocol: 'strong',
  period: 'test',
  folds: FOLDS,
  until: 0.8,
  seed: SEED,
  trendExponent: 0.5,
  model: {
    dim: 64,
    epochs: 10,
    objective: { convention: 'ials', alpha0: 0.3, lambda: 0.003, nu: 1 },
    repeat: 'once',
    trainingHalfLifeDays: 180,
    seed: SEED,
    halfLifeDays: 90,
    trendingDays: 60,
    blendLists: 'random',
  },
};
const foldOf = assignFolds(interactions.userIds, FOLDS, SEED);
const folds = Array.from({ length: FOLDS }, (_, fold) => {
  const split = strongFold(interactions, foldOf, fold, SEED);
  return measured.includes(fold) ? split : { ...split, cases: [] };
});

await mkdir(FOLDER, { recursive: true });
const paper = join(FOLDER, `strong-folds-${measured.join('-')}.jsonl`);
await writeGroups(paper, interactions, folds, options, COUNT);
const constants = grid({ alpha: [1, 4], regularization: [1, 10, 50] });
const ask = await askPeers(paper, join(FOLDER, 'answers'));
const files = await ask(
  constants.map((some) => ({
    ...{ peer: 'implicit', factors: 64, iterations: 15, weighting: 'once' },
    ...some,
    folds: measured,
    told: [null],
  })),
);
const found = new Map<string, FoldResult[]>();
const yardsticks = new Map(measured.map((fold) => [fold, yardstickOf(folds[fold])]));
for (const [index, some] of constants.entries()) {
  const name = `implicit, alpha ${some['alpha']}, lambda ${some['regularization']}`;
  const answers = await readAnswers({ engine: name, file: files[index] }, folds, COUNT);
  const results = measured.map((fold) =>
    measureLists(name, answers[fold].lists, folds[fold], STRONG_METRICS, yardsticks.get(fold)!),
  );
  found.set(name, results);
}
const meanOf = (results: readonly FoldResult[]): number =>
  summarise(results, STRONG_METRICS, SEED).metrics[0].mean;
const best = [...found.values()].toSorted((left, right) => meanOf(right) - meanOf(left))[0];

const own: FoldResult[] = [];
for (const fold of measured) {
  const split = folds[fold];
  const trainer = createThreadedTrainer(2);
  const model = await trainFoldModel(split.training, options.model, trainer, catalogueOf);
  const { halfLifeDays, blend } = model.manifest;
  process.stderr.write(`fold ${fold}: half-life ${halfLifeDays} d, ${JSON.stringify(blend)}\n`);
  const engine = (await engineMaker(model, split, SEED)).makeDefault(options);
  own.push(await measureFold(engine, split, STRONG_METRICS));
}
found.set('default', own);

process.stdout.write(`${summarise(own, STRONG_METRICS, SEED).cases} users, folds ${given.folds}\n`);
for (const [name, results] of found) {
  const [recall20, recall50, ndcg] = summarise(results, STRONG_METRICS, SEED).metrics;
  process.stdout.write(
    `${name.padEnd(32)} Recall@20 ${recall20.mean.toFixed(4)} [${recall20.low.toFixed(4)}, ` +
      `${recall20.high.toFixed(4)}]  Recall@50 ${recall50.mean.toFixed(4)}  NDCG@100 ${ndcg.mean.toFixed(4)}\n`,
  );
}
for (const [metric, { name }] of STRONG_METRICS.entries()) {
  const { mean, low, high, ratio } = compare(own, best, metric, SEED);
  process.stdout.write(
    `${name}: default minus ${best[0].engine} ${mean.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}], ` +
      `× ${ratio.mean.toFixed(3)} [${ratio.low.toFixed(3)}, ${ratio.high.toFixed(3)}]\n`,
  );
}
