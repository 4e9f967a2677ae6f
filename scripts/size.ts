/**
 * @module
 * The bytes each entry costs a visitor, minified and brotli-compressed, against its budget; and
 * that no page bundle holds code of the model, of the worker or of tfjs, and the worker starts from
 * one file. Exit status 1 when one of them fails. `--json`: one JSON document on standard output.
 * `--without`: instead, what page and worker would shrink by without each group of their modules.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { alignTable } from './alignTable.ts';
import { brotliBytes, bundle, textOf } from './bundle.ts';
import { buildKernels, readKernels } from './buildKernels.ts';
import { chunkTitle, loadedAtStart, strangersInPage } from './bundleRules.ts';
import { sizeWithout } from './sizeWithout.ts';

const PAGE_BUDGET_BYTES = 6_000;
/** With the part that every page loads beside it. */
const WHOLE_PAGE_BUDGET_BYTES = 8_330;
const ELEMENTS_BUDGET_BYTES = 5_000;
const WORKER_BUDGET_BYTES = 18_000;

interface SizeRow {
  entry: string;
  minifiedBytes: number;
  brotliBytes: number;
  /** Of `brotliBytes`; null: none is set. */
  budgetBytes: number | null;
}

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

if (process.argv.includes('--without')) await printCosts();
else await printSizes();

async function printSizes(): Promise<void> {
  const page = await bundle('script');
  // The site's own build minifies it.
  const npmEntry = await bundle('npm', {
    minify: true,
    rolldownOptions: { output: { minify: true } },
  });
  const parts = await bundle('parts');
  const elements = await bundle('elements');
  const worker = await bundle('worker');
  await buildKernels();
  const kernels = await readKernels();
  const atStart = loadedAtStart(worker);
  const rows: SizeRow[] = [
    row('page script', page.map(textOf), PAGE_BUDGET_BYTES),
    row(
      '  with its second half',
      [...page, ...parts.filter(({ fileName }) => fileName.endsWith('/page-answers.js'))].map(
        textOf,
      ),
      WHOLE_PAGE_BUDGET_BYTES,
    ),
    row('npm entry', loadedAtStart(npmEntry).map(textOf)),
    ...parts.map((chunk) => row(`page, on demand: ${chunkTitle(chunk)}`, [textOf(chunk)])),
    row('elements', elements.map(textOf), ELEMENTS_BUDGET_BYTES),
    row('worker with WASM', [...atStart.map(textOf), kernels], WORKER_BUDGET_BYTES),
    row('  of it sotto-kernels.wasm', [kernels]),
    ...worker
      .filter((chunk) => !atStart.includes(chunk))
      .map((chunk) => row(`on demand: ${chunkTitle(chunk)}`, [textOf(chunk)])),
    row('on demand: tfjs-backend-wasm-simd.wasm', [
      await readFile('node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm'),
    ]),
  ];
  const failures = [
    ...rows
      .filter(({ brotliBytes, budgetBytes }) => budgetBytes !== null && brotliBytes > budgetBytes)
      .map(
        ({ entry, brotliBytes, budgetBytes }) =>
          `${entry} must be at most ${budgetBytes} bytes but is ${brotliBytes}`,
      ),
    // A second file would be asked for only once the first is read: a round trip more at each start.
    ...atStart
      .filter(({ isEntry }) => !isEntry)
      .map((chunk) => `worker must be one file at its start but needs ${chunkTitle(chunk)}`),
    ...parts
      .filter(({ isEntry, imports }) => !isEntry || imports.length > 0)
      .map((chunk) => `each part of the page must be one file but ${chunkTitle(chunk)} is not`),
    ...strangersInPage([...page, ...parts]).map((id) => `page script must not hold ${id}`),
    ...strangersInPage(elements).map((id) => `elements must not hold ${id}`),
    ...strangersInPage(npmEntry).map((id) => `npm entry must not hold ${id}`),
  ];

  if (process.argv.includes('--json')) {
    console.log(JSON.stringify({ rows, failures }, null, 2));
  } else {
    console.log(
      alignTable(
        ['entry', 'minified', 'brotli', 'budget'],
        rows.map(({ entry, minifiedBytes, brotliBytes, budgetBytes }) => [
          entry,
          digits(minifiedBytes),
          digits(brotliBytes),
          digits(budgetBytes),
        ]),
      ),
    );
  }
  for (const failure of failures) console.error(`size: ${failure}`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}

async function printCosts(): Promise<void> {
  const costs = await sizeWithout();
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify({ costs }, null, 2));
    return;
  }
  const rows = costs.map(({ file, group, brotliBytes }) => [file, group, digits(brotliBytes)]);
  console.log(alignTable(['of', 'without', 'brotli less'], rows));
}

function digits(bytes: number | null): string {
  return bytes?.toLocaleString('en-GB') ?? '';
}

function row(
  entry: string,
  files: readonly Uint8Array[],
  budgetBytes: number | null = null,
): SizeRow {
  return {
    entry,
    minifiedBytes: files.reduce((sum, file) => sum + file.byteLength, 0),
    brotliBytes: brotliBytes(files),
    budgetBytes,
  };
}
