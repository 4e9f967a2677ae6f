/**
 * @module
 * What the learned blend could be instead, on the validation period: without one of its signals,
 * with neighbours that have a direction (`--later days:κ:ahead`), with an embedding of the newest
 * events (`--session days:now` or `days:newest`), learned on other lists, with other half-lives, with
 * weights of the visitor's own that move with each visit. Two models a fold, trained once; every
 * choice is measured on the same groups, told nothing, one event, three, ten, or all. `--opening 1`:
 * once the first item of the day is known. `--brief`: only the choices that are named.
 *
 *   npx tsx scripts/measure/blend.ts [--period test] [--opening 1] [--folds 0,1] [--brief] \
 *     [--without words,price …] [--later 180:50:1 …] [--session 3:now …] [--half-life 60 …] \
 *     [--recent 5 …] [--step 0.01 …] FILES
 */
import { parseArgs } from 'node:util';
import { onItems } from '../../src/model/evaluation/onItems.ts';
import { periodOf, replayFold } from '../../src/model/evaluation/replay.ts';
import { assignFolds } from '../../src/model/evaluation/userFolds.ts';
import type { Interactions, TimedInteractions } from '../../src/model/interactions.ts';
import type { Model } from '../../src/model/model.ts';
import {
  collectLists,
  type CollectedList,
  type ToldCase,
} from '../../src/model/training/blend/collectLists.ts';
import { collectOverTime } from '../../src/model/training/blend/collectOverTime.ts';
import { defaultBlend } from '../../src/model/training/blend/defaultBlend.ts';
import { lessonCases } from '../../src/model/training/blend/lessonCases.ts';
import { recallOfList } from '../../src/model/training/blend/recallOf.ts';
import { laterDays } from '../../src/model/training/blend/splits.ts';
import { TAUGHT } from '../../src/model/training/blend/weigh.ts';
import { createFindings, TOLD, TOLD_ALL, TOLD_ONE } from './blend/findings.ts';
import { recallByOwnWeights } from './blend/ownWeights.ts';
import { isOfTheItem, learnSignals, learnWeights, type Weights } from './blend/weights.ts';
import { sessionSimilarity } from './blend/sessionEmbedding.ts';
import { signalOfSpeaking, withSignal, type PersonalSignal } from './blend/withSignal.ts';
import { laterVisits } from './neighbours/laterVisits.ts';
import { MODEL_OPTIONS, SEED } from './options.ts';
import { readShop } from './readShop.ts';
import { createShopModels } from './shopModel.ts';

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    period: { type: 'string', default: 'validation' },
    opening: { type: 'string', default: '0' },
    brief: { type: 'boolean', default: false },
    folds: { type: 'string', default: '0,1' },
    without: { type: 'string', multiple: true, default: [] },
    later: { type: 'string', multiple: true, default: [] },
    session: { type: 'string', multiple: true, default: [] },
    'half-life': { type: 'string', multiple: true, default: [] },
    recent: { type: 'string', multiple: true, default: [] },
    step: { type: 'string', multiple: true, default: [] },
  },
});

for (const name of given.without.flatMap((names) => names.split(','))) {
  if (!(TAUGHT as readonly string[]).includes(name)) {
    throw new Error(`--without must name some of ${TAUGHT.join(', ')} but got ${name}`);
  }
}

const { interactions, catalogueOf } = await readShop(positionals);
const modelOf = createShopModels(catalogueOf);
const period = periodOf(interactions, 0.8, given.period === 'test' ? 'test' : 'validation');
const foldOf = assignFolds(interactions.userIds, 5, SEED);
const { halfLifeDays: HALF_LIFE_DAYS } = MODEL_OPTIONS;
const { recentHalfLifeDays: RECENT_DAYS } = defaultBlend();
const EVERY_STEP = [...TOLD.keys()];
const users: number[] = [];
const findings = createFindings();

function withRecent(model: Model, recentHalfLifeDays: number): Model {
  const blend = { ...defaultBlend(), recentHalfLifeDays };
  return { ...model, manifest: { ...model.manifest, blend } };
}

