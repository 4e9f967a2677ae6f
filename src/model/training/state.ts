/**
 * @module
 * TrainingState: all that the steps of training read and write, in buffers that threads can share,
 * and the steps themselves, cut into chunks that may run anywhere and in any order.
 */
import type { Objective } from '../objective.ts';
import { gramBlocks, gramOfBlock } from './gram.ts';
import { createPlainSolveKernel, type SolveKernel } from './solveKernel.ts';
import { solveRow } from './solveRow.ts';
import type { SparseMatrix } from './sparse.ts';

export type Side = 'users' | 'items';

export interface TrainingState {
  readonly objective: Objective;
  readonly dim: number;
  /** Entries by user (`users`: users × items) and by item. */
  readonly entries: Readonly<Record<Side, SparseMatrix>>;
  /** Rows × d, row-major. */
  readonly factors: Readonly<Record<Side, Float32Array>>;
  /** Partial sums of the side that the current step reads, one block after another. */
  readonly partialGrams: Float64Array;
  /** α₀·YᵀY of the side that is held fixed. */
  readonly weightedGram: Float64Array;
}

/** `gram` of one side into `partialGrams`; or `solve` one side against the other and `weightedGram`. */
export interface TrainingStep {
  kind: 'gram' | 'solve';
  side: Side;
}

/** Rows a thread takes at a time: heavy rows vary a hundredfold, so the pieces must be small. */
const SOLVE_CHUNK_ROWS = 16;

export function chunksOf(state: TrainingState, step: TrainingStep): number {
  const rows = state.entries[step.side].rows;
  return step.kind === 'gram' ? gramBlocks(rows) : Math.ceil(rows / SOLVE_CHUNK_ROWS);
}

/** Runs one chunk of a step. Chunks of a step write to separate places. */
export type RunChunk = (step: TrainingStep, chunk: number) => void;

/** @param kernel - of the state's embedding length; every kernel gives the same bits. */
export function createChunkRunner(
  state: TrainingState,
  kernel: SolveKernel = createPlainSolveKernel(state.dim),
): RunChunk {
  const { objective, dim, entries, factors, partialGrams, weightedGram } = state;
  return (step, chunk) => {
    const side = entries[step.side];
    if (step.kind === 'gram') {
      const size = dim * dim;
      const out = partialGrams.subarray(chunk * size, (chunk + 1) * size);
      gramOfBlock(factors[step.side], side.rows, dim, chunk, out);
      return;
    }
    const frozen = factors[step.side === 'users' ? 'items' : 'users'];
    const last = Math.min(side.rows, (chunk + 1) * SOLVE_CHUNK_ROWS);
    for (let row = chunk * SOLVE_CHUNK_ROWS; row < last; row++) {
      solveRow(objective, side, row, frozen, weightedGram, factors[step.side], kernel);
    }
  };
}
