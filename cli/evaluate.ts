/**
 * @module
 * `sotto evaluate`: how good lists would have been, by held-out users, beside engines that know no
 * taste.
 */
import { Option, type Command } from 'commander';
import { trainFoldModel } from '../src/model/evaluation/foldModel.ts';
import { DEFAULT_TREND_EXPONENT } from '../src/model/rankers/blend.ts';
import { integerIn, numberIn, oneOf } from './arguments.ts';
import { formatReport } from './evaluation/formatReport.ts';
import type { EvaluationReport } from './evaluation/report.ts';
import { runEvaluation, type TrainFold } from './evaluation/runEvaluation.ts';
import { createProgress } from './progress.ts';
import { DEFAULT_HALF_LIFE_DAYS, halfLifeOption, trendingDaysOption } from './publishingOptions.ts';
import { readInteractions } from './readers/readInteractions.ts';
import { addReadingOptions, readOptions, type ReadingArguments } from './readingOptions.ts';
import { createThreadedWorkshop } from './threadedWorkshop.ts';
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
  const read = await readInteractions(given.interactions, readOptions(given));
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
        },
      },
      threadedTraining(given.threads),
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

/** Each fold's training on all threads; the same bits as on one. */
function threadedTraining(threads: number): TrainFold {
  return async (training, options, onShare) => {
    const { userIds, itemIds } = training;
    const totalRows = options.epochs * (userIds.length + itemIds.length) + userIds.length;
    const workshop = createThreadedWorkshop(threads, (progress) =>
      onShare(progress.totalRows / totalRows),
    );
    try {
      return await trainFoldModel(training, options, workshop);
    } finally {
      await workshop.close();
    }
  };
}
