/**
 * @module
 * The blend, learned on a validation period: a model of the earlier events is asked, as a visitor's
 * browser would ask it, before each later day of each user, and the weights are those under which
 * what that day brought is most likely.
 */
import type { Blend, SignalWeight } from '../../blend.ts';
import { onItems } from '../../evaluation/onItems.ts';
import { hasTimes, type Interactions } from '../../interactions.ts';
import type { Model } from '../../model.ts';
import {
  chooseHalfLives,
  type HalfLifeAxis,
  type HalfLives,
  type TriedHalfLives,
} from './chooseHalfLives.ts';
import { collectLists, type ToldCase } from './collectLists.ts';
import { collectOverTime } from './collectOverTime.ts';
import { defaultBlend, FRESH_HALF_LIFE_DAYS, RECENT_HALF_LIFE_DAYS } from './defaultBlend.ts';
import { lessonCases } from './lessonCases.ts';
import { recallOf, recallOfList } from './recallOf.ts';
import { laterDays, randomShares } from './splits.ts';
import { TAUGHT, UNTAUGHT, weigh } from './weigh.ts';

/** Lists to learn from; fewer are too few. */
const MIN_LISTS = 100;
/** Of those of which everything is told, so many choose the half-lives. */
const CHOICE_LISTS = 600;

export interface BlendLesson {
  blend: Blend;
  /** How events fade, of what was tried the choice that found most; as asked for where refused. */
  fading: Fading;
  /** What was tried to choose the half-lives of a visitor's events; the first is where it began. */
  tried: readonly TriedHalfLives[];
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
  /** Days until a visitor's event counts half in `recentCompanions`. Default 10. */
  recentHalfLifeDays?: number;
  /** Half-lives that are only where the search begins. Default: none, all are as given. */
  choose?: readonly HalfLifeAxis[];
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
  { fadings, lists, seed, recentHalfLifeDays, choose = [] }: LessonOptions,
): Promise<BlendLesson> {
  const recent = recentHalfLifeDays ?? RECENT_HALF_LIFE_DAYS;
  const refuse = (why: string): BlendLesson => ({
    blend: { ...defaultBlend(), recentHalfLifeDays: recent },
    fading: fadings[0],
    tried: [],
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
  let best: (Fitted & HalfLives & { fading: Fading; tried: TriedHalfLives[] }) | null = null;
  let model: Model | null = null;
  let trainedWith: number | null | undefined;
  for (const fading of fadings) {
    if (!model || fading.trainingHalfLifeDays !== trainedWith) {
      model = await trainEarlier(earlier, fading);
      trainedWith = fading.trainingHalfLifeDays;
    }
    const start = { halfLifeDays: fading.halfLifeDays, recentHalfLifeDays: recent };
    const { chosen, tried } = await choiceOf(start, choose, model, earlier.itemIds, asked);
    const found = await fitBlend(model, earlier.itemIds, asked, chosen, current);
    if (found && (!best || found.recall > best.recall)) {
      const { halfLifeDays } = chosen;
      best = { ...found, ...chosen, fading: { ...fading, halfLifeDays }, tried };
    }
  }
  if (!best) return refuse(`too few lists held what was chosen (${MIN_LISTS})`);
  const untaught = defaultBlend().signals.filter(({ signal }) => UNTAUGHT.includes(signal));
  return {
    blend: {
      recentHalfLifeDays: best.recentHalfLifeDays,
      freshHalfLifeDays: FRESH_HALF_LIFE_DAYS,
      signals: [...best.signals, ...untaught],
      learned: { lists: best.lists, from: lists },
    },
    fading: best.fading,
    tried: best.tried,
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
  { halfLifeDays, recentHalfLifeDays }: HalfLives,
  current: Interactions | null,
): Promise<Fitted | null> {
  const fading = fadingBy(model, recentHalfLifeDays);
  const lists = await collectLists(fading, itemIds, asked, TAUGHT, halfLifeDays);
  if (lists.length < MIN_LISTS) return null;
  const isDated = current !== null && hasTimes(current);
  const fresh = isDated ? await collectOverTime(fading, current, asked, TAUGHT, halfLifeDays) : [];
  const { signals, weights } = weigh([...lists, ...fresh], isDated ? [] : ['whenFresh']);
  return {
    signals,
    lists: lists.length + fresh.length,
    recall: recallOf(lists, weights) / asked.length,
  };
}

/** Half-lives under which weights of their own find most of what was chosen. */
function choiceOf(
  start: HalfLives,
  axes: readonly HalfLifeAxis[],
  model: Model,
  itemIds: readonly string[],
  asked: readonly ToldCase[],
): ReturnType<typeof chooseHalfLives> {
  const cases = asked.filter(({ told, history }) => told === history.length).slice(0, CHOICE_LISTS);
  const users = cases.map(({ user }) => user);
  let near: Float64Array | undefined;
  return chooseHalfLives(start, axes, users, async ({ halfLifeDays, recentHalfLifeDays }) => {
    const fading = fadingBy(model, recentHalfLifeDays);
    const lists = await collectLists(fading, itemIds, cases, TAUGHT, halfLifeDays);
    const recalls = new Float64Array(cases.length);
    if (lists.length < MIN_LISTS) return recalls;
    const { weights } = weigh(lists, ['whenFresh'], near);
    near ??= weights;
    for (const list of lists) recalls[list.asked] = recallOfList(list, weights);
    return recalls;
  });
}

function fadingBy(model: Model, recentHalfLifeDays: number): Model {
  const blend = { ...defaultBlend(), recentHalfLifeDays };
  return { ...model, manifest: { ...model.manifest, blend } };
}
