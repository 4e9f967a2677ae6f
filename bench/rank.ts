/**
 * @module
 * `rank`: the 50 items with the largest inner product, d = 64, from the visitor's embedding to the
 * list of rows in hand; 10,000, 100,000 and 1,000,000 items, with the norms of a real model and, as
 * the hard case, with equal ones. Factors: see `catalogue.ts`.
 *
 * Everyone has one thread. In one page take turns: the package's WASM kernel, its compact one from
 * 100,000 items on, its TypeScript reference, WebGPU where there is a GPU, tfjs-wasm at its best, a
 * plain loop over a Float32Array with a heap, and with equal norms, where a scan must read all of
 * them, a kernel that reads as many bytes as the first and does nothing else; and between the page's turns, in this process, native USearch. Who
 * shares too little of the exact float32 list fails.
 */
import { join } from 'node:path';
import type { CatalogueShape } from './catalogue.ts';
import type { PrepareAnswer, PrepareRequest, RoundsAnswer, RoundsRequest } from './pages/rank.ts';
import { growRankCase, writeRankCase, type RankCase } from './rankCase.ts';
import { COMPACT, OWN, presentRanks, type RankRow } from './rankTable.ts';
import { runInPage } from './runInPage.ts';
import { summarise } from './statistics.ts';
import type { BenchContext, Benchmark } from './types.ts';
import { openUsearch, USEARCH, type NativePeer } from './usearch.ts';
import { wireBytes } from './wireBytes.ts';

const K = 50;
/** Less would be a mistake, not a matter of precision; the compact kind may lose more. */
const LEAST_OVERLAP = 0.9;
const LEAST_COMPACT_OVERLAP = 0.8;
/** Page and native peer alternate this often, so that a busy spell of the machine meets both. */
const TURNS = 8;
const WARM_UP_ROUNDS = 4;

/** Rounds a turn, by items. */
const CASES: readonly (CatalogueShape & { rounds: number })[] = [
  { items: 10_000, rounds: 40 },
  { items: 100_000, rounds: 12 },
  { items: 1_000_000, rounds: 4 },
].flatMap(({ items, rounds }) => [
  { items, norms: 'real' as const, rounds },
  { items, norms: 'equal' as const, rounds },
]);

export const rank: Benchmark = {
  name: 'rank',
  async run(context) {
    const rows: RankRow[] = [];
    const skipped: Record<string, string> = {};
    const cases = CASES.filter(({ items }) => items <= context.maxItems);
    for (const shape of cases) rows.push(...(await runCase(context, shape, skipped)));
    for (const [name, reason] of Object.entries(skipped)) {
      context.note(`rank: without ${name}: ${reason}`);
    }
    const result = presentRanks(rows, skipped, K);
    // The chart in docs/ is of all sizes.
    return cases.length === CASES.length ? result : { ...result, charts: {} };
  },
};

async function runCase(
  context: BenchContext,
  { rounds, ...shape }: CatalogueShape & { rounds: number },
  skipped: Record<string, string>,
): Promise<RankRow[]> {
  const name = `rank-${shape.norms}-${shape.items}`;
  context.note(`rank: ${shape.items} items, ${shape.norms} norms`);
  const made = await growRankCase(shape);
  await writeRankCase(join(context.modelsFolder, name), made);
  const page = await context.newPage();
  const prepared = await runInPage<PrepareRequest, PrepareAnswer>(
    page,
    'rank',
    { url: `/models/${name}/`, queries: made.queries.map((query) => Array.from(query)), k: K },
    'prepare',
  );
  Object.assign(skipped, prepared.skipped);
  const native = await openUsearch(made, K);
  if (typeof native === 'string') skipped[USEARCH] = native;
  const { timesMs, overlaps } = await takeTurns(rounds, [
    ({ from, rounds }) => runInPage<RoundsRequest, RoundsAnswer>(page, 'rank', { from, rounds }),
    ...(typeof native === 'string' ? [] : [askNative(native, made, prepared.expected)]),
  ]);
  await page.close();
  const bytesOf = new Map([[OWN, wireBytes(made.factors.values, made.dim, false)]]);
  if (made.compact) bytesOf.set(COMPACT, wireBytes(made.compact.factors.values, made.dim, true));

  return [...timesMs].map(([contender, valuesMs]) => {
    const shares = overlaps.get(contender)!;
    const overlap =
      shares.length === 0 ? null : shares.reduce((sum, share) => sum + share, 0) / shares.length;
    const least = contender === COMPACT ? LEAST_COMPACT_OVERLAP : LEAST_OVERLAP;
    if (overlap !== null && overlap < least) {
      throw new Error(`${contender} must find ${least} of the list but found ${overlap}`);
    }
    const bytes = bytesOf.get(contender) ?? null;
    return { ...shape, contender, overlap, bytes, ...summarise(valuesMs) };
  });
}

type Turn = (request: RoundsRequest) => RoundsAnswer | Promise<RoundsAnswer>;

async function takeTurns(rounds: number, sides: readonly Turn[]) {
  const timesMs = new Map<string, number[]>();
  const overlaps = new Map<string, number[]>();
  const collect = (all: Map<string, number[]>, some: Record<string, number[]>) => {
    for (const [name, values] of Object.entries(some)) {
      all.set(name, (all.get(name) ?? []).concat(values));
    }
  };
  for (const side of sides) await side({ from: 0, rounds: WARM_UP_ROUNDS });
  for (let turn = 0; turn < TURNS; turn++) {
    for (const side of sides) {
      const answer = await side({ from: turn * rounds, rounds });
      collect(timesMs, answer.timesMs);
      collect(overlaps, answer.overlaps);
    }
  }
  return { timesMs, overlaps };
}

function askNative(native: NativePeer, { queries }: RankCase, expected: number[][]): Turn {
  const floats = queries.map((query) => Float32Array.from(query));
  return ({ from, rounds }) => {
    const timesMs: number[] = [];
    const overlaps: number[] = [];
    for (let round = from; round < from + rounds; round++) {
      const query = round % queries.length;
      const { rows, ms } = native.ask(floats[query]);
      timesMs.push(ms);
      overlaps.push(rows.filter((row) => expected[query].includes(row)).length / rows.length);
    }
    return { timesMs: { [USEARCH]: timesMs }, overlaps: { [USEARCH]: overlaps } };
  };
}
