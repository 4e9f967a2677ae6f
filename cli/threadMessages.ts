/**
 * @module
 * What the training threads and the thread that leads them say to each other.
 */
import type { SottoErrorCode } from '../src/errors.ts';
import type { NeighbourWork } from '../src/model/training/neighbours/neighbourWork.ts';
import type { TrainingState, TrainingStep } from '../src/model/training/state.ts';

/** What the threads work on, in shared memory. */
export type ThreadJob =
  { kind: 'factors'; state: TrainingState } | { kind: 'neighbours'; work: NeighbourWork };

export interface ThreadData {
  job: ThreadJob;
  /** dist/sotto-training.wasm; null: the plain kernel, which gives the same bits. */
  kernel: WebAssembly.Module | null;
  /** Places `NEXT_CHUNK` and `CHUNKS_DONE`, shared by all threads. */
  counters: Int32Array;
}

export interface ThreadRequest {
  /** null: the job has but one. */
  step: TrainingStep | null;
  chunks: number;
}

/** null: the thread found no chunk left. */
export type ThreadReply = { code: SottoErrorCode; message: string } | null;

export const NEXT_CHUNK = 0;
export const CHUNKS_DONE = 1;
