/**
 * @module
 * The blend, learned on a validation period: a model of the earlier events is asked, as a visitor's
 * browser would ask it, before each later day of each user, and the weights are those under which
 * what that day brought is most likely.
 */
import { SIGNALS, type Blend, type Signal } from '../../blend.ts';
import { eventsByUser } from '../../evaluation/heldOut.ts';
import { shuffle } from '../../evaluation/random.ts';
import { casesOf } from '../../evaluation/replay.ts';
import { subsetInteractions } from '../../evaluation/subset.ts';
import type { Case } from '../../evaluation/types.ts';
import type { Interactions } from '../../interactions.ts';
import type { Model } from '../../model.ts';
import { seededRandom } from '../seededRandom.ts';
import { collectLists, columnsOf, type ToldCase } from './collectLists.ts';
import { defaultBlend, RECENT_HALF_LIFE_DAYS } from './defaultBlend.ts';
import { fitSoftmax } from './fitSoftmax.ts';
import { divideColumns, spreadsOf } from './standardise.ts';

/** Share of the events, by time, that the earlier model is trained on. */
const EARLIER_SHARE = 0.8;
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
  /** Why it is not learned; null: it is. */
  refused: string | null;
}

/**
 * @param trainEarlier - a model of the earlier events, with the default blend.
 * @param halfLifeDays - of a visitor's events.
 */
export async function learnBlend(
  interactions: Interactions,
  trainEarlier: (earlier: Interactions) => Promise<Model>,
  halfLifeDays: number | null,
  seed: number,
): Promise<BlendLesson> {
  const { timestamps } = interactions;
  if (!timestamps) return refuse('the events have no times');
  const cutMs = timestamps.slice().sort()[Math.floor(EARLIER_SHARE * timestamps.length)];
  const rows = Int32Array.from(timestamps.keys()).filter((row) => timestamps[row] < cutMs);
  if (rows.length === 0) return refuse('all events are of one moment');
  const earlier = subsetInteractions(interactions, rows);
  const cases = casesAfter(interactions, earlier.itemIds, cutMs);
  if (cases.length < MIN_LISTS) {
    return refuse(`${cases.length} later visits of known users are too few (${MIN_LISTS})`);
  }
  shuffle(cases, seededRandom(seed));
  const model = await trainEarlier(earlier);
  const columns = columnsOf(TAUGHT);
  const told = toldCases(cases.slice(0, MAX_LISTS));
  const lists = await collectLists(model, earlier.itemIds, told, columns, halfLifeDays);
  if (lists.length < MIN_LISTS) {
    return refuse(`${lists.length} later visits that chose a candidate are too few (${MIN_LISTS})`);
  }
  const { signals, whenNew } = columns;
  const size = signals.length + whenNew.length;
  const spreads = spreadsOf(lists, size, signals.length);
  const spreadOf = (signal: Signal): number => spreads[signals.indexOf(signal)];
  divideColumns(lists, [...spreads, ...whenNew.map(spreadOf)]);
  const weights = fitSoftmax(lists, size, RIDGE);
  const learned = signals.map((signal, index) => {
    const again = (whenNew as readonly Signal[]).indexOf(signal);
    return {
      signal,
      weight: rounded(weights[index]),
      whenNew: again < 0 ? 0 : rounded(weights[signals.length + again]),
      spread: rounded(spreads[index]),
    };
  });
  const untaught = defaultBlend().signals.filter(({ signal }) => UNTAUGHT.includes(signal));
  return {
    blend: {
      recentHalfLifeDays: RECENT_HALF_LIFE_DAYS,
      signals: [...learned, ...untaught],
      learned: { lists: lists.length, from: new Date(cutMs).toISOString() },
    },
    refused: null,
  };
}

function refuse(why: string): BlendLesson {
  return { blend: defaultBlend(), refused: why };
}

/** Every user's days from then on, with at least one event before. */
function casesAfter(all: Interactions, itemIds: readonly string[], fromMs: number): Case[] {
  const cases: Case[] = [];
  for (const [user, events] of eventsByUser(all, [...all.users.keys()], itemIds)) {
    cases.push(...casesOf(user, events, { fromMs, toMs: Infinity }));
  }
  return cases;
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
