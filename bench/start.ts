/**
 * @module
 * `start`: a warm start, the model kept from an earlier visit: from a new worker to its first list,
 * and until the whole model serves, at 100,000 items.
 *
 * Beside it, in turns and in workers of the same kind: reading the same bytes, every file of the
 * model, from the Cache API and answering one empty call; with the time that the worker itself
 * takes to start, and without. And the same bytes from IndexedDB, which is why the Cache API is
 * used. Nothing is decoded or hashed there.
 */
import { join } from 'node:path';
import { writeCatalogue } from './catalogue.ts';
import type { StartAnswer, StartRequest } from './pages/start.ts';
import { runInPage } from './runInPage.ts';
import { summarise } from './statistics.ts';
import type { Benchmark } from './types.ts';

const ITEMS = 100_000;
const ROUNDS = 24;

export const start: Benchmark = {
  name: 'start',
  async run({ modelsFolder, newPage, note }) {
    note(`start: ${ITEMS} items`);
    const name = `start-${ITEMS}`;
    await writeCatalogue(join(modelsFolder, name), { items: ITEMS, norms: 'real' });
    const page = await newPage();
    const { timesMs, modelBytes } = await runInPage<StartRequest, StartAnswer>(page, 'start', {
      manifestUrl: `/models/${name}/manifest.json`,
      rounds: ROUNDS,
    });
    await page.close();
    const base = summarise(timesMs['cache, new worker']).medianMs;
    const running = summarise(timesMs['cache, running worker']).medianMs;
    const data = Object.entries(timesMs).map(([what, valuesMs]) => {
      const timing = summarise(valuesMs);
      return {
        what,
        ...timing,
        ratio: timing.medianMs / base,
        ratioToRunning: timing.medianMs / running,
      };
    });
    return {
      title:
        `Warm start at ${ITEMS.toLocaleString('en-GB')} items, ${(modelBytes / 1e6).toFixed(1)} MB kept; ` +
        `ms, ${ROUNDS} rounds, in turns. Ratios: to reading the same bytes and one empty call.`,
      header: ['', 'median', '95 %', 'to a new worker', 'to a running one'],
      rows: data.map(({ what, medianMs, percentile95Ms, ratio, ratioToRunning }) => [
        what,
        medianMs.toFixed(1),
        percentile95Ms.toFixed(1),
        ratio.toFixed(2),
        ratioToRunning.toFixed(2),
      ]),
      data: { modelBytes, rows: data },
    };
  },
};
