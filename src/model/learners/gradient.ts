/**
 * @module
 * Gradient learner: takes a visitor's embedding from the prior by Adam steps, item factors frozen,
 * with the derivatives and the arithmetic left to tfjs on WebGPU, WASM or CPU.
 *
 * Its loss is the squared one of `objective.ts`, so it ends where the closed form does: the proof
 * that the descent is right. Losses that have no closed form are in `refine/`.
 *
 * `whiten.ts` gives it coordinates in which the curvature is known to lie between two bounds, which
 * is what `descend.ts` asks for.
 *
 * tfjs is large: import this file only by `await import()`.
 */
import { add, dispose, mul, sub, sum, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';
import { SottoError, requireInteger, requireNumber } from '../../errors.ts';
import { descend, type Descent, type DescentLimits } from './descend.ts';
import { productMatrix, rowProduct } from './rowProduct.ts';
import type { RefineLimits } from './refine/types.ts';
import { openTfjs, type OpenedTfjs, type TfjsBackend } from './tfjsBackend.ts';
import type { Learner, LearnerProblem, WeightedPreference } from './types.ts';
import { whiten, type WhitenedObjective } from './whiten.ts';

export interface GradientLearnerOptions {
  /** `auto`: the first of webgpu, wasm, cpu that starts. */
  backend: TfjsBackend | 'auto';
  /** The folder with tfjs' .wasm files, with a slash at its end. */
  tfjsUrl: string;
  /** At most this many steps; it stops earlier once it is near enough. [1, 100000], default 1000. */
  steps?: number;
  /** Times the step that the curvature allows. (0, 1], default 1. */
  learningRate?: number;
}

export interface GradientLearner extends Learner {
  readonly name: `gradient-${TfjsBackend}`;
  readonly backend: TfjsBackend;
  /** tfjs' own, for others to compute on; null unless the backend is webgpu. */
  readonly device: GPUDevice | null;
  /** Preferred backends that could not be had, each with the reason. */
  readonly refused: OpenedTfjs['refused'];
  /** How the last `learn` went; null before the first. */
  readonly lastRun: GradientRun | null;
  learn(...parameters: Parameters<Learner['learn']>): Promise<Float64Array>;
}

/** How the descent went, without the place it ended at. */
export type GradientRun = Omit<Descent, 'z'>;

/** On WebGPU a look at the gradient waits for the device; elsewhere it is free. */
export const STEPS_BETWEEN_LOOKS = { webgpu: 6, wasm: 1, cpu: 1 } as const;

/** Works on undisturbed, to the end. */
export const NO_LIMITS: RefineLimits = {
  breathe: () => Promise.resolve(),
  isStale: () => false,
};

/** Of what needs no descent. */
export const NO_RUN: GradientRun = { steps: 0, residual: 0, tensors: 0, bytes: 0 };

/**
 * @throws {SottoError} `webgpu-unavailable`, `wasm-unavailable` or `learner-unavailable` when the
 * backend does not start; `invalid-argument`.
 */
export async function createGradientLearner(
  options: GradientLearnerOptions,
): Promise<GradientLearner> {
  const maxSteps = requireInteger('steps', options.steps ?? 1000, 1, 100_000);
  const rate = requireNumber('learningRate', options.learningRate ?? 1, 1e-6, 1);
  const tfjs = await openTfjs(options.backend, options.tfjsUrl);
  const limits = { ...NO_LIMITS, maxSteps, rate };
  let lastRun: GradientRun | null = null;
  return {
    name: `gradient-${tfjs.backend}`,
    backend: tfjs.backend,
    device: tfjs.device,
    refused: tfjs.refused,
    get lastRun() {
      return lastRun;
    },
    async learn(problem, preferences) {
      const found = await learnSquared(tfjs, problem, preferences, limits);
      if (found === null) throw new SottoError('internal', 'nothing here goes stale');
      lastRun = found.run;
      return found.embedding;
    },
    dispose() {
      // No tensor outlives `learn`, and the backend belongs to the realm: others may be using it.
    },
  };
}

/**
 * @returns the embedding and the run; null when it went stale.
 * @throws {SottoError} `row-out-of-range`; `not-finite`.
 */
export async function learnSquared(
  tfjs: OpenedTfjs,
  problem: LearnerProblem,
  preferences: readonly WeightedPreference[],
  limits: RefineLimits & Pick<DescentLimits, 'maxSteps' | 'rate'>,
): Promise<{ embedding: Float64Array; run: GradientRun } | null> {
  if (preferences.length === 0) return { embedding: problem.prior.slice(), run: NO_RUN };
  const objective = whiten(problem, preferences);
  const stepsBetweenLooks = STEPS_BETWEEN_LOOKS[tfjs.backend];
  const found = await tfjs.run(() => minimise(objective, { ...limits, stepsBetweenLooks }));
  return found && finished(found, objective);
}

/** Where a descent ended, as an embedding. @throws {SottoError} `not-finite`. */
export function finished(
  { z, ...run }: Descent,
  objective: { embedding: (z: Float32Array) => Float64Array },
): { embedding: Float64Array; run: GradientRun } {
  const embedding = objective.embedding(z);
  if (!Number.isFinite(run.residual) || !embedding.every(Number.isFinite)) {
    throw new SottoError('not-finite', `embedding is not finite after ${run.steps} Adam steps`);
  }
  return { embedding, run };
}

/** Down f(z) of `whiten.ts`. */
async function minimise(
  objective: WhitenedObjective,
  limits: DescentLimits,
): Promise<Descent | null> {
  const { n, dim } = objective;
  const row = (values: Float32Array): Tensor2D => tensor2d(values, [1, values.length]);
  const twice = (values: Float32Array): Float32Array => values.map((value) => 2 * value);
  const directions = productMatrix(objective.directions, n, dim);
  const priorScores = row(objective.priorScores);
  const a = row(objective.a);
  const twiceB = row(twice(objective.b));
  const twicePull = row(twice(objective.pull));
  try {
    return await descend(
      {
        dim,
        flattest: 2 * objective.flattest,
        steepest: 2 * objective.steepest,
        stretch: objective.stretch,
        reach: (z) => Math.hypot(...objective.embedding(z)),
        loss: (z) => {
          const scores = add(priorScores, rowProduct(z, directions));
          const shared = sum(mul(z, add(z, twicePull)));
          return add(shared, sum(mul(scores, sub(mul(a, scores), twiceB))));
        },
      },
      limits,
    );
  } finally {
    dispose([directions.rows, directions.columns, priorScores, a, twiceB, twicePull]);
  }
}
