/**
 * @module
 * Adam steps on tfjs down a strictly convex loss of one row vector z, from 0, until the minimum is
 * near enough.
 *
 * The loss comes with bounds on the eigenvalues of its Hessian, and from these follow momentum and
 * step (Polyak's heavy ball) and a residual that bounds the distance to the answer, so that it stops
 * when the answer is near enough and not after a number of steps. Adam's ε is set at a multiple of
 * the first gradient: with a vanishing ε every coordinate steps equally far, however little it has
 * to go, and the noise of that would need hundreds of steps to die away.
 *
 * An upper bound may be an estimate: where the gradient grows instead, or stops to shrink far from
 * the answer, it is raised and the descent begins again.
 *
 * Papers: Kingma & Ba, ICLR 2015, algorithm 1, https://arxiv.org/abs/1412.6980; Polyak, 1964,
 * https://doi.org/10.1016/0041-5553(64)90137-5.
 */
import {
  AdamOptimizer,
  memory,
  tensor2d,
  tidy,
  variable,
  variableGrads,
  type Scalar,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
// After tfjs-core, whose flags must be set up before a gradient is registered.
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';

export interface Slope {
  readonly dim: number;
  /** The loss of z, 1 × d. */
  readonly loss: (z: Tensor2D) => Scalar;
  /** Bounds on the eigenvalues of the Hessian; the upper one may be an estimate. */
  readonly flattest: number;
  readonly steepest: number;
  /** An error of e in z is one of at most `stretch`·e in the embedding. */
  readonly stretch: number;
  /** How large the embedding that a step of z means is, for the tolerance. */
  readonly reach: (z: Float32Array) => number;
}

export interface DescentLimits {
  readonly maxSteps: number;
  /** Times the step that the curvature allows. (0, 1]. */
  readonly rate: number;
  /** On WebGPU a look at the gradient waits for the device; elsewhere it is free. */
  readonly stepsBetweenLooks: number;
  /** Resolves when the work may go on; asked at every look. */
  readonly breathe: () => Promise<void>;
  /** Whether the answer is no longer wanted; asked at every look. */
  readonly isStale: () => boolean;
}

export interface Descent {
  z: Float32Array;
  steps: number;
  /** At most this far, in Euclidean norm of the embedding, from the minimum. */
  residual: number;
  /** The most that tfjs held at a look, whoever's it is. */
  tensors: number;
  bytes: number;
}

/** Near enough: a residual of this share of the embedding's length, or of 1 where it is longer. */
const TOLERANCE = 5e-4;
/** Float32 has given all it can once so many looks in a row saw nothing better. */
const STALLED_LOOKS = 40;
const BETA2 = 0.999;
/** ε in units of the first gradient's root mean square. */
const EPSILON_SHARE = 3;
/** The gradient of a descent that was promised too flat a loss grows; one that swings stays below. */
const DIVERGED = 10;
/** Float32 stalls far nearer than at this share of the first gradient: a longer way is a swing. */
const SWINGING = 1e-3;
/** What the upper bound is raised by then. */
const RAISE = 4;

/** @returns null when it went stale. Leaves no tensor behind. */
export async function descend(slope: Slope, limits: DescentLimits): Promise<Descent | null> {
  let steepest = slope.steepest;
  for (let steps = 0; ; steepest *= RAISE) {
    const found = await attempt({ ...slope, steepest }, limits, steps);
    if (found === 'stale') return null;
    if (typeof found === 'object') return found;
    steps = found;
  }
}

/** @returns the steps made so far when it diverged. */
async function attempt(
  slope: Slope,
  limits: DescentLimits,
  stepsBefore: number,
): Promise<Descent | 'stale' | number> {
  const { dim } = slope;
  const z = tidy(() => variable(tensor2d(new Float32Array(dim), [1, dim])));
  let optimizer: AdamOptimizer | undefined;
  const progress = new Progress(slope);
  let tensors = 0;
  let bytes = 0;
  try {
    for (let steps = stepsBefore; ; steps++) {
      const { value, grads } = variableGrads(() => slope.loss(z), [z]);
      const gradient = grads[z.name];
      try {
        const isLast = steps >= limits.maxSteps;
        if (isLast || (steps - stepsBefore) % limits.stepsBetweenLooks === 0) {
          const held = memory();
          tensors = Math.max(tensors, held.numTensors);
          bytes = Math.max(bytes, held.numBytes);
          const values = await gradient.data<'float32'>();
          const isDone = progress.isDone(values);
          if (progress.hasDiverged && !isLast) return steps;
          if (isDone || isLast) {
            const { residual } = progress;
            return { z: await z.data<'float32'>(), steps, residual, tensors, bytes };
          }
          if (limits.isStale()) return 'stale';
          optimizer ??= heavyBallAdam(slope, norm(values) / Math.sqrt(dim), limits.rate);
          await limits.breathe();
        }
        optimizer?.applyGradients([{ name: z.name, tensor: gradient }]);
      } finally {
        value.dispose();
        gradient.dispose();
      }
    }
  } finally {
    optimizer?.dispose();
    z.dispose();
  }
}

/**
 * Adam that, once v̂ has shrunk below ε², is the heavy ball at its best momentum and step for
 * eigenvalues of the Hessian in [flattest, steepest].
 */
function heavyBallAdam(slope: Slope, firstGradient: number, rate: number): AdamOptimizer {
  const low = Math.sqrt(slope.flattest);
  const high = Math.sqrt(slope.steepest);
  const momentum = ((high - low) / (high + low)) ** 2;
  const step = (2 / (high + low)) ** 2;
  const epsilon = EPSILON_SHARE * firstGradient;
  return new AdamOptimizer((rate * step * epsilon) / (1 - momentum), momentum, BETA2, epsilon);
}

/** Knows from the gradient how far the minimum still is at most, and when to stop. */
class Progress {
  /** At most this far from the minimum, in the embedding. */
  residual = Infinity;
  readonly #slope: Slope;
  #tolerance: number | null = null;
  #first: number | null = null;
  #best = Infinity;
  #looksSinceBest = 0;

  constructor(slope: Slope) {
    this.#slope = slope;
  }

  get hasDiverged(): boolean {
    const first = this.#first ?? Infinity;
    const swings = this.#looksSinceBest >= STALLED_LOOKS && this.#best > SWINGING * first;
    return this.residual > DIVERGED * first || swings;
  }

  isDone(gradient: Float32Array): boolean {
    const { flattest, steepest, stretch, reach } = this.#slope;
    this.#tolerance ??= TOLERANCE * Math.min(1, reach(gradient.map((g) => -g / steepest)));
    // The gradient is the Hessian times the error, and that matrix is ≥ flattest.
    this.residual = (norm(gradient) * stretch) / flattest;
    this.#first ??= this.residual;
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
