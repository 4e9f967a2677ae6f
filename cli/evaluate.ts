/**
 * @module
 * `sotto evaluate`: how good lists would have been, by held-out users, beside engines that know no
 * taste.
 */
import { Option, type Command } from 'commander';
import type { Catalogue } from '../src/model/model.ts';
import { trainFoldModel } from '../src/model/evaluation/foldModel.ts';
import { DEFAULT_TREND_EXPONENT } from '../src/model/rankers/blend.ts';
import { integerIn, numberIn, oneOf } from './arguments.ts';
import { formatReport } from './evaluation/formatReport.ts';
import type { EvaluationReport } from './evaluation/report.ts';
import { runEvaluation, type TrainFold } from './evaluation/runEvaluation.ts';
import { createProgress } from './progress.ts';
import { DEFAULT_HALF_LIFE_DAYS, halfLifeOption, trendingDaysOption } from './publishingOptions.ts';
import { readInteractions, type ReadResult } from './readers/readInteractions.ts';
import { addReadingOptions, readOptions, type ReadingArguments } from './readingOptions.ts';
import { createThreadedTrainer } from './threadedTrainer.ts';
import { addTrainingOptions, trainingOptions, type TrainingArguments } from './trainingOptions.ts';

interface EvaluateArguments extends ReadingArguments, TrainingArguments {
  protocol: 'replay' | 'strong';
  period: 'test' | 'validation';
  folds: number;
  until: number;
  halfLifeDays: number | null;
  trendingDays: number;
  trend: number;
  json: boolean;
}

export function registerEvaluate(program: Command): void {
  const command = program
    .command('evaluate')
    .description('measure the quality of recommendations on held-out users');
  addTrainingOptions(addReadingOptions(command))
    .addOption(
      new Option('--protocol <name>', 'replay (day by day, in time) or strong (Liang et al. 2018)')
        .argParser(oneOf('--protocol', ['replay', 'strong'] as const))
        .default('replay'),
    )
    .addOption(
      new Option('--folds <n>', 'parts of the users, each held out once')
        .argParser(integerIn('--folds', 2, 1000))
        .default(5),
    )
    .addOption(
      new Option('--until <share>', 'replay: share of the events, by time, that training may see')
        .argParser(numberIn('--until', 0.01, 0.99))
        .default(0.8),
    )
    .addOption(
      new Option('--period <name>', 'replay: test, or validation (ends where test begins)')
        .argParser(oneOf('--period', ['test', 'validation'] as const))
        .default('test'),
    )
    .addOption(halfLifeOption(DEFAULT_HALF_LIFE_DAYS))
    .addOption(trendingDaysOption())
    .addOption(
      new Option('--trend <exponent>', 'how much the ranker leans to what is trending; 0: not')
        .argParser(numberIn('--trend', 0, 10))
        .default(DEFAULT_TREND_EXPONENT),
    )
    .option('--json', 'print one JSON document and nothing else', false)
    .action(async (given: EvaluateArguments) => evaluate(given));
}

async function evaluate(given: EvaluateArguments): Promise<void> {
  const startedMs = performance.now();
  const read = await readInteractions(given.interactions, {
    ...readOptions(given),
    details: 'found',
  });
  const { interactions } = read;
  const bar = createProgress('evaluating', given.folds, given.json);
  try {
    const found = await runEvaluation(
      interactions,
      {
        protocol: given.protocol,
        period: given.period,
        folds: given.folds,
        until: given.until,
        seed: given.seed,
        trendExponent: given.trend,
        model: {
          ...trainingOptions(given, read),
          halfLifeDays: given.halfLifeDays,
          trendingDays: given.trendingDays,
          blend: given.blend,
          blendLists: given.protocol === 'replay' ? 'later' : 'random',
        },
      },
      threadedTraining(given.threads, read),
      (done, _folds, stage) => bar.update(done, stage),
    );
    bar.stop();
    const report: EvaluationReport = {
      ...found,
      data: {
        ...read.report,
        users: interactions.userIds.length,
        items: interactions.itemIds.length,
      },
      seconds: Math.round(performance.now() - startedMs) / 1000,
    };
    const text = given.json ? `${JSON.stringify(report, null, 2)}\n` : formatReport(report);
    process.stdout.write(text);
  } finally {
    bar.stop();
  }
}

/** Of a fold's progress, the part of the training that the blend is learned on. */
const VALIDATION_SHARE = 0.4;

/** Each fold's training on all threads; the same bits as on one. */
function threadedTraining(threads: number, read: ReadResult): TrainFold {
  const catalogueOf = detailsByItem(read);
  return (training, options, onShare) => {
    const trainer = createThreadedTrainer(threads, ({ stage, rows, totalRows }) => {
      const share = rows / totalRows;
      if (options.blend === 'plain') onShare(share);
      else if (stage === 'validation') onShare(share * VALIDATION_SHARE);
      else onShare(VALIDATION_SHARE + share * (1 - VALIDATION_SHARE));
    });
    return trainFoldModel(training, options, trainer, catalogueOf);
  };
}

/** What the events say of titles and prices, for any of the items in any order. */
function detailsByItem({ interactions, titles, prices }: ReadResult) {
  const itemOf = new Map(interactions.itemIds.map((id, item) => [id, item]));
  return (itemIds: readonly string[]): Catalogue => {
    const column = <T>(values: readonly T[]): (T | null)[] =>
      itemIds.map((id) => values[itemOf.get(id) ?? -1] ?? null);
    return {
      ...(titles ? { title: column(titles) } : {}),
      ...(prices ? { price: column(prices) } : {}),
    };
  };
}
