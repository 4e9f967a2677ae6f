/**
 * @module
 * breathe: between two steps of longer work, whoever else works on this thread comes first. In a
 * worker that is nobody; a page that serves itself sets its own pace.
 */

/** Gives back what it is given, perhaps later. */
export type Pace = <T>(value: T) => T | Promise<T>;

let pace: Pace = (value) => value;

/** For all that is served on this thread. */
export function setPace(to: Pace): void {
  pace = to;
}

export const breathe: Pace = (value) => pace(value);

/** The same with nothing to give. */
export const pause = (): void | Promise<void> => pace(undefined);
