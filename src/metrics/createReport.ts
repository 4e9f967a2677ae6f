/**
 * @module
 * createReport: the answers of one device, each randomised by itself. What is asked is the site's
 * choice alone, and every question that is drawn is answered, with zero too: neither the length of a
 * report nor what it names depends on what the visitor did.
 */
import type { FeedbackEvent } from '../events.ts';
import { respond } from './randomisedResponse.ts';
import type { Report, ResolvedQuestion, ResolvedReportRequest } from './types.ts';

/** What one report costs of the lifetime budget: answers of one person add up. */
export function reportEpsilon({ answers, epsilon }: ResolvedReportRequest): number {
  return answers * epsilon;
}

/**
 * @param events - those that count, already cut to the request's days.
 * @param random - uniform in [0, 1), from a cryptographic source.
 */
export function createReport(
  events: readonly FeedbackEvent[],
  request: ResolvedReportRequest,
  random: () => number,
): Report {
  const { metrics, epsilon, answers } = request;
  return {
    format: 'sotto-report',
    formatVersion: 1,
    epsilon,
    metrics: draw(metrics, answers, random).map((question) => {
      const truth = Math.min(question.cap, countOf(events, question));
      return { ...question, value: respond(truth, question.cap + 1, epsilon, random) };
    }),
  };
}

function countOf(
  events: readonly FeedbackEvent[],
  { listId, position, action }: ResolvedQuestion,
): number {
  return events.filter(
    (event) =>
      event.action === action &&
      (listId === null || event.listId === listId) &&
      (position === null || event.position === position),
  ).length;
}

/** `count` of `all`, in their order, every choice equally likely. */
function draw<T>(all: readonly T[], count: number, random: () => number): T[] {
  let wanted = count;
  return all.filter((_, index) => {
    const isDrawn = random() * (all.length - index) < wanted;
    if (isDrawn) wanted--;
    return isDrawn;
  });
}
