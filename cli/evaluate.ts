/**
 * @module
 * `sotto evaluate`: how good lists would have been, by held-out users, beside engines that know no
 * taste and beside other programs.
 */
import { Option, type Command } from 'commander';
import { SottoError } from '../src/errors.ts';
import { listLengthOf } from '../src/model/evaluation/measure.ts';
import { DEFAULT_TREND_EXPONENT } from '../src/model/rankers/blend.ts';
import { integerIn, numberIn, oneOf } from './arguments.ts';
import { readAnswers, type AnswerFile, type FoldAnswers } from './evaluation/answers.ts';
import { metricsOf, splitOf } from './evaluation/evaluateFold.ts';
import { formatReport } from './evaluation/formatReport.ts';
import { writeGroups } from './evaluation/groups.ts';
import { drawTradeOff } from './evaluation/page/drawTradeOff.ts';
import { renderPage } from './evaluation/page/renderPage.ts';
import {
  OWN_ENGINES,
  PROTOCOLS,
  type EvaluationOptions,
  type OwnEngine,
  type Protocol,
} from './evaluation/options.ts';
import type { EvaluationReport } from './evaluation/report.ts';
import { runEvaluation } from './evaluation/runEvaluation.ts';
import { metadataOf } from './itemMetadata.ts';
import { addItemsOptions, itemsGiven, type ItemsArguments } from './itemsOptions.ts';
import { expectFolderFor, writeOutput } from './outputFile.ts';
import { createProgress } from './progress.ts';
import { addHalfLifeOptions, halfLivesOf, type HalfLifeArguments } from './halfLives.ts';
import { trendingDaysOption } from './publishingOptions.ts';
import { readInteractions, type ReadResult } from './readers/readInteractions.ts';
import { addReadingOptions, readOptions, type ReadingArguments } from './readingOptions.ts';
import { grouped, printJson, report } from './report.ts';
import { addTrainingOptions, trainingOptions, type TrainingArguments } from './trainingOptions.ts';

interface EvaluateArguments
  extends ReadingArguments, TrainingArguments, ItemsArguments, HalfLifeArguments {
  protocol: Protocol;
  period: 'test' | 'validation';
  folds: number;
  measuredFolds?: number;
  until: number;
  trendingDays: number;
  trend: number;
  own?: OwnEngine[];
  engine: AnswerFile[];
  groups?: string;
  report?: string;
  tradeOff: boolean;
  tradeOffPlot?: string;
  json: boolean;
}

