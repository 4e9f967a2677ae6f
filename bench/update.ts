/**
 * @module
 * `update`: what an event costs. The visitor learned anew and 100,000 items ranked again, over the
 * ranking alone, in Node with the code and the kernel that visitors run: the shape of the demo's
 * model (learned blend, neighbours, seasons), its catalogue grown. No page, no log: that is `loop`.
 */
import { loadRankingKernels } from '../cli/rankingKernels.ts';
import { DEFAULT_ACTION_WEIGHTS, type PreferenceRecord } from '../src/events.ts';
import { MONTH_NAMES } from '../src/model/artifact/decodeStatistics.ts';
import { encodeModel } from '../src/model/artifact/encode.ts';
import { readBack } from '../src/model/artifact/readBack.ts';
import { createEngine } from '../src/model/engine.ts';
import { createAlsLearner } from '../src/model/learners/als.ts';
import type { Model } from '../src/model/model.ts';
import { countEvent, emptyPreference } from '../src/model/preferences.ts';
import { createRanker } from '../src/model/rankers/createRanker.ts';
import { createRetrieval } from '../src/model/retrieval/createRetrieval.ts';
import { seededRandom } from '../src/model/training/seededRandom.ts';
import { growCatalogue } from './catalogue.ts';
import { summarise } from './statistics.ts';
import type { Benchmark } from './types.ts';

const ITEMS = 100_000;
const NEIGHBOURS = 26;
const COUNT = 12;
const HISTORIES = [1, 10, 100, 1000];
const ROUNDS = 60;
const WARM_UP_ROUNDS = 10;
const NOW_MS = Date.UTC(2026, 0, 2);
const DAY_MS = 86_400_000;
const RULES = { count: COUNT, exclude: [], filter: null, diversity: 0, explore: 0 };

export const update: Benchmark = {
  name: 'update',
  async run({ note }) {
    note(`update: ${ITEMS} items`);
    const model = await grownModel();
    const { manifest, factors } = model;
    const { rows, dim, stride, blockRows } = factors;
    const kernel = loadRankingKernels()?.int8 ?? null;
    const memory = await createRetrieval(kernel, { rows, dim, stride, blockRows, kind: 'int8' });
    memory.target.set(factors.values);
    const placed = { ...model, factors: { ...factors, values: memory.target } };
    const rules = { actionWeights: DEFAULT_ACTION_WEIGHTS, halfLifeDays: manifest.halfLifeDays };
    const engine = createEngine(placed, {
      learner: createAlsLearner(),
      retrieval: await memory.open(placed),
      ranker: createRanker(placed),
      halfLifeDays: rules.halfLifeDays,
      random: () => 0.5,
    });
    const data = [];
    for (const items of HISTORIES) {
      const records = new Map<string, PreferenceRecord>();
      let told = 0;
      const tell = (): void => {
        const itemId = model.ids[(Math.imul((told % items) + 1, 2_654_435_761) >>> 0) % ITEMS];
        const timestamp = NOW_MS - Math.max(items - told, 0) * 0.1 * DAY_MS;
        const event = { id: `${told++}`, itemId, action: 'click', timestamp, sessionId: 's' };
        records.set(
          itemId,
          countEvent(records.get(itemId) ?? emptyPreference(itemId), event, rules),
        );
      };
      while (told < items) tell();
      let visitor = await engine.learn(records.values(), NOW_MS);
      const timesMs = { ranking: [] as number[], both: [] as number[] };
      for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
        let startedMs = performance.now();
        await engine.recommend(visitor, RULES);
        const rankingMs = performance.now() - startedMs;
        startedMs = performance.now();
        tell();
        visitor = await engine.learn(records.values(), NOW_MS);
        await engine.recommend(visitor, RULES);
        if (round < 0) continue;
        timesMs.ranking.push(rankingMs);
        timesMs.both.push(performance.now() - startedMs);
      }
      const [ranking, both] = [summarise(timesMs.ranking), summarise(timesMs.both)];
      data.push({ items, ranking, both, ratio: both.medianMs / ranking.medianMs });
    }
    return {
      title:
        `An event learned and ${ITEMS.toLocaleString('en-GB')} items ranked again, over ranking ` +
        `alone; ms, medians of ${ROUNDS} rounds, in turns; ${kernel ? 'WASM' : 'plain'} kernel.`,
      header: ['items chosen so far', 'ranking alone', 'event and ranking', 'ratio'],
      rows: data.map(({ items, ranking, both, ratio }) => [
        String(items),
        ranking.medianMs.toFixed(2),
        both.medianMs.toFixed(2),
        ratio.toFixed(2),
      ]),
      data,
    };
  },
};

async function grownModel(): Promise<Model> {
  const random = seededRandom(1);
  const { manifest, factors, prior } = await growCatalogue({ items: ITEMS, norms: 'real' });
  const counts = (most: number): number[] =>
    Array.from({ length: ITEMS }, () => Math.floor(most * random() ** 4));
  const { blend } = manifest;
  if (!blend) throw new Error('demo/model has no blend: npm run demo:model');
  const rows = Array.from({ length: ITEMS }, () => {
    const others = new Set<number>();
    while (others.size < NEIGHBOURS) others.add(Math.floor(random() * ITEMS));
    return [...others].sort((left, right) => left - right);
  }).flat();
  return readBack(
    await encodeModel({
      ids: Array.from({ length: ITEMS }, (_, row) => `item-${row}`),
      dim: manifest.dim,
      factors,
      prior,
      objective: manifest.objective,
      halfLifeDays: manifest.halfLifeDays,
      trendingDays: manifest.trendingDays,
      statistics: {
        popularity: counts(1000),
        trending: counts(300),
        recent30: counts(150),
        recent10: counts(50),
        ageDays: counts(700),
        ...Object.fromEntries(MONTH_NAMES.map((name) => [name, counts(100)])),
      },
      neighbours: {
        starts: Uint32Array.from({ length: ITEMS + 1 }, (_, item) => item * NEIGHBOURS),
        rows: Int32Array.from(rows),
        weights: Float32Array.from(rows, () => 0.01 + 0.2 * random()),
      },
      blend,
      catalogue: {
        title: Array.from(
          { length: ITEMS },
          (_, row) => `Item number ${row % 1000} of ${row % 77}`,
        ),
        price: Array.from({ length: ITEMS }, () => 1 + 20 * random()),
      },
      createdAt: '2026-01-01T00:00:00.000Z',
    }),
  );
}
