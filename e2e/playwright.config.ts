/**
 * @module
 * End-to-end tests: the built package as visitors meet it, on the demo shop, in a real Chromium.
 *
 * `chromium` has WebGPU (by a software adapter where there is no other); `no-webgpu` runs only the
 * tests that are about its absence.
 */
import { createServer } from 'node:net';
import { defineConfig } from 'playwright/test';
import { CHROMIUM_ARGUMENTS, findChromium } from './chromium.ts';

// The configuration is read once more in each worker: the port must be the same there.
process.env['SOTTO_E2E_PORT'] ??= String(await freePort());
const port = Number(process.env['SOTTO_E2E_PORT']);
const { executablePath } = findChromium();

const launch = (args: readonly string[]) => ({
  ...(executablePath === null ? {} : { executablePath }),
  args: [...args],
});

export default defineConfig({
  testDir: '.',
  testMatch: '*.test.ts',
  outputDir: '../test-results',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    viewport: { width: 1280, height: 900 },
    trace: 'off',
  },
  webServer: {
    command: `node --import tsx scripts/demo.ts --port ${port}`,
    cwd: '..',
    url: `http://127.0.0.1:${port}/`,
    timeout: 180_000,
  },
  projects: [
    {
      name: 'chromium',
      // Those of engines/ are run by vitest: they drive their browsers themselves.
      testIgnore: ['*.noWebGpu.test.ts', '**/engines/**'],
      use: { launchOptions: launch(CHROMIUM_ARGUMENTS) },
    },
    {
      name: 'no-webgpu',
      testMatch: '*.noWebGpu.test.ts',
      use: {
        launchOptions: launch([
          ...CHROMIUM_ARGUMENTS.filter((one) => one !== '--enable-unsafe-webgpu'),
          '--disable-gpu',
          '--disable-features=WebGPU',
        ]),
      },
    },
  ],
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
