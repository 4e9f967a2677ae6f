/**
 * @module
 * Steps: work that whoever has others to answer stops between two parts of, some milliseconds each,
 * and everybody else does at once. What comes of it is the same to the last bit.
 */
export type Steps<T> = Generator<void, T>;

/** Lets others come first, if they have waited long enough. */
export type Pause = () => void | Promise<void>;

/** Rows of one step: some milliseconds of anything. */
export const STEP_ROWS = 8192;

export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** @param pause - absent: all at once. */
export async function withPauses<T>(steps: Steps<T>, pause?: Pause): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    // Most times there is nothing to wait for.
    const paused = pause?.();
    if (paused) await paused;
  }
}
