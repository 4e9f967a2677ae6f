/**
 * @module
 * Gradient learner: takes a visitor's embedding from the prior by Adam steps, item factors frozen,
 * with the derivatives and the arithmetic left to tfjs on WebGPU, WASM or CPU.
 *
 * On the squared loss of `objective.ts` it ends where the closed form does; it is here for losses
 * that have no closed form. Only the loss below would change.
 *
 * `whiten.ts` gives it coordinates in which the curvature is known to lie between two bounds, and
 * from these follow momentum and step (Polyak's heavy ball) and a residual that bounds the distance
 * to the answer, so that it stops when the answer is near enough and not after a number of steps.
 * Adam's ε is set at a multiple of the first gradient: with a vanishing ε every coordinate steps
 * equally far, however little it has to go, and the noise of that would need hundreds of steps to
 * die away.
 *
 * tfjs is large: import this file only by `await import()`.
 *
 * Papers: Kingma & Ba, ICLR 2015, algorithm 1, https://arxiv.org/abs/1412.6980; Polyak, 1964,
 * https://doi.org/10.1016/0041-5553(64)90137-5.
 */
import {
  AdamOptimizer,
  add,
  dispose,
  matMul,
  mul,
  sub,
  sum,
  tensor2d,
  tidy,
  variable,
  variableGrads,
  type Scalar,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
// After tfjs-core, whose flags must be set up before a gradient is registered.
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { SottoError, requireInteger, requireNumber } from '../../errors.ts';
import { openTfjs, type OpenedTfjs, type TfjsBackend } from './tfjsBackend.ts';
import type { Learner } from './types.ts';
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

export interface GradientRun {
  steps: number;
  /** At most this far, in Euclidean norm, from the minimum. */
  residual: number;
}

/** Near enough: a residual of this share of the embedding's length, or of 1 where it is longer. */
const TOLERANCE = 5e-4;
/** Float32 has given all it can once so many looks in a row saw nothing better. */
const STALLED_LOOKS = 40;
const BETA2 = 0.999;
/** ε in units of the first gradient's root mean square. */
const EPSILON_SHARE = 3;
/** On WebGPU a look at the gradient waits for the device; elsewhere it is free. */
const STEPS_BETWEEN_LOOKS = { webgpu: 6, wasm: 1, cpu: 1 } as const;

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
      if (preferences.length === 0) {
        lastRun = { steps: 0, residual: 0 };
        return Float64Array.from(problem.prior);
      }
      const objective = whiten(problem, preferences);
      const { z, run } = await tfjs.run(() =>
        minimise(objective, {
          maxSteps,
          rate,
          stepsBetweenLooks: STEPS_BETWEEN_LOOKS[tfjs.backend],
        }),
      );
      const embedding = objective.embedding(z);
      if (!Number.isFinite(run.residual) || !embedding.every(Number.isFinite)) {
        throw new SottoError('not-finite', `embedding is not finite after ${run.steps} Adam steps`);
      }
      lastRun = run;
      return embedding;
    },
    dispose() {
      // No tensor outlives `learn`, and the backend belongs to the realm: others may be using it.
    },
  };
}

/** The objective's constants as tensors. */
interface Constants {
  directions: Tensor2D;
  priorScores: Tensor2D;
  a: Tensor2D;
  twiceB: Tensor2D;
  twicePull: Tensor2D;
}

/** f(z) of `whiten.ts`. */
function squaredLoss(constants: Constants, z: Tensor): Scalar {
  const { directions, priorScores, a, twiceB, twicePull } = constants;
  const scores = add(priorScores, matMul(directions, z as Tensor2D));
  const shared = sum(mul(z, add(z, twicePull)));
  return add(shared, sum(mul(scores, sub(mul(a, scores), twiceB))));
}

async function minimise(
  objective: WhitenedObjective,
  limits: { maxSteps: number; rate: number; stepsBetweenLooks: number },
): Promise<{ z: Float32Array; run: GradientRun }> {
  const { n, dim } = objective;
  const constants: Constants = {
    directions: tensor2d(objective.directions, [n, dim]),
    priorScores: tensor2d(objective.priorScores, [n, 1]),
    a: tensor2d(objective.a, [n, 1]),
    twiceB: tensor2d(
      objective.b.map((value) => 2 * value),
      [n, 1],
    ),
    twicePull: tensor2d(
      objective.pull.map((value) => 2 * value),
      [dim, 1],
    ),
  };
  const z = tidy(() => variable(tensor2d(new Float32Array(dim), [dim, 1])));
  let optimizer: AdamOptimizer | undefined;
  const progress = new Progress(objective);
  try {
    for (let steps = 0; ; steps++) {
      const { value, grads } = variableGrads(() => squaredLoss(constants, z), [z]);
      value.dispose();
      const gradient = grads[z.name];
      try {
        const isLast = steps === limits.maxSteps;
        if (isLast || steps % limits.stepsBetweenLooks === 0) {
          const values = await gradient.data<'float32'>();
          if (progress.isDone(values) || isLast) {
            return { z: await z.data<'float32'>(), run: { steps, residual: progress.residual } };
          }
          optimizer ??= heavyBallAdam(objective, norm(values) / Math.sqrt(dim), limits.rate);
        }
        optimizer?.applyGradients([{ name: z.name, tensor: gradient }]);
      } finally {
        gradient.dispose();
      }
    }
  } finally {
    optimizer?.dispose();
    dispose([...Object.values<Tensor>({ ...constants }), z]);
  }
}

/**
 * Adam that, once v̂ has shrunk below ε², is the heavy ball at its best momentum and step for
 * eigenvalues of the Hessian in [2·flattest, 2·steepest].
 */
function heavyBallAdam(
  objective: WhitenedObjective,
  firstGradient: number,
  rate: number,
): AdamOptimizer {
  const low = Math.sqrt(2 * objective.flattest);
  const high = Math.sqrt(2 * objective.steepest);
  const momentum = ((high - low) / (high + low)) ** 2;
  const step = (2 / (high + low)) ** 2;
  const epsilon = EPSILON_SHARE * firstGradient;
  return new AdamOptimizer((rate * step * epsilon) / (1 - momentum), momentum, BETA2, epsilon);
}

/** Knows from the gradient how far the minimum still is at most, and when to stop. */
class Progress {
  /** At most this far from the minimum, in x. */
  residual = Infinity;
  readonly #objective: WhitenedObjective;
  #tolerance: number | null = null;
  #best = Infinity;
  #looksSinceBest = 0;

  constructor(objective: WhitenedObjective) {
    this.#objective = objective;
  }

  isDone(gradient: Float32Array): boolean {
    const { flattest, steepest, stretch } = this.#objective;
    this.#tolerance ??=
      TOLERANCE *
      Math.min(1, norm(this.#objective.embedding(gradient.map((g) => -g / (2 * steepest)))));
    // Half the gradient is half the Hessian times the error, and that matrix is ≥ flattest.
    this.residual = (norm(gradient) * stretch) / (2 * flattest);
    if (this.residual < 0.99 * this.#best) {
      this.#best = this.residual;
      this.#looksSinceBest = 0;
    } else {
      this.#looksSinceBest++;
    }
    // Not `>`, so that a residual that is not a number stops it as well.
    return !(this.residual > this.#tolerance && this.#looksSinceBest < STALLED_LOOKS);
  }
}

function norm(values: ArrayLike<number> & Iterable<number>): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares);
}
