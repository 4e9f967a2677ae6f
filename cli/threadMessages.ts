/**
 * @module
 * What the training threads and the thread that leads them say to each other.
 */
import type { SottoErrorCode } from '../src/errors.ts';
import type { TrainingState, TrainingStep } from '../src/model/training/state.ts';

export interface ThreadData {
  state: TrainingState;
  /** dist/sotto-training.wasm; null: the plain kernel, which gives the same bits. */
  kernel: WebAssembly.Module | null;
  /** Places `NEXT_CHUNK` and `CHUNKS_DONE`, shared by all threads. */
  counters: Int32Array;
}

export interface ThreadRequest {
  step: TrainingStep;
  chunks: number;
}

/** null: the thread found no chunk left. */
export type ThreadReply = { code: SottoErrorCode; message: string } | null;

export const NEXT_CHUNK = 0;
export const CHUNKS_DONE = 1;
