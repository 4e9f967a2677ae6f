/**
 * @module
 * The blend, learned on a validation period: a model of the earlier events is asked, as a visitor's
 * browser would ask it, before each later day of each user, and the weights are those under which
 * what that day brought is most likely.
 */
import { SIGNALS, type Blend, type Signal, type SignalWeight } from '../../blend.ts';
import { shuffle } from '../../evaluation/random.ts';
import type { Case } from '../../evaluation/types.ts';
import type { Interactions } from '../../interactions.ts';
import type { Model } from '../../model.ts';
import { seededRandom } from '../seededRandom.ts';
import { collectLists, columnsOf, type ToldCase } from './collectLists.ts';
import { defaultBlend, RECENT_HALF_LIFE_DAYS } from './defaultBlend.ts';
import { fitSoftmax } from './fitSoftmax.ts';
import { recallOf } from './recallOf.ts';
import { laterDays, randomShares } from './splits.ts';
import { divideColumns, spreadsOf } from './standardise.ts';

/** Lists that weights are learned on, drawn from all there are; and how few are too few. */
const MAX_LISTS = 1200;
const MIN_LISTS = 100;
/** Of this share of them the engine is also told nothing, one event, three: how a visit begins. */
const BEGINNERS = 0.25;
const BEGINNINGS = [0, 1, 3];
const RIDGE = 1e-3;

/** What no interactions of the past can teach: nobody knows what was shown. */
const UNTAUGHT: readonly Signal[] = ['fatigue'];
const TAUGHT = SIGNALS.filter((signal) => !UNTAUGHT.includes(signal));

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
  shuffle(cases, seededRandom(seed));
  const asked = toldCases(cases.slice(0, MAX_LISTS));
  let best: (Fitted & { fading: Fading }) | null = null;
  let model: Model | null = null;
  let trainedWith: number | null | undefined;
  for (const fading of fadings) {
    if (!model || fading.trainingHalfLifeDays !== trainedWith) {
      model = await trainEarlier(earlier, fading);
      trainedWith = fading.trainingHalfLifeDays;
    }
    const found = await fitBlend(model, earlier.itemIds, asked, fading.halfLifeDays);
    if (found && (!best || found.recall > best.recall)) best = { ...found, fading };
  }
  if (!best) return refuse(`too few lists held what was chosen (${MIN_LISTS})`);
  const untaught = defaultBlend().signals.filter(({ signal }) => UNTAUGHT.includes(signal));
  return {
    blend: {
      recentHalfLifeDays: RECENT_HALF_LIFE_DAYS,
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

/** @returns null where too few lists hold anything that was chosen. */
async function fitBlend(
  model: Model,
  itemIds: readonly string[],
  asked: readonly ToldCase[],
  halfLifeDays: number | null,
): Promise<Fitted | null> {
  const columns = columnsOf(TAUGHT);
  const lists = await collectLists(model, itemIds, asked, columns, halfLifeDays);
  if (lists.length < MIN_LISTS) return null;
  const { signals, whenNew } = columns;
  const size = signals.length + whenNew.length;
  const spreads = spreadsOf(lists, size, signals.length);
  const spreadOf = (signal: Signal): number => spreads[signals.indexOf(signal)];
  divideColumns(lists, [...spreads, ...whenNew.map(spreadOf)]);
  const weights = fitSoftmax(lists, size, RIDGE);
  return {
    signals: signals.map((signal, index) => {
      const again = (whenNew as readonly Signal[]).indexOf(signal);
      return {
        signal,
        weight: rounded(weights[index]),
        whenNew: again < 0 ? 0 : rounded(weights[signals.length + again]),
        spread: rounded(spreads[index]),
      };
    }),
    lists: lists.length,
    recall: recallOf(lists, weights) / asked.length,
  };
}

function toldCases(cases: readonly Case[]): ToldCase[] {
  return cases.flatMap((one, index): ToldCase[] => {
    const whole = { ...one, told: one.history.length };
    if (index >= BEGINNERS * cases.length) return [whole];
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
