/**
 * @module
 * The question paper, for other programs: what each may train on, and what each is told before it
 * is asked. JSON Lines: a head, then a line a training user, then a line a group.
 *
 * Targets are left out, and so is every event that no engine may see when it trains. The later
 * groups of a visitor tell what the earlier ones asked for, as later days do.
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { TOLD_STEPS } from '../../src/model/evaluation/newestOnly.ts';
import type { Fold, SeenEvent } from '../../src/model/evaluation/types.ts';
import { assignFolds } from '../../src/model/evaluation/userFolds.ts';
import type { Interactions } from '../../src/model/interactions.ts';
import { SottoError } from '../../src/errors.ts';
import type { EvaluationOptions, Protocol } from './options.ts';

export interface GroupsHead {
  type: 'head';
  format: 'sotto-groups';
  version: 1;
  protocol: Protocol;
  folds: number;
  seed: number;
  /** Items wanted of each list. */
  count: number;
  /** Training events are older, milliseconds since the epoch; null: no cut by time. */
  cutMs: number | null;
  /** What "told" may be in an answer, beside absent. */
  told: readonly number[];
  users: number;
  groups: number;
}

/** An event as a line holds it: item id, milliseconds since the epoch (null: no time), weight. */
type EventTuple = [item: string, timeMs: number | null, weight: number];

/**
 * @param folds - the question papers, by fold.
 * @throws {SottoError} `input-unreadable` where the file cannot be written.
 */
export async function writeGroups(
  file: string,
  interactions: Interactions,
  folds: readonly Fold[],
  options: EvaluationOptions,
  count: number,
): Promise<GroupsHead> {
  const [{ cutMs }] = folds;
  const users = [...trainingUsers(interactions, options, cutMs)];
  const head: GroupsHead = {
    type: 'head',
    format: 'sotto-groups',
    version: 1,
    protocol: options.protocol,
    folds: folds.length,
    seed: options.seed,
    count,
    cutMs: Number.isFinite(cutMs) ? cutMs : null,
    told: TOLD_STEPS,
    users: users.length,
    groups: folds.reduce((sum, { cases }) => sum + cases.length, 0),
  };
  await writeLines(file, [head, ...users], groupLines(interactions, folds));
  return head;
}

function* trainingUsers(
  { userIds, itemIds, users, items, weights, timestamps }: Interactions,
  options: EvaluationOptions,
  cutMs: number,
): Generator<object> {
  const folds = assignFolds(userIds, options.folds, options.seed);
  const events = userIds.map((): EventTuple[] => []);
  for (const [row, user] of users.entries()) {
    if (timestamps && timestamps[row] >= cutMs) continue;
    events[user].push([itemIds[items[row]], timestamps?.[row] ?? null, weights[row]]);
  }
  for (const [user, id] of userIds.entries()) {
    if (events[user].length === 0) continue;
    yield { type: 'user', user: id, fold: folds[user], events: events[user] };
  }
}

function* groupLines(
  { userIds, timestamps }: Interactions,
  folds: readonly Fold[],
): Generator<object> {
  for (const [fold, { cases, training }] of folds.entries()) {
    const tuple = ({ item, timestamp, weight }: SeenEvent): EventTuple => [
      training.itemIds[item],
      timestamps ? timestamp : null,
      weight,
    ];
    for (const [group, { user, nowMs, history }] of cases.entries()) {
      const timeMs = timestamps ? nowMs : null;
      const told = history.map(tuple);
      yield { type: 'group', fold, group, user: userIds[user], timeMs, history: told };
    }
  }
}

async function writeLines(
  file: string,
  first: Iterable<object>,
  then: Iterable<object>,
): Promise<void> {
  const stream = createWriteStream(file);
  try {
    await once(stream, 'open');
    for (const lines of [first, then]) {
      for (const line of lines) {
        if (!stream.write(`${JSON.stringify(line)}\n`)) await once(stream, 'drain');
      }
    }
    stream.end();
    await once(stream, 'finish');
  } catch (cause) {
    stream.destroy();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SottoError('input-unreadable', `${file} cannot be written: ${reason}`, { cause });
  }
}