for (const fold of given.folds.split(',').map(Number)) {
  const { training, cases } = replayFold(interactions, foldOf, fold, period, Number(given.opening));
  const lesson = laterDays(training);
  if (!lesson) throw new Error('the events have no times');
  const { earlier: earlierTable } = lesson;
  const [earlier, whole] = [await modelOf(earlierTable, 5), await modelOf(training, 10)];
  process.stderr.write(`fold ${fold}: trained\n`);
  users.push(...cases.map(({ user }) => user));
  const lessons = lessonCases(lesson.cases, SEED);
  const counted = onItems(training, earlierTable.itemIds) as TimedInteractions;
  /** As training asks: of the model as it is, and with the counts of the midnight before. */
  const listsOf = async (some: readonly ToldCase[], days: number, recent: number) => {
    const model = withRecent(earlier, recent);
    return [
      ...(await collectLists(model, earlierTable.itemIds, some, TAUGHT, days)),
      ...(await collectOverTime(model, counted, some, TAUGHT, days)),
    ];
  };
  const toldCases = (step: number): ToldCase[] =>
    cases.map((one) => ({ ...one, told: Math.min(TOLD[step], one.history.length) }));
  const askedOf = (step: number, days: number, recent: number): Promise<CollectedList[]> =>
    collectLists(withRecent(whole, recent), training.itemIds, toldCases(step), TAUGHT, days);
  const add = (
    choice: string,
    step: number,
    lists: readonly CollectedList[],
    valueOf: (list: CollectedList) => number,
  ): void => {
    const values = new Array<number>(cases.length).fill(0);
    for (const list of lists) values[list.asked] = valueOf(list);
    findings.add(choice, step, values);
  };

  const asked: CollectedList[][] = [];
  for (const step of EVERY_STEP) asked.push(await askedOf(step, HALF_LIFE_DAYS, RECENT_DAYS));
  const addAll = (choice: string, { weights }: Weights): void => {
    for (const [step, lists] of asked.entries()) {
      add(choice, step, lists, (list) => recallOfList(list, weights));
    }
  };
  const lists = await listsOf(lessons, HALF_LIFE_DAYS, RECENT_DAYS);
  const learned = learnWeights(lists);
  addAll('as it is', learned);
  if (!given.brief) {
    addAll(
      'second weights of what is known of items',
      learnWeights(lists, (signal, condition) => condition !== 'whenNew' || isOfTheItem(signal)),
    );
    addAll(
      'no second weights',
      learnWeights(lists, (_signal, condition) => condition !== 'whenNew'),
    );
    const half = lists.filter((list) => list.asked < lessons.length / 2);
    addAll('half of the lists', learnWeights(half));
    const isWhole = ({ asked: at }: CollectedList): boolean =>
      lessons[at].told === lessons[at].history.length;
    addAll('lists told everything alone', learnWeights(lists.filter(isWhole)));
    const ofOne = lessons.filter(({ told, history }) => told === history.length);
    const toldOne = ofOne.map((one) => ({ ...one, told: 1 }));
    addAll(
      'lists told one event alone',
      learnWeights(await listsOf(toldOne, HALF_LIFE_DAYS, RECENT_DAYS)),
    );
  }
  for (const names of given.without) {
    const left = names.split(',');
    addAll(
      `without ${names}`,
      learnWeights(lists, (signal) => !left.includes(signal)),
    );
  }
  /** @param signalOf - of the earlier model, to learn on, and of the whole one. */
  const addWithSignal = (
    choice: string,
    signalOf: (model: Model, table: Interactions) => PersonalSignal,
  ): void => {
    const { itemIds } = earlierTable;
    const taught = withSignal(lists, lessons, itemIds, signalOf(earlier, earlierTable));
    const { weights } = learnSignals(taught, TAUGHT.length + 1);
    const signal = signalOf(whole, training);
    for (const [step, ofStep] of asked.entries()) {
      const more = withSignal(ofStep, toldCases(step), training.itemIds, signal);
      add(choice, step, more, (list) => recallOfList(list, weights));
    }
    process.stderr.write(`fold ${fold}: ${choice}\n`);
  };
  for (const text of given.later) {
    const [days, shrinkage, ahead] = text.split(':').map(Number);
    addWithSignal(`with later visits ${text}`, (model, table) =>
      signalOfSpeaking(laterVisits(table, { days, shrinkage, ahead }), model, table.itemIds),
    );
  }
  for (const text of given.session) {
    const [days, from] = text.split(':');
    addWithSignal(`with a session embedding ${text}`, (model) =>
      sessionSimilarity(model, Number(days), from === 'newest' ? 'newest' : 'now'),
    );
  }
  for (const step of given.step.map(Number)) {
    const values = recallByOwnWeights(asked[TOLD_ALL], cases, learned, step);
    findings.add(`own weights, step ${step}`, TOLD_ALL, values);
  }
  for (const [step, ofStep] of asked.entries()) {
    add('all that the candidates hold', step, ofStep, ({ weight }) => weight);
  }
  const others: [choice: string, days: number, recent: number][] = [
    ...given['half-life'].map((days): [string, number, number] => [
      `half-life ${days} d`,
      Number(days),
      RECENT_DAYS,
    ]),
    ...given.recent.map((days): [string, number, number] => [
      `recent half-life ${days} d`,
      HALF_LIFE_DAYS,
      Number(days),
    ]),
  ];
  for (const [choice, days, recent] of others) {
    const { weights } = learnWeights(await listsOf(lessons, days, recent));
    for (const step of [TOLD_ONE, TOLD_ALL]) {
      add(choice, step, await askedOf(step, days, recent), (list) => recallOfList(list, weights));
    }
    process.stderr.write(`fold ${fold}: ${choice}\n`);
  }
}

process.stdout.write(
  `${users.length} groups, folds ${given.folds}. Recall@20 told 0, 1, 3, 10, all; ` +
    `ratio to the first row, told all (difference, told one).\n${findings.table(users)}`,
);
