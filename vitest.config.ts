/**
 * @module
 * Unit tests in two projects: pure code in Node (`*.test.ts`), and whatever needs a browser
 * (`*.browser.test.ts`) in a real Chromium, never in an imitation of one.
 */
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { CHROMIUM_ARGUMENTS, findChromium } from './e2e/chromium.ts';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          globalSetup: 'scripts/buildKernels.ts',
          environment: 'node',
          include: ['{src,cli,bench,scripts,demo}/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        // Found only once a worker asks for them, these would be bundled anew under a running test.
        optimizeDeps: {
          include: [
            ...['idb', 'comlink', 'fast-check', '@noble/hashes/sha2.js'],
            '@tensorflow/tfjs-core',
            '@tensorflow/tfjs-core/dist/register_all_gradients.js',
            '@tensorflow/tfjs-backend-cpu',
            '@tensorflow/tfjs-backend-wasm',
            '@tensorflow/tfjs-backend-webgpu',
            ...['cmpapi', 'core', 'stub'].map((name) => `@iabtechlabtcf/${name}`),
            'data-layer-helper/dist/data-layer-helper.js',
          ],
        },
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.ts'],
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(findChromium().executablePath
                  ? { executablePath: findChromium().executablePath as string }
                  : {}),
                args: CHROMIUM_ARGUMENTS,
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
