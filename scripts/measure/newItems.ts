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
import { readInteractions } from '../../cli/readers/readInteractions.ts';
import { DEFAULT_ACTION_WEIGHTS } from '../../src/events.ts';
import { bootstrapDifference, bootstrapMean } from '../../src/model/evaluation/bootstrap.ts';
import { subsetInteractions } from '../../src/model/evaluation/subset.ts';
import { assignFolds } from '../../src/model/evaluation/userFolds.ts';
import { recallAt } from '../../src/model/evaluation/metrics.ts';
import { predictFactors } from '../../src/model/training/newItems.ts';
import { seededRandom } from '../../src/model/training/seededRandom.ts';
import { trainFactors } from '../../src/model/training/trainFactors.ts';

const SEED = 1;
const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: { ridge: { type: 'string', multiple: true, default: ['3'] } },
});

const read = await readInteractions(positionals, {
  columns: { title: ['Description'], price: ['Price', 'UnitPrice', 'price'] },
  itemPattern: /^\d{5}[A-Z]{0,2}$/,
  itemCase: 'upper',
  dropOrder: 'auto',
  minUserEvents: 1,
  minItemEvents: 5,
  actionWeights: DEFAULT_ACTION_WEIGHTS,
});
const { interactions: all } = read;
const hiddenOf = assignFolds(all.itemIds, 10, SEED);
const isHidden = (item: number): boolean => hiddenOf[item] === 0;
const rows = Int32Array.from(all.items.keys());
const training = subsetInteractions(
  all,
  rows.filter((row) => !isHidden(all.items[row])),
);
const objective = { convention: 'ials', alpha0: 0.3, lambda: 0.003, nu: 1 } as const;
const options = { dim: 64, epochs: 5, objective, repeat: 'once', seed: SEED } as const;
const trained = await trainFactors(training, options);

const placeOf = new Map(all.itemIds.map((id, item) => [id, item]));
const metadataOf = (items: readonly number[]) => ({
  title: items.map((item) => read.titles?.[item] ?? null),
  price: items.map((item) => read.prices?.[item] ?? null),
});
const known = training.itemIds.map((id) => placeOf.get(id) ?? -1);
const hidden = all.itemIds.flatMap((_, item) => (isHidden(item) ? [item] : []));
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
  const { mean, low, high } = bootstrapMean(users, values, seededRandom(SEED));
  const over = bootstrapDifference(users, values, shuffled, seededRandom(SEED));
  process.stdout.write(
    `${name.padEnd(22)} Recall@20 ${mean.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]  ` +
      `over random ${over.mean.toFixed(4)} [${over.low.toFixed(4)}, ${over.high.toFixed(4)}]\n`,
  );
};
process.stdout.write(
  `${hidden.length} of ${all.itemIds.length} items hidden, ${users.length} users had some of them\n`,
);
line('random order', shuffled);
for (const ridge of given.ridge) {
  const started = performance.now();
  const predicted = predictFactors(trained.itemFactors, 64, metadataOf(known), metadataOf(hidden), {
    ridge: Number(ridge),
    steps: 40,
  });
  const ms = performance.now() - started;
  const scored = recallOf((user) => {
    const vector = trained.userFactors.subarray(user * 64, (user + 1) * 64);
    const scores = predicted.map((factors) =>
      factors ? factors.reduce((sum, value, f) => sum + value * vector[f], 0) : -Infinity,
    );
    return hidden.map((_, index) => index).sort((left, right) => scores[right] - scores[left]);
  });
  line(`ridge ${ridge}`, scored);
  const none = predicted.filter((factors) => factors === null).length;
  process.stdout.write(`  ${none} items of which nothing is known; ${(ms / 1000).toFixed(1)} s\n`);
}
