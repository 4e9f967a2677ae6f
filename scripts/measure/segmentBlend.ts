/**
 * @module
 * What the learned blend is worth to a segment's newcomers: users who first appear after a moment
 * (--until, the share of events before it), none of whom training can know, asked for their first day
 * by the engine that visitors run. By the segment's trend alone, by the blend with everyone's counts,
 * and with the segment's own. Of several moments, each newcomer is asked of the last model before.
 *
 *   npx tsx scripts/measure/segmentBlend.ts [--column Country] [--until 0.6,0.7,0.8,0.9] FILES
 */
import { parseArgs } from 'node:util';
import { createInlineTrainer } from '../../cli/inlineTrainer.ts';
import { encodeModel } from '../../src/model/artifact/encode.ts';
import { readBack } from '../../src/model/artifact/readBack.ts';
import { createEngine, type Engine } from '../../src/model/engine.ts';
import { bootstrapDifference, bootstrapMean } from '../../src/model/evaluation/bootstrap.ts';
import { eventsByUser } from '../../src/model/evaluation/heldOut.ts';
import { recallAt } from '../../src/model/evaluation/metrics.ts';
import { periodOf } from '../../src/model/evaluation/replay.ts';
import { subsetInteractions } from '../../src/model/evaluation/subset.ts';
import type { Interactions } from '../../src/model/interactions.ts';
import { createAlsLearner } from '../../src/model/learners/als.ts';
import type { Model } from '../../src/model/model.ts';
import { createRanker } from '../../src/model/rankers/createRanker.ts';
import { createReferenceRetrieval } from '../../src/model/retrieval/reference.ts';
import { inSegment } from '../../src/model/segments.ts';
import { seededRandom } from '../../src/model/training/seededRandom.ts';
import { segmentsOf } from '../../src/model/training/segmentsOf.ts';
import { trainModel } from '../../src/model/training/trainModel.ts';
import { newcomersOf } from './newcomers.ts';
import { MODEL_OPTIONS, SEED } from './options.ts';
import { readShop } from './readShop.ts';
import { shown, shownDifference } from './shown.ts';

const RULES = { count: 20, exclude: [], filter: null, diversity: 0, explore: 0 };
const CHOICES = [
  'trending in the segment',
  'blend, with everyone',
  'blend, in the segment',
] as const;

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    column: { type: 'string', default: 'Country' },
    until: { type: 'string', default: '0.8' },
  },
});
const { interactions, segments, catalogueOf } = await readShop(positionals, {
  segment: given.column,
});
const { timestamps } = interactions;
if (!timestamps) throw new Error('the events have no times');
const segmentById = new Map(interactions.userIds.map((id, user) => [id, segments?.[user] ?? null]));

/** Of the events before a moment. */
async function modelBefore(fromMs: number): Promise<{ model: Model; training: Interactions }> {
  const before = Int32Array.from(timestamps!.keys()).filter((row) => timestamps![row] < fromMs);
  const training = subsetInteractions(interactions, before);
  const trainer = createInlineTrainer();
  const { trained, parts } = await trainModel(training, catalogueOf, MODEL_OPTIONS, trainer);
  const found = segmentsOf(
    given.column,
    training.userIds.map((id) => segmentById.get(id) ?? null),
    training,
    trained.userFactors,
    trained.prior,
    MODEL_OPTIONS.trendingDays,
  );
  const createdAt = new Date(0).toISOString();
  const model = await readBack(await encodeModel({ ...parts, segments: found, createdAt }));
  return { model, training };
}

function engineOf(model: Model, segment: string | null, blended: boolean): Engine {
  const { blend, ...plain } = model.manifest;
  const seen = inSegment(
    { ...model, manifest: { ...plain, ...(blended && blend && { blend }) } },
    segment,
  );
  return createEngine(seen, {
    learner: createAlsLearner(),
    retrieval: createReferenceRetrieval(seen.factors),
    ranker: createRanker(seen),
    halfLifeDays: MODEL_OPTIONS.halfLifeDays,
    random: () => 0.5,
  });
}

const metric = recallAt(RULES.count);
const users: number[] = [];
const values = CHOICES.map((): number[] => []);
const named = new Set<string>();
const cutsMs = given.until
  .split(',')
  .map((share) => periodOf(interactions, Number(share), 'test').fromMs);
for (const [index, fromMs] of cutsMs.entries()) {
  const { model, training } = await modelBefore(fromMs);
  const everyRow = [...interactions.users.keys()];
  const events = eventsByUser(interactions, everyRow, training.itemIds);
  for (const { user, nowMs, targets } of newcomersOf(events, fromMs)) {
    const segment = segments?.[user];
    // Later newcomers are asked of a later model.
    if (nowMs >= (cutsMs[index + 1] ?? Infinity)) continue;
    if (segment == null || !model.segments?.byName.has(segment)) continue;
    named.add(segment);
    users.push(user);
    for (const [choice, engine] of [
      engineOf(model, segment, false),
      engineOf(model, null, true),
      engineOf(model, segment, true),
    ].entries()) {
      const list = await engine.recommend(await engine.learn([], nowMs), RULES);
      const rows = list.map(({ row }) => row);
      const wanted = Array.from(targets, (item) => model.rowOf.get(training.itemIds[item]) ?? -1);
      values[choice].push(metric.of(rows, Int32Array.from(wanted).sort()));
    }
  }
  process.stderr.write(`${new Date(fromMs).toISOString()}: ${users.length} newcomers so far\n`);
}
process.stdout.write(`${users.length} newcomers of ${[...named].sort().join(', ')}\n`);
for (const [choice, name] of CHOICES.entries()) {
  const own = bootstrapMean(users, values[choice], seededRandom(SEED));
  const over = bootstrapDifference(users, values[choice], values[0], seededRandom(SEED));
  process.stdout.write(
    `${name.padEnd(24)} Recall@20 ${shown(own)}  minus the first ${shownDifference(over)}\n`,
  );
}
