/**
 * @module
 * `npm run bench -- [name …] [--json] [--max-items N]`: benchmarks in headless Chromium, beside their
 * peers, in one run. A table on standard output, or with `--json` one JSON document; progress on
 * standard error. Charts go to docs/. `--max-items` leaves out the larger cases of `rank` and
 * `compact`, and the chart, for a machine with little time.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { build } from 'vite';
import { CHROMIUM_ARGUMENTS } from '../e2e/chromium.ts';
import { alignTable } from '../scripts/alignTable.ts';
import { buildConstants } from '../scripts/buildId.ts';
import { compileKernel } from '../scripts/buildKernels.ts';
import { requireChromium } from '../scripts/requireChromium.ts';
import { compact } from './compact.ts';
import { loop } from './loop.ts';
import { describeMachine, type Machine } from './machine.ts';
import { memory } from './memory.ts';
import { page } from './page.ts';
import { rank } from './rank.ts';
import { requireDist } from './requireDist.ts';
import { serve } from './serve.ts';
import { start } from './start.ts';
import type { BenchContext, BenchResult } from './types.ts';
import { update } from './update.ts';
import { wire } from './wire.ts';

const BENCHMARKS = [rank, compact, loop, update, start, wire, memory, page];

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const {
  positionals: names,
  values: { json: asJson, 'max-items': maxItemsText },
} = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    'max-items': { type: 'string', default: 'Infinity' },
  },
});
const maxItems = Number(maxItemsText);
if (!(maxItems >= 10_000)) {
  console.error(`bench: --max-items must be at least 10000 but is ${maxItemsText}`);
  process.exit(2);
}
for (const name of names) {
  if (!BENCHMARKS.some((benchmark) => benchmark.name === name)) {
    const known = BENCHMARKS.map((benchmark) => benchmark.name).join(', ');
    console.error(`bench: name must be one of ${known} but is ${JSON.stringify(name)}`);
    process.exit(2);
  }
}
const chosen = BENCHMARKS.filter(({ name }) => names.length === 0 || names.includes(name));
const { machine, results } = await runAll();
for (const [, { charts = {} }] of results) {
  for (const [name, svg] of Object.entries(charts)) await writeFile(join('docs', name), svg);
}

if (asJson) {
  const data = Object.fromEntries(results.map(([name, result]) => [name, result.data]));
  console.log(JSON.stringify({ machine, ...data }, null, 2));
} else {
  console.log(
    Object.entries(machine)
      .map(([key, value]) => `${key}: ${value}`)
      .join('; '),
  );
  for (const [name, { title, header, rows }] of results) {
    console.log(`\n${name}: ${title}\n\n${alignTable(header, rows)}`);
  }
}

async function runAll(): Promise<{ machine: Machine; results: [string, BenchResult][] }> {
  const note = (text: string): void => console.error(text);
  await requireDist();
  const { executablePath } = requireChromium();
  const scratch = await mkdtemp(join(tmpdir(), 'sotto-bench-'));
  const pagesFolder = join(scratch, 'pages');
  const modelsFolder = join(scratch, 'models');
  await buildPages(pagesFolder);
  await compileKernel('readBytes.ts', join(pagesFolder, 'readBytes.wasm'), 'simd');
  const server = await serve({
    '/pages/': pagesFolder,
    '/models/': modelsFolder,
    '/dist/': 'dist',
    '/tfjs/': 'node_modules/@tensorflow/tfjs-backend-wasm/dist',
  });
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS });
  const context: BenchContext = {
    modelsFolder,
    maxItems,
    note,
    async newPage() {
      const page = await browser.newPage();
      page.on('pageerror', (error) => note(`page: ${error.message}`));
      await page.goto(server.origin);
      return page;
    },
  };
  try {
    const results: [string, BenchResult][] = [];
    for (const benchmark of chosen) results.push([benchmark.name, await benchmark.run(context)]);
    return { machine: describeMachine(browser.version()), results };
  } finally {
    await browser.close();
    server.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The pages' scripts, built as a site would build them. */
async function buildPages(outDir: string): Promise<void> {
  await build({
    configFile: false,
    // The built worker speaks with its own build alone.
    define: buildConstants(),
    logLevel: 'warn',
    build: {
      target: 'es2022',
      outDir,
      emptyOutDir: true,
      modulePreload: false,
      // tfjs starts its threads from the text of a function, which minifying would break.
      minify: false,
      rolldownOptions: {
        input: {
          rank: 'bench/pages/rank.ts',
          loop: 'bench/pages/loop.ts',
          start: 'bench/pages/start.ts',
          memory: 'bench/pages/memory.ts',
          page: 'bench/pages/page.ts',
          readingWorker: 'bench/pages/readingWorker.ts',
          tfjsWorker: 'bench/pages/tfjsWorker.ts',
        },
        // Entries are imported by name: what they export must stay.
        preserveEntrySignatures: 'strict',
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
    base: './',
  });
}
