/**
 * @module
 * What weights for fresh counts are worth, and how fast counts go stale, on the validation period:
 * lists of a model whose counts are as old as it is, and of one whose counts are those of the midnight
 * before; by weights learned on the former alone, and on both.
 *
 *   npx tsx scripts/measure/freshness.ts [--folds 0] [--half-life 30 …] FILES
 */
import { parseArgs } from 'node:util';
import { currentTable } from '../../src/model/evaluation/currentTable.ts';
import { onItems } from '../../src/model/evaluation/onItems.ts';
import { periodOf, replayFold } from '../../src/model/evaluation/replay.ts';
import { assignFolds } from '../../src/model/evaluation/userFolds.ts';
import type { TimedInteractions } from '../../src/model/interactions.ts';
import {
  collectLists,
  type CollectedList,
  type ToldCase,
} from '../../src/model/training/blend/collectLists.ts';
import { collectOverTime } from '../../src/model/training/blend/collectOverTime.ts';
import { FRESH_HALF_LIFE_DAYS } from '../../src/model/training/blend/defaultBlend.ts';
import { lessonCases } from '../../src/model/training/blend/lessonCases.ts';
import { recallOfList } from '../../src/model/training/blend/recallOf.ts';
import { laterDays } from '../../src/model/training/blend/splits.ts';
import { TAUGHT } from '../../src/model/training/blend/weigh.ts';
import { TOLD } from './blend/findings.ts';
import { learnWeights } from './blend/weights.ts';
import { MODEL_OPTIONS, SEED } from './options.ts';
import { readShop } from './readShop.ts';
import { createShopModels } from './shopModel.ts';

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    folds: { type: 'string', default: '0' },
    'half-life': { type: 'string', multiple: true, default: [String(FRESH_HALF_LIFE_DAYS)] },
  },
});
const { interactions, catalogueOf } = await readShop(positionals);
const modelOf = createShopModels(catalogueOf);
const period = periodOf(interactions, 0.8, 'validation');
const foldOf = assignFolds(interactions.userIds, 5, SEED);
const { halfLifeDays } = MODEL_OPTIONS;
/** Recall@20, added up by choice and step of TOLD. */
const sums = new Map<string, number[]>();
let groups = 0;

/** Lists as if counts went stale by another half-life. */
function staleBy(lists: readonly CollectedList[], days: number): CollectedList[] {
  return lists.map((list) => {
    const [isNew, isFresh] = list.conditions;
    return { ...list, conditions: [isNew, isFresh ** (FRESH_HALF_LIFE_DAYS / days)] };
  });
}

for (const fold of given.folds.split(',').map(Number)) {
  const { training, cases } = replayFold(interactions, foldOf, fold, period);
  const lesson = laterDays(training);
  if (!lesson) throw new Error('the events have no times');
  const { earlier: table } = lesson;
  const [earlier, whole] = [await modelOf(table, 5), await modelOf(training, 10)];
  const lessons = lessonCases(lesson.cases, SEED);
  const old = await collectLists(earlier, table.itemIds, lessons, TAUGHT, halfLifeDays);
  const counted = onItems(training, table.itemIds) as TimedInteractions;
  const both = [
    ...old,
    ...(await collectOverTime(earlier, counted, lessons, TAUGHT, halfLifeDays)),
  ];
  const ofOld = learnWeights(old, (_, condition) => condition !== 'whenFresh');
  const learned = [
    { name: 'learned on old counts', days: FRESH_HALF_LIFE_DAYS, ...ofOld },
    ...given['half-life'].map(Number).map((days) => ({
      name: `on both, half-life ${days} d`,
      days,
      ...learnWeights(staleBy(both, days)),
    })),
  ];
  groups += cases.length;
  const current = currentTable(interactions, foldOf, fold, training) as TimedInteractions;
  for (const [step, told] of TOLD.entries()) {
    const asked = cases.map((one): ToldCase => ({
      ...one,
      told: Math.min(told, one.history.length),
    }));
    const answers = {
      'old counts': await collectLists(whole, training.itemIds, asked, TAUGHT, halfLifeDays),
      'last night’s': await collectOverTime(whole, current, asked, TAUGHT, halfLifeDays),
    };
    for (const { name, days, weights } of learned) {
      for (const [counts, lists] of Object.entries(answers)) {
        const choice = `${name.padEnd(26)} ${counts.padEnd(12)}`;
        const found = sums.get(choice) ?? TOLD.map(() => 0);
        sums.set(choice, found);
        for (const list of staleBy(lists, days)) found[step] += recallOfList(list, weights);
      }
    }
    process.stderr.write(`fold ${fold}: told ${told}\n`);
  }
}

process.stdout.write(
  `${groups} groups, folds ${given.folds}. Recall@20 told ${TOLD.join(', ')}.\n`,
);
for (const [choice, found] of sums) {
  process.stdout.write(`${choice}  ${found.map((sum) => (sum / groups).toFixed(4)).join('  ')}\n`);
}
