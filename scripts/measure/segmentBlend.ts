/**
 * @module
 * What the learned blend is worth to a segment's newcomers: users who first appear after T (80 % of
 * time), none of whom training can know, asked for their first day by the engine that visitors run.
 * By the segment's trend alone, by the blend with everyone's counts, and with the segment's own.
 *
 *   npx tsx scripts/measure/segmentBlend.ts [--column Country] FILES
 */
import { parseArgs } from 'node:util';
import { catalogueFor, metadataOf } from '../../cli/itemMetadata.ts';
import { createInlineTrainer } from '../../cli/inlineTrainer.ts';
import { readInteractions } from '../../cli/readers/readInteractions.ts';
import { DEFAULT_ACTION_WEIGHTS } from '../../src/events.ts';
import { encodeModel } from '../../src/model/artifact/encode.ts';
import { readBack } from '../../src/model/artifact/readBack.ts';
import { createEngine, type Engine } from '../../src/model/engine.ts';
import { bootstrapDifference, bootstrapMean } from '../../src/model/evaluation/bootstrap.ts';
import { eventsByUser } from '../../src/model/evaluation/heldOut.ts';
import { recallAt } from '../../src/model/evaluation/metrics.ts';
import { periodOf } from '../../src/model/evaluation/replay.ts';
import { subsetInteractions } from '../../src/model/evaluation/subset.ts';
import { createAlsLearner } from '../../src/model/learners/als.ts';
import { createRanker } from '../../src/model/rankers/createRanker.ts';
import { createReferenceRetrieval } from '../../src/model/retrieval/reference.ts';
import { inSegment } from '../../src/model/segments.ts';
import { seededRandom } from '../../src/model/training/seededRandom.ts';
import { segmentsOf } from '../../src/model/training/segmentsOf.ts';
import { trainModel } from '../../src/model/training/trainModel.ts';

const SEED = 1;
const DAY_MS = 86_400_000;
const TRENDING_DAYS = 60;
const RULES = { count: 20, exclude: [], filter: null, diversity: 0, explore: 0 };
const CHOICES = [
  'trending in the segment',
  'blend, with everyone',
  'blend, in the segment',
] as const;

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: { column: { type: 'string', default: 'Country' } },
});
const read = await readInteractions(positionals, {
  columns: { segment: [given.column] },
  itemPattern: /^\d{5}[A-Z]{0,2}$/,
  itemCase: 'upper',
  dropOrder: 'auto',
  minUserEvents: 1,
  minItemEvents: 1,
  actionWeights: DEFAULT_ACTION_WEIGHTS,
  details: 'found',
});
const { interactions, segments } = read;
const { timestamps } = interactions;
if (!timestamps) throw new Error('the events have no times');
const { fromMs } = periodOf(interactions, 0.8, 'test');
const before = Int32Array.from(timestamps.keys()).filter((row) => timestamps[row] < fromMs);
const training = subsetInteractions(interactions, before);
const { trained, parts } = await trainModel(
  training,
  catalogueFor({ interactions, metadata: metadataOf(read) }),
  {
    dim: 64,
    epochs: 10,
    objective: { convention: 'ials', alpha0: 0.3, lambda: 0.003, nu: 1 },
    repeat: 'once',
    trainingHalfLifeDays: 180,
    seed: SEED,
    halfLifeDays: 90,
    trendingDays: TRENDING_DAYS,
  },
  createInlineTrainer(),
);
const segmentById = new Map(interactions.userIds.map((id, user) => [id, segments?.[user] ?? null]));
const found = segmentsOf(
  given.column,
  training.userIds.map((id) => segmentById.get(id) ?? null),
  training,
  trained.userFactors,
  trained.prior,
  TRENDING_DAYS,
);
const createdAt = new Date(0).toISOString();
const model = await readBack(await encodeModel({ ...parts, segments: found, createdAt }));

function engineOf(segment: string | null, blended: boolean): Engine {
  const { blend, ...plain } = model.manifest;
  const seen = inSegment(
    { ...model, manifest: { ...plain, ...(blended && blend && { blend }) } },
    segment,
  );
  return createEngine(seen, {
    learner: createAlsLearner(),
    retrieval: createReferenceRetrieval(seen.factors),
    ranker: createRanker(seen),
    halfLifeDays: 90,
    random: () => 0.5,
  });
}

const metric = recallAt(RULES.count);
const users: number[] = [];
const values = CHOICES.map((): number[] => []);
const everyRow = [...interactions.users.keys()];
for (const [user, events] of eventsByUser(interactions, everyRow, training.itemIds)) {
  const segment = segments?.[user];
  const [{ timestamp: nowMs }] = events;
  if (segment == null || nowMs < fromMs || !model.segments?.byName.has(segment)) continue;
  const day = Math.floor(nowMs / DAY_MS);
  const first = events.filter(({ timestamp }) => Math.floor(timestamp / DAY_MS) === day);
  const rows = first.map(({ item }) => model.rowOf.get(training.itemIds[item]) ?? -1);
  const targets = Int32Array.from(new Set(rows)).sort();
  users.push(user);
  for (const [choice, engine] of [
    engineOf(segment, false),
    engineOf(null, true),
    engineOf(segment, true),
  ].entries()) {
    const list = await engine.recommend(await engine.learn([], nowMs), RULES);
    values[choice].push(
      metric.of(
        list.map(({ row }) => row),
        targets,
      ),
    );
  }
}
const shown = ({ mean, low, high }: ReturnType<typeof bootstrapMean>): string =>
  `${mean.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]`;
process.stdout.write(
  `${users.length} newcomers of ${found.segments.map(({ name }) => name).join(', ')}\n`,
);
for (const [choice, name] of CHOICES.entries()) {
  const own = bootstrapMean(users, values[choice], seededRandom(SEED));
  const over = bootstrapDifference(users, values[choice], values[0], seededRandom(SEED));
  process.stdout.write(
    `${name.padEnd(24)} Recall@20 ${shown(own)}  minus the first ${shown(over)}\n`,
  );
}
