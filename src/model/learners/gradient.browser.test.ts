/**
 * @module
 * The gradient learner on every backend of a real browser: it reaches the closed form, in few
 * steps, and leaves no tensor behind.
 */
import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import type { Objective } from '../objective.ts';
import { createGradientLearner } from './gradient.ts';
import { openTfjs } from './tfjsBackend.ts';
import { describeLearner } from './contract.case.ts';
import { solveVisitor } from './als.ts';
import { randomPreferences, randomProblem } from './randomProblem.case.ts';

const wasmFile = new URL(
  '../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
  import.meta.url,
);
const tfjsUrl = new URL('.', wasmFile).href;

const OBJECTIVES: Objective[] = [
  { convention: 'ials', alpha0: 0.3, lambda: 0.003, nu: 1 },
  { convention: 'implicit', alpha: 20, lambda: 0.1 },
  { convention: 'spark', alpha: 1, lambda: 0.1 },
];

const COUNTS_AND_WEIGHTS = [
  [1, 1],
  [3, 2],
  [40, 2],
  [200, 8],
];

/** Without a GPU, WebGPU is emulated at about half a second a call. */
const CALLS = { webgpu: 4, wasm: 1000, cpu: 1000 } as const;

describe.each(['webgpu', 'wasm', 'cpu'] as const)('on %s', async (backend) => {
  const learner = await createGradientLearner({ backend, tfjsUrl });
  const cases = backend === 'webgpu' ? COUNTS_AND_WEIGHTS.slice(1, 3) : COUNTS_AND_WEIGHTS;

  describeLearner(backend, () => createGradientLearner({ backend, tfjsUrl }), 1e-3);

  test('is what was asked for', () => {
    expect(learner.backend).toBe(backend);
    expect(learner.refused).toEqual([]);
  });

  test.each(OBJECTIVES)('$convention: gives the closed form within 1e-3', async (objective) => {
    for (const [seed, [count, weight]] of cases.entries()) {
      const problem = randomProblem({ seed, rows: 600, dim: 32, objective });
      const preferences = randomPreferences(problem, count, weight, seed + 1);
      const expected = solveVisitor(problem, preferences).embedding;
      const learned = await learner.learn(problem, preferences);
      const largest = Math.max(...expected.map(Math.abs));
      const error = Math.max(...expected.map((value, k) => Math.abs(value - learned[k])));
      expect(error).toBeLessThan(1e-3 * Math.min(1, largest));
      expect(learner.lastRun?.steps).toBeLessThan(150);
    }
  });

  test(`leaves no tensor behind in ${CALLS[backend]} calls, nor when it fails`, async () => {
    const problem = randomProblem({ seed: 4, rows: 300, dim: 16, objective: OBJECTIVES[0] });
    const before = memory().numTensors;
    for (let call = 0; call < CALLS[backend]; call++) {
      await learner.learn(problem, randomPreferences(problem, 1 + (call % 7), 2, call));
    }
    await expect(
      learner.learn(problem, [{ row: 0, a: NaN, b: 1, positives: 1 }]),
    ).rejects.toMatchObject({ code: 'not-finite' });
    expect(memory().numTensors).toBe(before);
  });
});

test('two backends at once do not disturb each other', async () => {
  const problem = randomProblem({ seed: 8, rows: 300, dim: 16, objective: OBJECTIVES[0] });
  const preferences = randomPreferences(problem, 20, 2, 9);
  const expected = solveVisitor(problem, preferences).embedding;
  const learners = await Promise.all(
    (['cpu', 'wasm', 'webgpu', 'cpu'] as const).map((backend) =>
      createGradientLearner({ backend, tfjsUrl }),
    ),
  );
  for (const learned of await Promise.all(learners.map((l) => l.learn(problem, preferences)))) {
    expected.forEach((value, k) => expect(learned[k]).toBeCloseTo(value, 3));
  }
});

test('what is refused is named, and the next best taken', async () => {
  await expect(createGradientLearner({ backend: 'cpu', tfjsUrl, steps: 0 })).rejects.toMatchObject({
    message: 'steps must be a whole number in [1, 100000] but got 0',
  });
  const gpu = Object.getOwnPropertyDescriptor(Navigator.prototype, 'gpu') as PropertyDescriptor;
  Object.defineProperty(Navigator.prototype, 'gpu', { ...gpu, get: () => undefined });
  try {
    await expect(openTfjs('webgpu', tfjsUrl)).rejects.toMatchObject({ code: 'webgpu-unavailable' });
    const opened = await openTfjs('auto', tfjsUrl);
    expect(opened.backend).toBe('wasm');
    expect(opened.refused.map(({ backend, error }) => [backend, error.message])).toEqual([
      ['webgpu', 'navigator.gpu is not there'],
    ]);
  } finally {
    Object.defineProperty(Navigator.prototype, 'gpu', gpu);
  }
});
