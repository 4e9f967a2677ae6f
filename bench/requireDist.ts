/**
 * @module
 * Benchmarks measure what is shipped: dist/, built first where it is missing or out of date.
 */
import { spawnSync } from 'node:child_process';
import { isStale } from '../scripts/staleness.ts';

const OUTPUTS = ['dist/index.js', 'dist/sotto-worker.js', 'dist/sotto-kernels.wasm'];
const SOURCES = ['src', 'vite.config.ts', 'scripts/build.ts'];

/** @throws {Error} when the build fails. */
export async function requireDist(): Promise<void> {
  if (!(await isStale(OUTPUTS, SOURCES))) return;
  console.error('dist/ is out of date: building it');
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/tsx/dist/cli.mjs', 'scripts/build.ts', 'kernels', 'npm', 'worker', 'tfjs'],
    { stdio: ['ignore', process.stderr, 'inherit'] },
  );
  if (status !== 0) throw new Error('dist/ must build before it can be measured');
}
