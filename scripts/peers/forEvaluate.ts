/**
 * @module
 * Of the arguments of `npm run peers`, those that `sotto evaluate` knows too.
 */
const OURS = ['--tune-folds', '--peers'];

/** @returns the arguments without ours and their values, which end where the next option begins. */
export function forEvaluate(given: readonly string[]): string[] {
  let dropping = false;
  return given.filter((part) => {
    if (part.startsWith('--')) dropping = OURS.includes(part.split('=')[0]);
    return !dropping;
  });
}
