/**
 * @module
 * `npm run parity`: the parity tests with the libraries themselves, which it installs for them into a
 * Python environment under node_modules/.cache. Minutes the first time.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    ...['run', '--project', 'node', '--reporter', 'verbose', 'scripts/parity'],
  ],
  {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: 'inherit',
    env: { ...process.env, SOTTO_PARITY: '1' },
  },
);
process.exitCode = status ?? 1;
