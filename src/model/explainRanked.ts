/**
 * @module
 * A ranker's score as an exact sum: what each past event adds, and what needs no event, by signal.
 *
 * A signal made of past events is a sum of theirs, bent; each event gets as much of what came out as
 * it had in what went in.
 */
import { explainScore, type ScoreParts } from './explainScore.ts';
import type { LearnerProblem } from './learners/types.ts';
import type { Signal } from './blend.ts';
import type { RankContext, Ranker, ScorePart } from './rankers/types.ts';
import { neighbourWeight } from './signals/companions.ts';
import { addWords, dotWords } from './signals/words.ts';

export interface RankedParts extends ScoreParts {
  /** What `prior` is made of: `similarity` there is the average visitor's. Adds up to it. */
  parts: ScorePart[];
}

/** What a signal is the sum of, before it is bent. */
interface Shares {
  prior: number;
  contributions: ScoreParts['contributions'];
}

/**
 * @param embedding - as in `explainScore`.
 * @throws {SottoError} `row-out-of-range`.
 */
export function explainRanked(
  problem: LearnerProblem,
  ranker: Ranker,
  row: number,
  context: RankContext,
  embedding?: Float64Array,
): RankedParts {
  const similarity = explainScore(problem, context.preferences, row, embedding);
  const shares = new Map<number, number>(similarity.contributions.map((one) => [one.row, 0]));
  const parts: ScorePart[] = [];
  let score = 0;
  let prior = 0;
  for (const part of ranker.parts(row, similarity.score, context)) {
    score += part.score;
    const made = sharesOf(part.signal, row, similarity, context);
    const sum = made.contributions.reduce((total, one) => total + one.score, made.prior);
    const factor = sum === 0 ? 1 : part.score / sum;
    // With nothing to share it among, all of it needs no event.
    const own = made.contributions.length === 0 ? part.score : made.prior * factor;
    for (const one of made.contributions) {
      shares.set(one.row, (shares.get(one.row) ?? 0) + one.score * factor);
    }
    prior += own;
    if (own !== 0) parts.push({ signal: part.signal, score: own });
  }
  const contributions = Array.from(shares, ([itemRow, share]) => ({ row: itemRow, score: share }));
  contributions.sort((left, right) => Math.abs(right.score) - Math.abs(left.score));
  return { score, prior, contributions, parts };
}

function sharesOf(
  signal: Signal,
  row: number,
  similarity: ScoreParts,
  { model, signals }: RankContext,
): Shares {
  const { neighbours } = model;
  const { interests, words, told } = signals;
  const each = (shareOf: (interest: (typeof interests)[number]) => number): Shares => ({
    prior: 0,
    contributions: interests
      .map((interest) => ({ row: interest.row, score: shareOf(interest) }))
      .filter(({ score }) => score !== 0),
  });
  switch (signal) {
    case 'similarity':
      return similarity;
    case 'companions':
      return each(({ row: from, weight }) => spoken(from) * weight);
    case 'recentCompanions':
      return each(({ row: from, recent }) => spoken(from) * recent);
    case 'words': {
      if (!words) return { prior: 0, contributions: [] };
      const own = new Float64Array(words.index.size);
      addWords(words.index, row, 1, own);
      return each(({ row: from, weight }) => (dotWords(words.index, from, own) * weight) / told);
    }
    default:
      return { prior: 0, contributions: [] };
  }

  function spoken(from: number): number {
    return neighbours ? neighbourWeight(neighbours, from, row) : 0;
  }
}