export function registerEvaluate(program: Command): void {
  const command = program
    .command('evaluate')
    .description('measure the quality of recommendations on held-out users');
  addItemsOptions(
    addHalfLifeOptions(addTrainingOptions(addReadingOptions(command))).optionsGroup('Measuring:'),
  )
    .addOption(
      new Option(
        '--protocol <name>',
        'replay (day by day, in time), visit (the same, the day’s first item known) or strong (Liang et al. 2018)',
      )
        .argParser(oneOf('--protocol', PROTOCOLS))
        .default('replay'),
    )
    .addOption(
      new Option('--folds <n>', 'parts of the users, each held out once')
        .argParser(integerIn('--folds', 2, 1000))
        .default(5),
    )
    .addOption(
      new Option(
        '--measured-folds <n>',
        'only the first so many of them: a look before the whole',
      ).argParser(integerIn('--measured-folds', 1, 1000)),
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
    .addOption(trendingDaysOption())
    .addOption(
      new Option('--trend <exponent>', 'how much the ranker leans to what is trending; 0: not')
        .argParser(numberIn('--trend', 0, 10))
        .default(DEFAULT_TREND_EXPONENT),
    )
    .addOption(
      new Option(
        '--own <names...>',
        `of Sotto's own engines only these: ${OWN_ENGINES.join(', ')}`,
      ).argParser(listOf(oneOf('--own', OWN_ENGINES))),
    )
    .addOption(
      new Option('--groups <file>', 'write what other programs need to answer too, and stop'),
    )
    .addOption(
      new Option('--engine <name=file...>', 'also measure the answers of another program')
        .argParser(listOf(answerFile))
        .default([], 'none'),
    )
    .option('--trade-off', 'also measure what diversity, exploration and caps cost', false)
    .option('--trade-off-plot <file.svg>', 'the same, and draw it')
    .option('--report <file.html>', 'also write the report as a page')
    .option('--json', 'print one JSON document and nothing else', false)
    .addHelpText(
      'after',
      '\nExample:\n  sotto evaluate --interactions orders.csv --report quality.html',
    )
    .action(async (given: EvaluateArguments) => evaluate(given));
}

async function evaluate(given: EvaluateArguments): Promise<void> {
  const startedMs = performance.now();
  requireDistinct(given.engine);
  if (given.report !== undefined) await expectFolderFor('--report', given.report);
  if (given.tradeOffPlot !== undefined) {
    await expectFolderFor('--trade-off-plot', given.tradeOffPlot);
  }
  const read = await readInteractions(given.interactions, {
    ...readOptions(given),
    details: 'found',
  });
  const { interactions } = read;
  const options = evaluationOptions(given, read);
  if (given.groups !== undefined) return writeQuestions(given, read, options);
  const answers = await answersByFold(given, read, options);
  const items = await itemsGiven(given, given.itemCase);

  const bar = createProgress('evaluating', options.measuredFolds ?? options.folds);
  try {
    const found = await runEvaluation(interactions, options, {
      metadata: metadataOf(read, items),
      answersOf: (fold) => answers[fold] ?? [],
      threads: given.threads,
      onProgress: (done, _folds, stage) => bar.update(done, stage),
    });
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
    if (given.report !== undefined) await writeOutput('--report', given.report, renderPage(report));
    if (given.tradeOffPlot !== undefined) {
      await writeOutput('--trade-off-plot', given.tradeOffPlot, drawTradeOff(report));
    }
    if (given.json) printJson(report);
    else process.stdout.write(formatReport(report));
  } finally {
    bar.stop();
  }
}

function evaluationOptions(given: EvaluateArguments, read: ReadResult): EvaluationOptions {
  const { protocol, period, folds, until, seed, trendingDays, blend } = given;
  return {
    ...{ protocol, period, folds, until, seed },
    ...(given.measuredFolds && { measuredFolds: Math.min(given.measuredFolds, folds) }),
    trendExponent: given.trend,
    model: {
      ...trainingOptions(given, read),
      ...halfLivesOf(given),
      ...{ trendingDays, blend },
      blendLists: protocol === 'strong' ? 'random' : 'later',
    },
    ...(given.own ? { own: given.own } : {}),
    tradeOff: given.tradeOff || given.tradeOffPlot !== undefined,
  };
}

async function writeQuestions(
  given: EvaluateArguments,
  { interactions }: ReadResult,
  options: EvaluationOptions,
): Promise<void> {
  const file = given.groups!;
  const folds = Array.from({ length: options.folds }, (_, fold) =>
    splitOf(interactions, options, fold),
  );
  const count = listLengthOf(metricsOf(options));
  const head = await writeGroups(file, interactions, folds, options, count);
  report(given.json, { file, ...head }, [
    ['groups', grouped(head.groups)],
    ['training users', grouped(head.users)],
    ['written to', file],
  ]);
}

/** Checked before anything is trained: a mistake in a file should not cost the minutes of that. */
async function answersByFold(
  given: EvaluateArguments,
  { interactions }: ReadResult,
  options: EvaluationOptions,
): Promise<FoldAnswers[][]> {
  if (given.engine.length === 0) return [];
  const folds = Array.from({ length: options.folds }, (_, fold) =>
    splitOf(interactions, options, fold),
  );
  const count = listLengthOf(metricsOf(options));
  const byEngine: FoldAnswers[][] = [];
  for (const file of given.engine) byEngine.push(await readAnswers(file, folds, count));
  return folds.map((_, fold) => byEngine.map((ofEngine) => ofEngine[fold]));
}

function answerFile(text: string): AnswerFile {
  const at = text.indexOf('=');
  if (at > 0 && at < text.length - 1)
    return { engine: text.slice(0, at), file: text.slice(at + 1) };
  throw new SottoError('invalid-argument', `--engine must be NAME=FILE but got "${text}"`);
}

/** Two engines of one name would fall into one row of every table. */
function requireDistinct(engines: readonly AnswerFile[]): void {
  const names = new Set<string>(OWN_ENGINES);
  for (const { engine } of engines) {
    if (names.has(engine)) {
      throw new SottoError(
        'invalid-argument',
        `--engine must have a name that no other engine has but got "${engine}"`,
      );
    }
    names.add(engine);
  }
}

/** An option that may be given several times, or several values at once. */
function listOf<T>(read: (text: string) => T) {
  return (text: string, before: T[] | undefined): T[] => [...(before ?? []), read(text)];
}
