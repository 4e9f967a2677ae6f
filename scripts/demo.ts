/**
 * @module
 * `npm run demo [-- --port N]`: builds what is missing, builds the demo shop, serves it as static
 * files and prints its address in one line.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, preview } from 'vite';

const FIRST_PORT = 4173;

const root = fileURLToPath(new URL('..', import.meta.url));
const configFile = fileURLToPath(new URL('../demo/vite.config.ts', import.meta.url));

const port = readPort();
buildPackage();
await build({ configFile, logLevel: 'warn' });
const server = await preview({
  configFile,
  logLevel: 'warn',
  preview: { host: '127.0.0.1', port: port ?? FIRST_PORT, strictPort: port !== null },
});
const address = server.httpServer.address();
if (address === null || typeof address === 'string') throw new Error('the server has no port');
console.log(`The demo shop is open at http://127.0.0.1:${address.port}/ (Ctrl+C closes it)`);

function readPort(): number | null {
  const { values } = parseArgs({ options: { port: { type: 'string' } } });
  if (values.port === undefined) return null;
  const wanted = Number(values.port);
  if (Number.isInteger(wanted) && wanted >= 1 && wanted <= 65_535) return wanted;
  console.error(
    `--port must be a whole number in [1, 65535] but is ${JSON.stringify(values.port)}`,
  );
  process.exit(2);
}

function buildPackage(): void {
  const needed = ['sotto.js', 'index.js', 'sotto-worker.js', 'sotto-elements.js'];
  if (needed.every((name) => existsSync(`${root}/dist/${name}`))) return;
  console.log('Building the package first …');
  const { status } = spawnSync('npm', ['run', 'build'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
