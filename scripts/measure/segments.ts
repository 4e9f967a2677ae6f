/**
 * @module
 * What a segment is worth to a newcomer: users who first appear after T (80 % of time), asked for
 * their first day, by what everyone chose in the 60 days before T and by what their segment did.
 * Five folds; only newcomers whose segment the training holds.
 *
 *   npx tsx scripts/measure/segments.ts [--column Country] FILES
 */
import { parseArgs } from 'node:util';
import { bootstrapDifference, bootstrapMean } from '../../src/model/evaluation/bootstrap.ts';
import { holdOut } from '../../src/model/evaluation/heldOut.ts';
import { recallAt } from '../../src/model/evaluation/metrics.ts';
import { periodOf } from '../../src/model/evaluation/replay.ts';
import { assignFolds } from '../../src/model/evaluation/userFolds.ts';
import { EVERYONE_USERS } from '../../src/model/segments.ts';
import { segmentsOf } from '../../src/model/training/segmentsOf.ts';
import { seededRandom } from '../../src/model/training/seededRandom.ts';
import { itemStatistics } from '../../src/model/training/statistics.ts';
import { newcomersOf } from './newcomers.ts';
import { MODEL_OPTIONS, SEED } from './options.ts';
import { readShop } from './readShop.ts';
import { shown, shownDifference } from './shown.ts';

const { trendingDays: TRENDING_DAYS } = MODEL_OPTIONS;
const COUNT = 20;

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: { column: { type: 'string', default: 'Country' } },
});
const { interactions, segments } = await readShop(positionals, { segment: given.column });
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
  for (const { user, targets } of newcomersOf(events, fromMs)) {
    const segment = found.segments.find(({ name }) => name === segments?.[user]);
    if (!segment) continue;
    named.add(segment.name);
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
process.stdout.write(
  `${users.length} newcomers of ${[...named].sort().join(', ')}\n` +
    `trending with everyone   Recall@20 ${shown(everyone)}\n` +
    `trending in the segment  Recall@20 ${shown(own)}\n` +
    `difference               ${shownDifference(over)}\n`,
);
