/**
 * @module
 * Refines on tfjs (WebGPU, else WASM, else CPU) under a ranking loss, with the derivatives and the
 * arithmetic left to it; or, as `squared`, takes the closed form's own loss down from the prior.
 *
 * tfjs is large: import this file only by `await import()`.
 */
import { dispose } from '@tensorflow/tfjs-core';
import { requireInteger, requireNumber } from '../../../errors.ts';
import type { FactorRows } from '../../model.ts';
import { readRow } from '../../readRow.ts';
import { solveVisitor } from '../als.ts';
import { descend } from '../descend.ts';
import { finished, learnSquared, NO_LIMITS, NO_RUN, STEPS_BETWEEN_LOOKS } from '../gradient.ts';
import { productMatrix, type ProductMatrix } from '../rowProduct.ts';
import { openTfjs, type OpenedTfjs, type TfjsBackend } from '../tfjsBackend.ts';
import { DEFAULT_CONSTANTS } from './constants.ts';
import { rankingProblem } from './rankingProblem.ts';
import { slopeOf } from './slopes.ts';
import type { LossConstants, RankingLoss, Refiner } from './types.ts';

export interface TfjsRefinerOptions {
  loss: RankingLoss | 'squared';
  /** `auto`: the first of webgpu, wasm, cpu that starts. */
  backend: TfjsBackend | 'auto';
  /** The folder with tfjs' .wasm files, with a slash at its end. */
  tfjsUrl: string;
  /** What is not named keeps the loss's default. */
  constants?: Partial<LossConstants>;
  /** At most this many steps; it stops earlier once it is near enough. [1, 100000], default 1000. */
  steps?: number;
}

export interface TfjsRefiner extends Refiner {
  readonly backend: TfjsBackend;
  /** tfjs' own, for others to compute on; null unless the backend is webgpu. */
  readonly device: GPUDevice | null;
  /** Preferred backends that could not be had, each with the reason. */
  readonly refused: OpenedTfjs['refused'];
}

/** The whole step that the curvature allows. */
const rate = 1;

/**
 * @throws {SottoError} `webgpu-unavailable`, `wasm-unavailable` or `learner-unavailable` when the
 * backend does not start; `invalid-argument`.
 */
export async function createTfjsRefiner(options: TfjsRefinerOptions): Promise<TfjsRefiner> {
  const { loss, tfjsUrl } = options;
  const maxSteps = requireInteger('steps', options.steps ?? 1000, 1, 100_000);
  const tfjs = await openTfjs(options.backend, tfjsUrl);
  const { backend, device, refused } = tfjs;
  const shared = { name: `${loss}-${backend}`, backend, device, refused };
  if (loss === 'squared') {
    return {
      ...shared,
      async refine(problem, preferences, limits = NO_LIMITS) {
        const found = await learnSquared(tfjs, problem, preferences, { ...limits, maxSteps, rate });
        return found && { ...found, run: { loss, ...found.run } };
      },
      dispose() {},
    };
  }

  const constants = requireConstants({ ...DEFAULT_CONSTANTS[loss], ...options.constants });
  const catalogue = createCatalogueMatrix();
  return {
    ...shared,
    async refine(problem, preferences, limits = NO_LIMITS) {
      const ranking = rankingProblem(problem, preferences, loss, constants);
      if (ranking === null) {
        return {
          embedding: solveVisitor(problem, preferences).embedding,
          run: { loss, ...NO_RUN },
        };
      }
      const found = await tfjs.run(async () => {
        if (limits.isStale()) return null;
        const matrix = ranking.directions ? null : catalogue.of(problem.factors);
        const slope = slopeOf(ranking, problem.factors, matrix);
        try {
          const stepsBetweenLooks = STEPS_BETWEEN_LOOKS[backend];
          return await descend(slope, { ...limits, maxSteps, rate, stepsBetweenLooks });
        } finally {
          slope.dispose();
        }
      });
      if (found === null) return null;
      const { embedding, run } = finished(found, ranking);
      return { embedding, run: { loss, ...run } };
    },
    dispose: () => void tfjs.run(() => Promise.resolve(catalogue.dispose())),
  };
}

/** Item factors as tensors, kept until others take their place. */
function createCatalogueMatrix() {
  let held: { factors: FactorRows; matrix: ProductMatrix } | null = null;
  const drop = (): void => {
    if (held) dispose([held.matrix.rows, held.matrix.columns]);
    held = null;
  };
  return {
    of(factors: FactorRows): ProductMatrix {
      if (held?.factors === factors) return held.matrix;
      drop();
      const { rows, dim } = factors;
      const values = new Float32Array(rows * dim);
      const row = new Float64Array(dim);
      for (let at = 0; at < rows; at++) values.set(readRow(factors, at, row), at * dim);
      held = { factors, matrix: productMatrix(values, rows, dim) };
      return held.matrix;
    },
    dispose: drop,
  };
}

function requireConstants(constants: LossConstants): LossConstants {
  requireNumber('sharpness', constants.sharpness, 1e-3, 1e3);
  requireNumber('pull', constants.pull, 1e-3, 1e6);
  requireInteger('negatives', constants.negatives, 1, 1e6);
  requireInteger('seed', constants.seed, 0, 2 ** 32 - 1);
  return constants;
}
