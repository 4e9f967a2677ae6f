/**
 * @module
 * weigh: the signals that lists can teach, and their weights from lists.
 */
import { SIGNALS, type Signal, type SignalWeight } from '../../blend.ts';
import { CONDITIONS } from './collectLists.ts';
import { fitSoftmax, type ChoiceList, type FitOptions } from './fitSoftmax.ts';
import { divideColumns, spreadsOf } from './standardise.ts';

const RIDGE = 1e-3;

/** What no interactions of the past can teach: nobody knows what was shown. */
export const UNTAUGHT: readonly Signal[] = ['fatigue'];
export const TAUGHT = SIGNALS.filter((signal) => !UNTAUGHT.includes(signal));

export interface Weighed {
  signals: SignalWeight[];
  /** As `fitSoftmax` gives them, for signals divided by their spreads. */
  weights: Float64Array;
}

/**
 * @param lists - of TAUGHT; divided by the signals' spreads, in place.
 * @param held - conditions of which nothing is to be learned.
 * @param start - as in `fitSoftmax`.
 */
export function weigh(
  lists: readonly ChoiceList[],
  held: readonly (typeof CONDITIONS)[number][] = [],
  start?: Float64Array,
): Weighed {
  const count = TAUGHT.length;
  const isHeld = (place: number): boolean =>
    held.some((condition) => Math.floor(place / count) === 1 + CONDITIONS.indexOf(condition));
  const { weights, spreads } = weighColumns(lists, count, { isHeld, start });
  const signals = TAUGHT.map((signal, index): SignalWeight => {
    const [whenNew, whenFresh] = CONDITIONS.map((_, at) => weights[(1 + at) * count + index]);
    return {
      signal,
      weight: rounded(weights[index]),
      whenNew: rounded(whenNew),
      ...(whenFresh === 0 ? {} : { whenFresh: rounded(whenFresh) }),
      spread: rounded(spreads[index]),
    };
  });
  return { signals, weights };
}

/** @param count - signals of the lists. The rest as in `weigh` and `fitSoftmax`. */
export function weighColumns(
  lists: readonly ChoiceList[],
  count: number,
  options?: FitOptions,
): { weights: Float64Array; spreads: number[] } {
  const spreads = spreadsOf(lists, count);
  divideColumns(lists, spreads);
  return { weights: fitSoftmax(lists, count, RIDGE, options), spreads };
}

/** Enough digits for any order of items, few enough to read. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
