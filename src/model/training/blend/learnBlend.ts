/**
 * @module
 * The blend, learned on a validation period: a model of the earlier events is asked, as a visitor's
 * browser would ask it, before each later day of each user, and the weights are those under which
 * what that day brought is most likely.
 */
import { SIGNALS, type Blend, type Signal, type SignalWeight } from '../../blend.ts';
import { onItems } from '../../evaluation/currentTable.ts';
import { shuffle } from '../../evaluation/random.ts';
import type { Case } from '../../evaluation/types.ts';
import type { Interactions } from '../../interactions.ts';
import type { Model } from '../../model.ts';
import { seededRandom } from '../seededRandom.ts';
import { collectLists, CONDITIONS, type ToldCase } from './collectLists.ts';
import { collectOverTime } from './collectOverTime.ts';
import { defaultBlend, FRESH_HALF_LIFE_DAYS, RECENT_HALF_LIFE_DAYS } from './defaultBlend.ts';
import { fitSoftmax, type ChoiceList } from './fitSoftmax.ts';
import { recallOf } from './recallOf.ts';
import { laterDays, randomShares } from './splits.ts';
import { divideColumns, spreadsOf } from './standardise.ts';

/** Lists that weights are learned on, drawn from all there are; and how few are too few. */
const MAX_LISTS = 2500;
const MIN_LISTS = 100;
/** Of this share of them the engine is also told nothing, one event, three: how a visit begins. */
const BEGINNERS = 0.25;
const BEGINNINGS = [0, 1, 3];
const RIDGE = 1e-3;

/** What no interactions of the past can teach: nobody knows what was shown. */
const UNTAUGHT: readonly Signal[] = ['fatigue'];
export const TAUGHT = SIGNALS.filter((signal) => !UNTAUGHT.includes(signal));

export interface BlendLesson {
  blend: Blend;
  /** How events fade, of what was tried the choice that found most; as asked for where refused. */
  fading: Fading;
  /** Why it is not learned; null: it is. */
  refused: string | null;
}

/** Days until an event counts half; null: never. */
export interface Fading {
  /** A visitor's. */
  halfLifeDays: number | null;
  /** Of those that factors and neighbours are trained on. */
  trainingHalfLifeDays: number | null;
}

export interface LessonOptions {
  /** To choose from, at least one. */
  fadings: readonly Fading[];
  /**
   * What the lists are to be like: `later` days of the same users, or, where time plays no part, a
   * `random` fifth of other users' items.
   */
  lists: 'later' | 'random';
  seed: number;
}

/** @param trainEarlier - a model of part of the events, with the default blend. */
export async function learnBlend(
  interactions: Interactions,
  trainEarlier: (earlier: Interactions, fading: Fading) => Promise<Model>,
  { fadings, lists, seed }: LessonOptions,
): Promise<BlendLesson> {
  const refuse = (why: string): BlendLesson => ({
    blend: defaultBlend(),
    fading: fadings[0],
    refused: why,
  });
  if (lists === 'later' && !interactions.timestamps) return refuse('the events have no times');
  const split = lists === 'later' ? laterDays(interactions) : randomShares(interactions, seed);
  if (!split) return refuse('all events are of one moment or of one user');
  const { earlier, cases } = split;
  if (cases.length < MIN_LISTS) {
    return refuse(`${cases.length} lists to learn from are too few (${MIN_LISTS})`);
  }
  const asked = lessonCases(cases, seed);
  const current = lists === 'later' ? onItems(interactions, earlier.itemIds) : null;
  let best: (Fitted & { fading: Fading }) | null = null;
  let model: Model | null = null;
  let trainedWith: number | null | undefined;
  for (const fading of fadings) {
    if (!model || fading.trainingHalfLifeDays !== trainedWith) {
      model = await trainEarlier(earlier, fading);
      trainedWith = fading.trainingHalfLifeDays;
    }
    const found = await fitBlend(model, earlier.itemIds, asked, fading.halfLifeDays, current);
    if (found && (!best || found.recall > best.recall)) best = { ...found, fading };
  }
  if (!best) return refuse(`too few lists held what was chosen (${MIN_LISTS})`);
  const untaught = defaultBlend().signals.filter(({ signal }) => UNTAUGHT.includes(signal));
  return {
    blend: {
      recentHalfLifeDays: RECENT_HALF_LIFE_DAYS,
      freshHalfLifeDays: FRESH_HALF_LIFE_DAYS,
      signals: [...best.signals, ...untaught],
      learned: { lists: best.lists, from: lists },
    },
    fading: best.fading,
    refused: null,
  };
}

interface Fitted {
  signals: SignalWeight[];
  lists: number;
  /** Recall@20 over what was asked, by the fitted weights. */
  recall: number;
}

/**
 * Every case is asked twice: of the model as it is, whose counts are the older the later the case,
 * and of one whose counts are of the midnight before. So the weights know what to make of both.
 *
 * @param current - what is counted; null: the model as it is alone.
 * @returns null where too few lists hold anything that was chosen.
 */
async function fitBlend(
  model: Model,
  itemIds: readonly string[],
  asked: readonly ToldCase[],
  halfLifeDays: number | null,
  current: Interactions | null,
): Promise<Fitted | null> {
  const lists = await collectLists(model, itemIds, asked, TAUGHT, halfLifeDays);
  if (lists.length < MIN_LISTS) return null;
  const isDated = current !== null && hasTimes(current);
  const fresh = isDated ? await collectOverTime(model, current, asked, TAUGHT, halfLifeDays) : [];
  const { signals, weights } = weigh([...lists, ...fresh], isDated ? [] : ['whenFresh']);
  return {
    signals,
    lists: lists.length,
    recall: recallOf(lists, weights) / asked.length,
  };
}

function hasTimes(table: Interactions): table is Interactions & { timestamps: Float64Array } {
  return table.timestamps !== null;
}

/**
 * @param lists - divided by the signals' spreads, in place: `weights` are for what is left.
 * @param held - conditions of which nothing is to be learned.
 */
export function weigh(
  lists: readonly ChoiceList[],
  held: readonly (typeof CONDITIONS)[number][] = [],
): { signals: SignalWeight[]; weights: Float64Array } {
  const count = TAUGHT.length;
  const isHeld = (place: number): boolean =>
    held.some((condition) => Math.floor(place / count) === 1 + CONDITIONS.indexOf(condition));
  const { weights, spreads } = weighColumns(lists, count, isHeld);
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
  isHeld?: (place: number) => boolean,
): { weights: Float64Array; spreads: number[] } {
  const spreads = spreadsOf(lists, count);
  divideColumns(lists, spreads);
  return { weights: fitSoftmax(lists, count, RIDGE, isHeld), spreads };
}

/** What the earlier model is asked: of all there is, so much as is learned on. */
export function lessonCases(cases: readonly Case[], seed: number): ToldCase[] {
  const drawn = [...cases];
  shuffle(drawn, seededRandom(seed));
  const chosen = drawn.slice(0, MAX_LISTS);
  return chosen.flatMap((one, index): ToldCase[] => {
    const whole = { ...one, told: one.history.length };
    if (index >= BEGINNERS * chosen.length) return [whole];
    return [
      whole,
      ...BEGINNINGS.filter((told) => told < one.history.length).map((told) => ({ ...one, told })),
    ];
  });
}

/** Enough digits for any order of items, few enough to read. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
