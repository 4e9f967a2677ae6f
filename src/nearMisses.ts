/**
 * @module
 * Options that were nearly named: TypeScript refuses them, an attribute of the script tag passes in
 * silence, and `data-requireconsent` would have tracked without asking.
 */
import type { Options } from './options.ts';

/** A record, so that the compiler misses none. */
const OPTIONS: Record<keyof Options, true> = {
  ...{ model: true, workerUrl: true, kernelUrl: true, tfjsUrl: true, integrity: true, name: true },
  ...{ actionWeights: true, halfLifeDays: true, segment: true, learner: true, retrieval: true },
  ...{ track: true, connect: true, beforeTrack: true, trackAutomated: true, signal: true },
  ...{ minVisibleRatio: true, minVisibleMs: true, requireConsent: true, disabled: true },
  ...{ respectPrivacySignals: true, retentionDays: true, retentionEvents: true },
};

/** Shorter names stand in too many others: `data-id`, `data-src` are somebody else's. */
const MIN_LENGTH = 6;

/** One sentence for each name of `given` that is none of ours but nearly one. */
export function nearMisses(given: object): string[] {
  return Object.keys(given).flatMap((name) => {
    if (Object.hasOwn(OPTIONS, name)) return [];
    const near = Object.keys(OPTIONS).find((option) => isNear(plain(name), plain(option)));
    return near ? [`there is no option ${name}: is ${near} (data-${dashed(near)}) meant?`] : [];
  });
}

function isNear(name: string, option: string): boolean {
  if (name === option || oneLetterOff(name, option)) return true;
  return name.length >= MIN_LENGTH && option.includes(name);
}

/** One letter too many, too few, another, or two that changed places. */
function oneLetterOff(left: string, right: string): boolean {
  let start = 0;
  while (start < left.length && left[start] === right[start]) start++;
  const ends = [left.slice(start), right.slice(start)];
  const [a, b] = ends;
  const swapped = a.length > 1 && a.slice(0, 2) === `${b[1]}${b[0]}` && a.slice(2) === b.slice(2);
  return swapped || a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1);
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '');

const dashed = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
