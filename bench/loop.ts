/**
 * @module
 * `loop`: from `track()` to the `update` event, and on to the resolved list, with 100,000 items and
 * the package as it is shipped: page, worker, event log in IndexedDB.
 *
 * Beside it the same loop on tfjs-wasm: the event appended to a log of the same kind, read from it
 * by a worker, the embedding solved by the same code, ranked by matMul and topk, the list posted
 * back. And that loop without any log, which no page could live with, to show what the log costs.
 * Neither peer looks up metadata, filters, or tells other tabs.
 */
import { join } from 'node:path';
import { writeCatalogue } from './catalogue.ts';
import type { LoopAnswer, LoopRequest } from './pages/loop.ts';
import { runInPage } from './runInPage.ts';
import { summarise, type Timing } from './statistics.ts';
import type { Benchmark } from './types.ts';

const ITEMS = 100_000;
const COUNT = 12;
const ROUNDS = 60;

export const loop: Benchmark = {
  name: 'loop',
  async run({ modelsFolder, newPage, note }) {
    note(`loop: ${ITEMS} items`);
    const name = `loop-${ITEMS}`;
    await writeCatalogue(join(modelsFolder, name), { items: ITEMS, norms: 'real' });
    const request: LoopRequest = {
      manifestUrl: `/models/${name}/manifest.json`,
      items: ITEMS,
      count: COUNT,
      rounds: ROUNDS,
    };
    const page = await newPage();
    const answer = await runInPage<LoopRequest, LoopAnswer>(page, 'loop', request);
    await page.close();
    const ownMedianMs = summarise(answer.sottoListMs).medianMs;
    const data: (Timing & { loop: string; ratio: number })[] = [
      { loop: 'sotto, track() to update', timesMs: answer.sottoUpdateMs },
      { loop: 'sotto, track() to the new list', timesMs: answer.sottoListMs },
      { loop: 'tfjs-wasm with the same log, event to list', timesMs: answer.tfjsListMs },
      { loop: 'tfjs-wasm without a log, event to list', timesMs: answer.tfjsWithoutLogMs },
    ].map(({ loop: title, timesMs }) => {
      const timing = summarise(timesMs);
      return { loop: title, ...timing, ratio: timing.medianMs / ownMedianMs };
    });
    return {
      title: `A click until its list of ${COUNT} of ${ITEMS.toLocaleString('en-GB')} items; ms, ${ROUNDS} rounds, in turns.`,
      header: ['loop', 'median', '95 %', "times sotto's list"],
      rows: data.map(({ loop: title, medianMs, percentile95Ms, ratio }) => [
        title,
        medianMs.toFixed(2),
        percentile95Ms.toFixed(2),
        ratio.toFixed(2),
      ]),
      data,
    };
  },
};
