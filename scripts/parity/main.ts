/**
 * @module
 * `npm run parity`: the parity tests with the libraries themselves, and those of the peers, which it
 * installs them for into a Python environment under node_modules/.cache. Minutes the first time.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    // One file after the other: two must not install into one environment at once.
    ...['run', '--project', 'node', '--reporter', 'verbose', '--no-file-parallelism'],
    ...['scripts/parity', 'scripts/peers'],
  ],
  {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: 'inherit',
    env: { ...process.env, SOTTO_PARITY: '1' },
  },
);
process.exitCode = status ?? 1;
