/**
 * @module
 * What neighbours could be instead, by themselves and times the trend, on folds of the validation
 * period: the regression's constants, how it is cut, how its events fade, and neighbours with a
 * direction (`--later days:κ:ahead`). Beside them the factors alone. Told everything, and told one
 * event.
 *
 *   npx tsx scripts/measure/neighbours.ts [--folds 0] [--change lambda=10,kept=20 …] \
 *     [--later 180:50:1 …] FILES
 */
import { parseArgs } from 'node:util';
import { createInlineTrainer } from '../../cli/inlineTrainer.ts';
import { engineMaker } from '../../cli/evaluation/ownEngines.ts';
import { kernelMaker, loadTrainingKernel } from '../../cli/trainingKernel.ts';
import { trainFoldModel } from '../../src/model/evaluation/foldModel.ts';
import { measureFold, type FoldResult } from '../../src/model/evaluation/measure.ts';
import { recallAt } from '../../src/model/evaluation/metrics.ts';
import { newestOnly } from '../../src/model/evaluation/newestOnly.ts';
import { periodOf, replayFold } from '../../src/model/evaluation/replay.ts';
import { compare, summarise } from '../../src/model/evaluation/summary.ts';
import type { EvaluatedEngine, Fold } from '../../src/model/evaluation/types.ts';
import { assignFolds } from '../../src/model/evaluation/userFolds.ts';
import type { Interactions } from '../../src/model/interactions.ts';
import { createBlendRanker, DEFAULT_TREND_EXPONENT } from '../../src/model/rankers/blend.ts';
import { companionsOf } from '../../src/model/signals/companions.ts';
import { NEIGHBOUR_OPTIONS } from '../../src/model/training/neighbours/neighboursOf.ts';
import { trainNeighbours } from '../../src/model/training/neighbours/trainNeighbours.ts';
import { cutBySpeaker } from './neighbours/cutBySpeaker.ts';
import { laterVisits } from './neighbours/laterVisits.ts';
import { speakingEngine, type Speaking } from './neighbours/speaking.ts';
import { MODEL_OPTIONS, SEED } from './options.ts';
import { readShop } from './readShop.ts';
import { shownDifference } from './shown.ts';

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    folds: { type: 'string', default: '0' },
    change: { type: 'string', multiple: true, default: [] },
    later: { type: 'string', multiple: true, default: [] },
  },
});

const DEFAULTS: Readonly<Record<string, number | null>> = {
  ...NEIGHBOUR_OPTIONS,
  trainingHalfLifeDays: MODEL_OPTIONS.trainingHalfLifeDays,
  regressed: 1,
  /** Above 0: cut to so many that an item speaks for, in place of those that speak for it. */
  speaksFor: 0,
};
const METRICS = [recallAt(20)];
const createKernel = kernelMaker(loadTrainingKernel());

/** @param change - `name=value`, several with commas; `none` is null. */
function neighbourSpeaking(training: Interactions, change: string): Speaking {
  const constants = { ...DEFAULTS };
  for (const part of change === '' ? [] : change.split(',')) {
    const [name, value] = part.split('=');
    if (!(name in DEFAULTS)) {
      throw new Error(`--change must name one of ${Object.keys(DEFAULTS).join(', ')}: ${name}`);
    }
    constants[name] = value === 'none' ? null : Number(value);
  }
  const number = (name: string): number => Number(constants[name]);
  const speaksFor = number('speaksFor');
  const options = {
    candidates: number('candidates'),
    // What is to be cut from the other side stays whole until then.
    kept: speaksFor > 0 ? number('candidates') : number('kept'),
    lambda: number('lambda'),
  };
  const { trainingHalfLifeDays } = constants;
  const weighing = { ...MODEL_OPTIONS, trainingHalfLifeDays };
  const regressed = number('regressed') !== 0;
  const found = trainNeighbours(training, weighing, { regressed, options, createKernel });
  const neighbours = speaksFor > 0 ? cutBySpeaker(found, speaksFor) : found;
  return (interests) => companionsOf(neighbours, interests).all;
}

interface Finding {
  /** By itself; times the trend; told one event. */
  columns: [FoldResult[], FoldResult[], FoldResult[]];
}
const findings = new Map<string, Finding>();

async function measure(
  name: string,
  split: Fold,
  engineOf: (trend: number) => EvaluatedEngine,
): Promise<void> {
  const finding: Finding = findings.get(name) ?? { columns: [[], [], []] };
  findings.set(name, finding);
  const plain = engineOf(0);
  const engines = [plain, engineOf(DEFAULT_TREND_EXPONENT), newestOnly(plain, 1)];
  for (const [column, engine] of engines.entries()) {
    finding.columns[column].push(await measureFold(engine, split, METRICS));
  }
  process.stderr.write(`${name}\n`);
}

const { interactions } = await readShop(positionals);
const period = periodOf(interactions, 0.8, 'validation');
const foldOf = assignFolds(interactions.userIds, 5, SEED);
for (const fold of given.folds.split(',').map(Number)) {
  const split = replayFold(interactions, foldOf, fold, period);
  const { training } = split;
  for (const change of ['', ...given.change]) {
    const speaking = neighbourSpeaking(training, change);
    const name = change === '' ? 'the defaults' : change;
    await measure(name, split, (trend) => speakingEngine(name, speaking, training, trend));
  }
  for (const text of given.later) {
    const [days, shrinkage, ahead] = text.split(':').map(Number);
    const speaking = laterVisits(training, { days, shrinkage, ahead });
    await measure(`later visits ${text}`, split, (trend) =>
      speakingEngine(text, speaking, training, trend),
    );
  }
  const options = { ...MODEL_OPTIONS, blend: 'plain' } as const;
  const maker = await engineMaker(
    await trainFoldModel(training, options, createInlineTrainer()),
    split,
    SEED,
  );
  await measure('factors alone', split, (trend) =>
    maker.make('factors alone', MODEL_OPTIONS.halfLifeDays, createBlendRanker(trend)),
  );
}

const bases = findings.get('the defaults')!.columns;
process.stdout.write(
  `${summarise(bases[0], METRICS, SEED).cases} groups, folds ${given.folds}. Recall@20 by itself ` +
    `(minus the first row), times trend, told one event (minus the first row)\n`,
);
for (const [name, { columns }] of findings) {
  const means = columns.map((ofColumn) =>
    summarise(ofColumn, METRICS, SEED).metrics[0].mean.toFixed(4),
  );
  const [whole, , one] = columns.map((ofColumn, column) =>
    shownDifference(compare(ofColumn, bases[column], 0, SEED)),
  );
  process.stdout.write(
    `${name.padEnd(40)} ${means[0]} (${whole})  ${means[1]}  ${means[2]} (${one})\n`,
  );
}
