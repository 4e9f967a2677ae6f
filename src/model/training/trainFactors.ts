/**
 * @module
 * Item factors from interactions by alternating least squares: each epoch solves every user, then
 * every item, exactly. The order of work is fixed here; who runs the chunks (this thread, or many)
 * is the executor's affair and never changes a bit of the result.
 *
 * Paper: Rendle et al., Revisiting the Performance of iALS, 2021, https://arxiv.org/abs/2110.14037.
 */
import { requireInteger, requireNumber, SottoError } from '../../errors.ts';
import type { Interactions } from '../interactions.ts';
import { gramWeight, type Objective } from '../objective.ts';
import { decayEvents } from './decayEvents.ts';
import { gramBlocks, sumGramBlocks } from './gram.ts';
import { nearlyNormal, seededRandom } from './seededRandom.ts';
import {
  PLAIN_MEMORY,
  shareMatrix,
  sparseFromInteractions,
  transpose,
  type Allocate,
  type RepeatRule,
  type SparseMatrix,
} from './sparse.ts';
import { chunksOf, createChunkRunner, type TrainingState, type TrainingStep } from './state.ts';

export interface TrainingOptions {
  /** Embedding length, [1, 512]. */
  dim: number;
  /** Passes over users and items, [1, 1000]. */
  epochs: number;
  objective: Objective;
  repeat: RepeatRule;
  /** Days until a training event counts half, (0, 1e6]; null or absent: events keep their weight. */
  trainingHalfLifeDays?: number | null;
  seed: number;
}

export interface TrainedFactors {
  /** Items × d, row-major, in the order of `itemIds`. */
  itemFactors: Float32Array;
  /** Users × d, solved against the final item factors. */
  userFactors: Float32Array;
  /** m: the mean over users with anything in favour of an item. */
  prior: Float64Array;
  /** (user, item) pairs trained on. */
  pairs: number;
}

/**
 * Runs every chunk of a step once, in any order; resolves when all are done. `epoch` counts from 0;
 * after the last one the users are solved once more, under `epoch` = epochs.
 */
export type Executor = (step: TrainingStep, chunks: number, epoch: number) => Promise<void>;

/** Buffers that the executor's threads can see, and the executor itself. */
export interface Workshop {
  allocate: Allocate;
  open(state: TrainingState): Executor;
}

/** Plain memory, this thread. */
const INLINE_WORKSHOP: Workshop = {
  allocate: PLAIN_MEMORY,
  open(state) {
    const runChunk = createChunkRunner(state);
    return (step, chunks) => {
      for (let chunk = 0; chunk < chunks; chunk++) runChunk(step, chunk);
      return Promise.resolve();
    };
  },
};

/**
 * @throws {SottoError} `invalid-argument`; `no-rows` without a single pair; `not-finite`.
 */
export async function trainFactors(
  interactions: Interactions,
  options: TrainingOptions,
  workshop: Workshop = INLINE_WORKSHOP,
): Promise<TrainedFactors> {
  const dim = requireInteger('dim', options.dim, 1, 512);
  const epochs = requireInteger('epochs', options.epochs, 1, 1000);
  const seed = requireInteger('seed', options.seed, 0, 2 ** 32 - 1);
  requireNumber('lambda', options.objective.lambda, 0, 1e12);

  const events =
    options.trainingHalfLifeDays == null
      ? { interactions, repeat: options.repeat }
      : decayEvents(interactions, options.objective, options.repeat, options.trainingHalfLifeDays);
  const users = shareMatrix(
    sparseFromInteractions(events.interactions, events.repeat),
    workshop.allocate,
  );
  const items = shareMatrix(transpose(users), workshop.allocate);
  if (users.indices.length === 0) {
    throw new SottoError('no-rows', 'interactions must hold at least 1 weighted pair but hold 0');
  }
  const blocks = Math.max(gramBlocks(users.rows), gramBlocks(items.rows));
  const state: TrainingState = {
    objective: options.objective,
    dim,
    entries: { users, items },
    factors: {
      users: new Float32Array(workshop.allocate(users.rows * dim * 4)),
      items: new Float32Array(workshop.allocate(items.rows * dim * 4)),
    },
    partialGrams: new Float64Array(workshop.allocate(blocks * dim * dim * 8)),
    weightedGram: new Float64Array(workshop.allocate(dim * dim * 8)),
  };
  // Small next to what one epoch gives; the length of a starting row does not depend on d.
  const random = seededRandom(seed);
  const spread = 0.1 / Math.sqrt(dim);
  const start = state.factors.items;
  for (let place = 0; place < start.length; place++) start[place] = spread * nearlyNormal(random);

  const execute = workshop.open(state);
  const solve = async (side: 'users' | 'items', epoch: number): Promise<void> => {
    const frozen = side === 'users' ? 'items' : 'users';
    await run({ kind: 'gram', side: frozen }, epoch);
    const size = dim * dim;
    const partials = Array.from({ length: gramBlocks(state.entries[frozen].rows) }, (_, block) =>
      state.partialGrams.subarray(block * size, (block + 1) * size),
    );
    const weight = gramWeight(options.objective);
    state.weightedGram.set(sumGramBlocks(partials, dim).map((value) => weight * value));
    await run({ kind: 'solve', side }, epoch);
  };
  const run = (step: TrainingStep, epoch: number): Promise<void> =>
    execute(step, chunksOf(state, step), epoch);

  for (let epoch = 0; epoch < epochs; epoch++) {
    await solve('users', epoch);
    await solve('items', epoch);
  }
  // The prior must live in the space of the final items, not half an epoch behind them.
  await solve('users', epochs);

  const itemFactors = state.factors.items;
  for (let place = 0; place < itemFactors.length; place++) {
    if (!Number.isFinite(itemFactors[place])) {
      const id = interactions.itemIds[Math.floor(place / dim)];
      throw new SottoError('not-finite', `the factors of item ${id} must be finite but are not`);
    }
  }
  return {
    itemFactors,
    userFactors: state.factors.users,
    prior: meanOfRows(state.factors.users, users, dim),
    pairs: users.indices.length,
  };
}

/** The mean embedding of the users that have any: a row of zeros was never solved for. */
function meanOfRows(factors: Float32Array, entries: SparseMatrix, dim: number): Float64Array {
  const mean = new Float64Array(dim);
  let counted = 0;
  for (let row = 0; row < entries.rows; row++) {
    let solved = false;
    for (let f = 0; f < dim; f++) {
      const value = factors[row * dim + f];
      mean[f] += value;
      solved ||= value !== 0;
    }
    if (solved) counted++;
  }
  for (let f = 0; f < dim; f++) mean[f] /= Math.max(counted, 1);
  return mean;
}
