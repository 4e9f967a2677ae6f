/**
 * @module
 * What a segment is worth to a newcomer: users who first appear after T (80 % of time), asked for
 * their first day, by what everyone chose in the 60 days before T and by what their segment did.
 * Five folds; only newcomers whose segment the training holds.
 *
 *   npx tsx scripts/measure/segments.ts [--column Country] FILES
 */
import { parseArgs } from 'node:util';
import { readInteractions } from '../../cli/readers/readInteractions.ts';
import { DEFAULT_ACTION_WEIGHTS } from '../../src/events.ts';
import { bootstrapDifference, bootstrapMean } from '../../src/model/evaluation/bootstrap.ts';
import { holdOut } from '../../src/model/evaluation/heldOut.ts';
import { recallAt } from '../../src/model/evaluation/metrics.ts';
import { periodOf } from '../../src/model/evaluation/replay.ts';
import { assignFolds } from '../../src/model/evaluation/userFolds.ts';
import { EVERYONE_USERS } from '../../src/model/segments.ts';
import { segmentsOf } from '../../src/model/training/segmentsOf.ts';
import { seededRandom } from '../../src/model/training/seededRandom.ts';
import { itemStatistics } from '../../src/model/training/statistics.ts';

const SEED = 1;
const DAY_MS = 86_400_000;
const TRENDING_DAYS = 60;
const COUNT = 20;

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: { column: { type: 'string', default: 'Country' } },
});
const { interactions, segments } = await readInteractions(positionals, {
  columns: { segment: [given.column] },
  itemPattern: /^\d{5}[A-Z]{0,2}$/,
  itemCase: 'upper',
  dropOrder: 'auto',
  minUserEvents: 1,
  minItemEvents: 1,
  actionWeights: DEFAULT_ACTION_WEIGHTS,
});
const segmentById = new Map(interactions.userIds.map((id, user) => [id, segments?.[user] ?? null]));
const { fromMs } = periodOf(interactions, 0.8, 'test');
const foldOf = assignFolds(interactions.userIds, 5, SEED);
const metric = recallAt(COUNT);
const best = (scores: ArrayLike<number>): number[] =>
  Array.from(scores, (_, item) => item)
    .sort((left, right) => scores[right] - scores[left] || left - right)
    .slice(0, COUNT);

const users: number[] = [];
const byEveryone: number[] = [];
const bySegment: number[] = [];
const named = new Set<string>();
for (let fold = 0; fold < 5; fold++) {
  const { training, events } = holdOut(interactions, foldOf, fold, fromMs);
  const { trending } = itemStatistics(training, TRENDING_DAYS);
  const found = segmentsOf(
    given.column,
    training.userIds.map((id) => segmentById.get(id) ?? null),
    training,
    new Float32Array(training.userIds.length),
    new Float64Array(1),
    TRENDING_DAYS,
  );
  for (const [user, ofUser] of events) {
    const segment = found.segments.find(({ name }) => name === segments?.[user]);
    if (!segment || ofUser[0].timestamp < fromMs) continue;
    named.add(segment.name);
    const day = Math.floor(ofUser[0].timestamp / DAY_MS);
    const first = ofUser.filter(({ timestamp }) => Math.floor(timestamp / DAY_MS) === day);
    const targets = Int32Array.from(new Set(first.map(({ item }) => item))).sort();
    const scores = Float64Array.from(
      trending,
      (count) => (count * EVERYONE_USERS) / Math.max(found.trendingUsers, 1),
    );
    for (const [item, count] of segment.trending) scores[item] += count;
    users.push(user);
    byEveryone.push(metric.of(best(trending), targets));
    bySegment.push(metric.of(best(scores), targets));
  }
}
const everyone = bootstrapMean(users, byEveryone, seededRandom(SEED));
const own = bootstrapMean(users, bySegment, seededRandom(SEED));
const over = bootstrapDifference(users, bySegment, byEveryone, seededRandom(SEED));
const shown = ({ mean, low, high }: typeof over) =>
  `${mean.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]`;
process.stdout.write(
  `${users.length} newcomers of ${[...named].sort().join(', ')}\n` +
    `trending with everyone   Recall@20 ${shown(everyone)}\n` +
    `trending in the segment  Recall@20 ${shown(own)}\n` +
    `difference               ${shown(over)}\n`,
);
