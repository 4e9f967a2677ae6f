/**
 * @module
 * Benchmarks measure what is shipped: dist/, built first where it is missing or out of date.
 */
import { spawnSync } from 'node:child_process';
import { isStale } from '../scripts/staleness.ts';

const OUTPUTS = ['index.js', 'sotto.js', 'sotto-worker.js', 'sotto-kernels-compact.wasm'].map(
  (name) => `dist/${name}`,
);
const STEPS = ['kernels', 'npm', 'script', 'parts', 'worker', 'tfjs'];
const SOURCES = ['src', 'vite.config.ts', 'scripts/build.ts'];

/** @throws {Error} when the build fails. */
export async function requireDist(): Promise<void> {
  if (!(await isStale(OUTPUTS, SOURCES))) return;
  console.error('dist/ is out of date: building it');
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/tsx/dist/cli.mjs', 'scripts/build.ts', ...STEPS],
    { stdio: ['ignore', process.stderr, 'inherit'] },
  );
  if (status !== 0) throw new Error('dist/ must build before it can be measured');
}
