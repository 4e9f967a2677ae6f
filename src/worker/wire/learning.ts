/**
 * @module
 * What an act of learning came to. Types only; every value is structured-clonable.
 */

/** How long each step of the last learning took, ms. */
export interface LearnTimings {
  /** Reading the log and moving the cursor; of events on their way there, adding those. */
  replay: number;
  /** Solving for the embedding. */
  learn: number;
  /** From the call to its answer. */
  total: number;
}

export interface LearnReport {
  /** Events that this call has learned from: counted in the log, or on their way there. */
  events: number;
  /** Whether lists can differ from before. */
  changed: boolean;
  /** Items in the new events that the model does not know. They stay in the log. */
  unknownItemIds: readonly string[];
  timings: LearnTimings;
  /** What took the place of the closed form's answer; of 'update' for reason 'refined'. */
  refinement?: RefinementReport;
}

/** How the closed form's answer was refined by gradient steps. */
export interface RefinementReport {
  loss: 'squared' | 'softmax' | 'sampled-softmax' | 'bpr';
  backend: Exclude<LearnerBackend, 'closed-form'>;
  steps: number;
  /** At most this far, in Euclidean norm, from the minimum. */
  residual: number;
  /** From its start to its end, pauses for others included. */
  ms: number;
  /** The most that tfjs held meanwhile. */
  tensors: number;
  bytes: number;
}

export type LearnerBackend = 'closed-form' | 'webgpu' | 'wasm' | 'cpu';
