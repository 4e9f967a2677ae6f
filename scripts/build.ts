/**
 * @module
 * Builds dist/: kernels, the page's and the worker's bundles, the command line, types. Names of
 * modes as arguments build only those: `npm run build -- worker` (and what must fit to it).
 */
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { buildKernels } from './buildKernels.ts';
import { writeIntegrity } from './writeIntegrity.ts';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

/** tfjs picks one by what the browser can do; threads are off, so that one is left out. */
const TFJS_KERNELS = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'];

const bundle = (mode: string) => () => build({ mode, logLevel: 'warn' });

const steps: Record<string, () => Promise<unknown> | void> = {
  kernels: buildKernels,
  npm: bundle('npm'),
  script: bundle('script'),
  parts: bundle('parts'),
  elements: bundle('elements'),
  decode: bundle('decode'),
  worker: async () => {
    // Their names are hashes: those of the build before would stay.
    for (const name of await readdir('dist/chunks').catch(() => [])) {
      if (!name.startsWith('page-')) await rm(`dist/chunks/${name}`);
    }
    await bundle('worker')();
  },
  cli: bundle('cli'),
  tfjs: async () => {
    await mkdir('dist/tfjs', { recursive: true });
    for (const name of TFJS_KERNELS) {
      await copyFile(
        `node_modules/@tensorflow/tfjs-backend-wasm/dist/${name}`,
        `dist/tfjs/${name}`,
      );
    }
  },
  types: async () => {
    await rm('dist/types', { recursive: true, force: true });
    execFileSync(
      process.execPath,
      ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'],
      {
        stdio: 'inherit',
      },
    );
  },
};

const asked = process.argv.slice(2);
for (const name of asked) {
  if (!(name in steps)) {
    console.error(`build: no step ${name}; there are ${Object.keys(steps).join(', ')}`);
    process.exit(2);
  }
}
// They carry the build, and refuse each other's of another one.
const TOGETHER = ['npm', 'parts', 'worker'];
if (asked.some((name) => TOGETHER.includes(name))) asked.push(...TOGETHER);
if (asked.length === 0) await rm('dist', { recursive: true, force: true });
for (const [name, step] of Object.entries(steps)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const started = performance.now();
  await step();
  console.error(`built ${name} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
// Of whatever was built: it is never older than the files.
await writeIntegrity('dist');
