/**
 * @module
 * The refiners on every backend of a real browser: each finds the minimum that Newton's method finds
 * in float64, and leaves no tensor behind.
 */
import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import type { Objective } from '../../objective.ts';
import { solveVisitor } from '../als.ts';
import { randomOf, randomPreferences, randomProblem } from '../randomProblem.case.ts';
import type { WeightedPreference } from '../types.ts';
import { createNewtonRefiner } from './newton.ts';
import { createTfjsRefiner } from './tfjs.ts';
import { RANKING_LOSSES, type RefinementProblem } from './types.ts';

const wasmFile = new URL(
  '../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
  import.meta.url,
);
const tfjsUrl = new URL('.', wasmFile).href;

const IALS: Objective = { convention: 'ials', alpha0: 0.3, lambda: 0.003, nu: 1 };

/** Freer than the defaults, so that the answer lies far from the start and is harder to find. */
const FREE = { sharpness: 5, pull: 1, negatives: 500, seed: 1 };

/** Emulated, a thousand take minutes: asked for by `VITE_WEBGPU_UPDATES=1000`. */
const WEBGPU_UPDATES = Number(
  (import.meta as { env?: Record<string, string> }).env?.['VITE_WEBGPU_UPDATES'] ?? 20,
);

function problemOf(seed: number, rows: number, dim: number): RefinementProblem {
  const problem = randomProblem({ seed, rows, dim, objective: IALS });
  const random = randomOf(seed + 1);
  const popularity = Float64Array.from({ length: rows }, () => Math.floor(500 * random() ** 4));
  return { ...problem, popularity };
}

describe.each(['webgpu', 'wasm', 'cpu'] as const)('on %s', (backend) => {
  // Without a GPU, WebGPU is emulated, slowly.
  const counts = backend === 'webgpu' ? [6] : [1, 6, 60];

  test.each(RANKING_LOSSES)('%s: finds the minimum within 1e-3', async (loss) => {
    const refiner = await createTfjsRefiner({ loss, backend, tfjsUrl, constants: FREE });
    const plain = createNewtonRefiner(loss, FREE);
    for (const count of counts) {
      const problem = problemOf(count, 600, 32);
      const preferences = randomPreferences(problem, count, 2, count + 1);
      const expected = await plain.refine(problem, preferences);
      const found = await refiner.refine(problem, preferences);
      const start = solveVisitor(problem, preferences).embedding;
      if (!expected || !found) throw new Error('nothing here goes stale');
      const error = Math.max(...found.embedding.map((x, f) => Math.abs(x - expected.embedding[f])));
      expect(error, `${count} preferences, ${JSON.stringify(found.run)}`).toBeLessThan(1e-3);
      expect(found.run.residual).toBeLessThan(1e-3);
      expect(found.run.steps).toBeLessThan(600);
      expect(found.run).toMatchObject({ loss });
      expect(found.run.tensors).toBeGreaterThan(0);
      expect(found.run.bytes).toBeGreaterThan(0);
      // It has moved: the closed form is where it starts, not where it ends.
      expect(Math.max(...found.embedding.map((x, f) => Math.abs(x - start[f])))).toBeGreaterThan(
        0.01,
      );
    }
    refiner.dispose();
  });

  const updates = backend === 'webgpu' ? WEBGPU_UPDATES : 1000;
  // Where a look waits for a GPU there are fewer.
  const staleAfter = backend === 'webgpu' ? 0 : 2;
  test(
    `leaves no tensor behind in ${updates} updates, stale ones among them`,
    { timeout: 60_000 + updates * 1000 },
    async () => {
      const before = memory().numTensors;
      const refiners = await Promise.all(
        RANKING_LOSSES.map((loss) => createTfjsRefiner({ loss, backend, tfjsUrl, steps: 4 })),
      );
      const problem = problemOf(4, 200, 16);
      const all = await Promise.all(
        Array.from({ length: updates }, (_, update) => {
          let looks = 0;
          return refiners[update % 3].refine(problem, randomPreferences(problem, 8, 2, update), {
            breathe: () => Promise.resolve(),
            isStale: () => update % 10 === 9 && ++looks > staleAfter,
          });
        }),
      );
      expect(all.filter((one) => one === null)).toHaveLength(Math.floor(updates / 10));
      // The catalogue's two matrices are kept for the next visit, and go with the refiner.
      expect(memory().numTensors).toBe(before + 2);
      for (const refiner of refiners) refiner.dispose();
      await refiners[0].refine(problem, [{ row: 1, a: 1, b: 1, positives: 1 }]).then(() => {
        for (const refiner of refiners) refiner.dispose();
      });
      await expect.poll(() => memory().numTensors).toBe(before);
    },
  );
});

test.each(RANKING_LOSSES)('%s without anything in favour is the closed form', async (loss) => {
  const refiner = await createTfjsRefiner({ loss, backend: 'cpu', tfjsUrl });
  const problem = problemOf(2, 50, 8);
  const against: WeightedPreference[] = [{ row: 3, a: 1, b: 0, positives: 0 }];
  for (const preferences of [[], against]) {
    const found = await refiner.refine(problem, preferences);
    expect(found?.embedding).toEqual(solveVisitor(problem, preferences).embedding);
    expect(found?.run.steps).toBe(0);
  }
});

test('constants out of their bounds are refused', async () => {
  await expect(
    createTfjsRefiner({ loss: 'bpr', backend: 'cpu', tfjsUrl, constants: { pull: 0 } }),
  ).rejects.toMatchObject({ message: 'pull must be a number in [0.001, 1000000] but got 0' });
});
