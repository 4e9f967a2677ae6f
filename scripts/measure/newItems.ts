/**
 * @module
 * What predicted factors are worth: a tenth of the items is hidden from training, their factors are
 * predicted from title and price, and users who did have some of them are asked for 20 of the hidden
 * ones by their other items. Beside it: a random order of the hidden items, and the factors that the
 * hidden items would have had.
 *
 *   npx tsx scripts/measure/newItems.ts [--ridge 3] FILES
 */
import { parseArgs } from 'node:util';
import { bootstrapDifference, bootstrapMean } from '../../src/model/evaluation/bootstrap.ts';
import { subsetInteractions } from '../../src/model/evaluation/subset.ts';
import { assignFolds } from '../../src/model/evaluation/userFolds.ts';
import { recallAt } from '../../src/model/evaluation/metrics.ts';
import { predictFactors } from '../../src/model/training/newItems.ts';
import { seededRandom } from '../../src/model/training/seededRandom.ts';
import { trainFactors } from '../../src/model/training/trainFactors.ts';
import { MODEL_OPTIONS, SEED } from './options.ts';
import { readShop } from './readShop.ts';
import { shown, shownDifference } from './shown.ts';

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: { ridge: { type: 'string', multiple: true, default: ['3'] } },
});

// Of fewer events there is nothing to be right about.
const { interactions: all, catalogueOf } = await readShop(positionals, { minItemEvents: 5 });
const hiddenOf = assignFolds(all.itemIds, 10, SEED);
const isHidden = (item: number): boolean => hiddenOf[item] === 0;
const rows = Int32Array.from(all.items.keys());
const training = subsetInteractions(
  all,
  rows.filter((row) => !isHidden(all.items[row])),
);
const { dim, objective, repeat, seed } = MODEL_OPTIONS;
const trained = await trainFactors(training, { dim, objective, repeat, seed, epochs: 5 });

const hidden = all.itemIds.flatMap((_, item) => (isHidden(item) ? [item] : []));
const known = catalogueOf(training.itemIds);
const unknown = catalogueOf(hidden.map((item) => all.itemIds[item]));
const userOf = new Map(training.userIds.map((id, user) => [id, user]));
const targets = new Map<number, Set<number>>();
for (const row of rows) {
  const user = userOf.get(all.userIds[all.users[row]]);
  if (user === undefined || !isHidden(all.items[row])) continue;
  const ofUser = targets.get(user) ?? new Set();
  targets.set(user, ofUser.add(hidden.indexOf(all.items[row])));
}
const metric = recallAt(20);
const users = Int32Array.from(targets.keys());
const recallOf = (order: (user: number) => number[]): number[] =>
  Array.from(users, (user) => metric.of(order(user), Int32Array.from(targets.get(user) ?? [])));

const random = seededRandom(SEED);
const shuffled = recallOf(() => {
  const keys = hidden.map(() => random());
  return hidden.map((_, index) => index).sort((left, right) => keys[left] - keys[right]);
});
const line = (name: string, values: number[]): void => {
  const own = bootstrapMean(users, values, seededRandom(SEED));
  const over = bootstrapDifference(users, values, shuffled, seededRandom(SEED));
  process.stdout.write(
    `${name.padEnd(22)} Recall@20 ${shown(own)}  over random ${shownDifference(over)}\n`,
  );
};
process.stdout.write(
  `${hidden.length} of ${all.itemIds.length} items hidden, ${users.length} users had some of them\n`,
);
line('random order', shuffled);
for (const ridge of given.ridge) {
  const started = performance.now();
  const predicted = predictFactors(trained.itemFactors, dim, known, unknown, {
    ridge: Number(ridge),
    steps: 40,
  });
  const ms = performance.now() - started;
  const scored = recallOf((user) => {
    const vector = trained.userFactors.subarray(user * dim, (user + 1) * dim);
    const scores = predicted.map((factors) =>
      factors ? factors.reduce((sum, value, f) => sum + value * vector[f], 0) : -Infinity,
    );
    return hidden.map((_, index) => index).sort((left, right) => scores[right] - scores[left]);
  });
  line(`ridge ${ridge}`, scored);
  const none = predicted.filter((factors) => factors === null).length;
  process.stdout.write(`  ${none} items of which nothing is known; ${(ms / 1000).toFixed(1)} s\n`);
}
