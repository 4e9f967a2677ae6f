/**
 * @module
 * `rank`: the 50 items with the largest inner product, of 100,000 × 64 and of 10,000 × 64, from
 * the visitor's embedding to the list of rows in hand.
 *
 * Four contenders take turns in one page: the package's WASM kernel, its TypeScript reference, a
 * plain loop over a Float32Array with a heap, and tfjs-wasm at its best, with and without threads
 * of its own. Factors: see `catalogue.ts`. A contender whose list is not the right one fails.
 */
import { join } from 'node:path';
import { writeCatalogue, type CatalogueShape } from './catalogue.ts';
import type { RankAnswer, RankRequest } from './pages/rank.ts';
import { runInPage } from './runInPage.ts';
import { summarise, type Timing } from './statistics.ts';
import type { BenchContext, BenchResult, Benchmark } from './types.ts';

const K = 50;
const ROUNDS = 80;
/** Int8 factors against a 16-bit query: a tie or two at the end of the list may fall otherwise. */
const MUST_SHARE = K - 2;

const CASES: readonly CatalogueShape[] = [
  { items: 100_000, norms: 'real' },
  { items: 100_000, norms: 'equal' },
  { items: 10_000, norms: 'real' },
];

interface RankRow extends Timing, CatalogueShape {
  contender: string;
  /** Median, in medians of the WASM kernel in the same page. */
  ratio: number;
}

export const rank: Benchmark = {
  name: 'rank',
  async run(context) {
    const rows: RankRow[] = [];
    for (const shape of CASES) rows.push(...(await runCase(context, shape)));
    return present(rows);
  },
};

async function runCase(context: BenchContext, shape: CatalogueShape): Promise<RankRow[]> {
  const name = `${shape.norms}-${shape.items}`;
  context.note(`rank: ${name}`);
  await writeCatalogue(join(context.modelsFolder, name), shape);
  const rows: RankRow[] = [];
  for (const threads of [false, true]) {
    const page = await context.newPage();
    const request: RankRequest = {
      manifestUrl: `/models/${name}/manifest.json`,
      k: K,
      rounds: ROUNDS,
      threads,
    };
    const { timesMs, fewestShared } = await runInPage<RankRequest, RankAnswer>(
      page,
      'rank',
      request,
    );
    await page.close();
    for (const [contender, shared] of Object.entries(fewestShared)) {
      if (shared < MUST_SHARE) {
        throw new Error(`${contender} must find ${MUST_SHARE} of ${K} right but found ${shared}`);
      }
    }
    const [own] = Object.values(timesMs);
    const ownMedianMs = summarise(own).medianMs;
    for (const [contender, valuesMs] of Object.entries(timesMs)) {
      const isTfjs = contender.startsWith('tfjs');
      // The others do not differ between the two pages.
      if (threads && !isTfjs) continue;
      const timing = summarise(valuesMs);
      rows.push({
        ...shape,
        contender: isTfjs && threads ? `${contender}, threads` : contender,
        ...timing,
        ratio: timing.medianMs / ownMedianMs,
      });
    }
  }
  return rows;
}

function present(rows: readonly RankRow[]): BenchResult {
  return {
    title: `Top ${K} by inner product, d = 64; ms a call, ${ROUNDS} calls, in turns.`,
    header: ['contender', 'items', 'norms', 'median', '95 %', 'times the kernel'],
    rows: rows.map(({ contender, items, norms, medianMs, percentile95Ms, ratio }) => [
      contender,
      items.toLocaleString('en-GB'),
      norms,
      medianMs.toFixed(3),
      percentile95Ms.toFixed(3),
      ratio.toFixed(1),
    ]),
    data: rows,
  };
}
