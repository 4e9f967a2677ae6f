/**
 * @module
 * `npm test`: types, lint, sizes, unit tests, parity with the libraries compared with (installed where
 * there is a Python; `SOTTO_PARITY=0` leaves them out), end-to-end tests in a real browser, and the
 * visits of e2e/engines in every engine that is there, one after the other, all of them even when one
 * fails.
 * Its last line is `N passed, N failed`; types, lint and sizes count one each.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireChromium } from './requireChromium.ts';
import { findEngines } from '../e2e/engines/findEngines.ts';
import { isStale } from './staleness.ts';
import {
  addUp,
  countPlaywright,
  countVitest,
  lastLine,
  oneStep,
  settle,
  type Counts,
} from './testReports.ts';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const OUTPUTS = [
  'dist/index.js',
  'dist/sotto.js',
  'dist/sotto-worker.js',
  'dist/sotto-elements.js',
  'dist/decode-reports.js',
  'dist/sotto-kernels-compact.wasm',
  'dist/cli/main.js',
  // The demo imports the package by its name: checking its types needs these.
  'dist/types/src/index.d.ts',
];
const SOURCES = ['src', 'cli', 'vite.config.ts', 'package.json', 'scripts/build.ts'];

const results: Counts[] = [];
const reports = await mkdtemp(join(tmpdir(), 'sotto-test-'));
try {
  const { executablePath, origin } = requireChromium();
  console.error(`chromium: ${executablePath} (${origin})`);
  process.env['SOTTO_CHROMIUM'] = executablePath;
  if (await isStale(OUTPUTS, SOURCES)) {
    // Only a failure counts: building is not a test.
    if (run('build', ['node_modules/tsx/dist/cli.mjs', 'scripts/build.ts']) !== 0) {
      results.push(oneStep(false));
    }
  }
  results.push(oneStep(run('types', ['node_modules/typescript/bin/tsc', '--noEmit']) === 0));
  results.push(
    oneStep(
      run('lint', ['node_modules/eslint/bin/eslint.js', '.']) === 0 &&
        run('format', [
          'node_modules/prettier/bin/prettier.cjs',
          ...['--check', '--log-level', 'warn', '.'],
        ]) === 0,
    ),
  );
  results.push(oneStep(run('size', ['node_modules/tsx/dist/cli.mjs', 'scripts/size.ts']) === 0));

  const unitReport = join(reports, 'unit.json');
  const unitStatus = run('unit tests', [
    'node_modules/vitest/vitest.mjs',
    ...['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
  ]);
  results.push(settle(await read(unitReport, countVitest), unitStatus));

  // By itself: Spark would take the processor from tests that wait for a browser.
  const parityReport = join(reports, 'parity.json');
  const parityStatus = run(
    'parity with the libraries',
    [
      'node_modules/vitest/vitest.mjs',
      ...['run', '--project', 'node', 'scripts/parity/live.test.ts'],
      ...['--reporter=verbose', '--reporter=json', `--outputFile.json=${parityReport}`],
    ],
    { SOTTO_PARITY: process.env['SOTTO_PARITY'] ?? 'where-possible' },
  );
  results.push(settle(await read(parityReport, countVitest), parityStatus, true));

  const endToEndReport = join(reports, 'e2e.json');
  const endToEndStatus = run(
    'end-to-end tests',
    [
      'node_modules/playwright/cli.js',
      ...['test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json'],
    ],
    { PLAYWRIGHT_JSON_OUTPUT_NAME: endToEndReport },
  );
  results.push(settle(await read(endToEndReport, countPlaywright), endToEndStatus));

  const enginesReport = join(reports, 'engines.json');
  for (const { name, start, missing } of findEngines()) {
    console.error(start ? `engine: ${name}` : `engine: ${name} is skipped: ${missing}`);
  }
  const enginesStatus = run('engines', [
    'node_modules/vitest/vitest.mjs',
    ...['run', '--config', 'e2e/engines/vitest.config.ts'],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${enginesReport}`],
  ]);
  results.push(settle(await read(enginesReport, countVitest), enginesStatus));
} catch (thrown) {
  console.error(`test: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  results.push(oneStep(false));
} finally {
  await rm(reports, { recursive: true, force: true });
}
const sum = addUp(results);
console.log(lastLine(sum));
process.exitCode = sum.failed > 0 ? 1 : 0;

/** Runs a Node program in the foreground. @returns its exit status; null when it was killed. */
function run(
  title: string,
  nodeArguments: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): number | null {
  console.log(`\n── ${title}`);
  const { status } = spawnSync(process.execPath, nodeArguments, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
  });
  console.log(`── ${title}: ${status === 0 ? 'passed' : 'failed'}`);
  return status;
}

async function read<Report>(
  path: string,
  count: (report: Report) => Counts,
): Promise<Counts | null> {
  try {
    return count(JSON.parse(await readFile(path, 'utf8')) as Report);
  } catch (thrown) {
    console.error(`test: ${path} must be a report but cannot be read: ${String(thrown)}`);
    return null;
  }
}
