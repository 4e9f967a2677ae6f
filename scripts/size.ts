/**
 * @module
 * The bytes each entry costs a visitor, minified and brotli-compressed, against its budget; and
 * that no page bundle holds code of the model, of the worker or of tfjs, and the worker starts from
 * one file. Exit status 1 when one of them fails. `--json`: one JSON document on standard output.
 *
 * Bundles are made in memory, with the settings of `vite.config.ts`, so that the answer is never
 * that of an old dist/.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build, type BuildOptions, type Rolldown } from 'vite';
import { alignTable } from './alignTable.ts';
import { buildKernels, readKernels } from './buildKernels.ts';
import { chunkTitle, loadedAtStart, strangersInPage, type BundleChunk } from './bundleRules.ts';

const PAGE_BUDGET_BYTES = 6_000;
/** With the part that every page loads beside it. */
const WHOLE_PAGE_BUDGET_BYTES = 8_970;
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
    [...page, ...parts.filter(({ fileName }) => fileName.endsWith('/page-secondHalf.js'))].map(
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
  const digits = (bytes: number | null): string => bytes?.toLocaleString('en-GB') ?? '';
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

/** @param settings - over those of `vite.config.ts`. */
async function bundle(mode: string, settings: BuildOptions = {}): Promise<BundleChunk[]> {
  const result = await build({ mode, logLevel: 'warn', build: { write: false, ...settings } });
  // One per output format; each mode has one.
  const [{ output }] = [result].flat() as [Rolldown.RolldownOutput];
  return output.flatMap((part) =>
    part.type === 'chunk'
      ? {
          ...part,
          // A part's copy of a module is that module.
          moduleIds: part.moduleIds
            .filter((id) => (part.modules[id]?.renderedLength ?? 0) > 0)
            .map((id) => id.replace(/\?part=.*/, '')),
        }
      : [],
  );
}

function textOf({ code }: BundleChunk): Uint8Array {
  return new TextEncoder().encode(code);
}

function row(
  entry: string,
  files: readonly Uint8Array[],
  budgetBytes: number | null = null,
): SizeRow {
  const sum = (sizes: number[]): number => sizes.reduce((total, size) => total + size, 0);
  return {
    entry,
    minifiedBytes: sum(files.map((file) => file.byteLength)),
    brotliBytes: sum(files.map((file) => brotliCompressSync(file).byteLength)),
    budgetBytes,
  };
}
