/**
 * @module
 * `npm run test:engines`: the built package in Chromium, Firefox and WebKit, whichever are there.
 */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['e2e/engines/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 90_000,
    // Windows that are open at once.
    maxConcurrency: 6,
    // One engine after the other: beside each other they would take each other's time.
    fileParallelism: false,
  },
});
