/**
 * @module
 * The file `segments`: JSON, `{ column, trendingUsers, segments: [{ name, users, prior, rows,
 * counts }] }`, rows in the order of the model's.
 */
import { refuseModel } from './refuseModel.ts';
import type { Segment, Segments } from '../model.ts';
import type { TrainedSegments } from '../training/segmentsOf.ts';

const MOST_SEGMENTS = 1024;
/** Digits that a prior keeps: far finer than the factors are. */
const PRIOR_DIGITS = 5;

/** @param rowOf - by item index: its row. */
export function encodeSegments(trained: TrainedSegments, rowOf: Int32Array): unknown {
  return {
    column: trained.column,
    trendingUsers: trained.trendingUsers,
    segments: trained.segments.map(({ name, users, prior, trending }) => ({
      name,
      users,
      prior: Array.from(prior, (value) => Number(value.toFixed(PRIOR_DIGITS))),
      rows: trending.map(([item]) => rowOf[item]),
      counts: trending.map(([, count]) => count),
    })),
  };
}

/**
 * @param dim - length of a prior. @param items - rows of the whole model.
 * @throws {SottoError} `manifest-invalid`, naming the file and the field.
 */
export function decodeSegments(value: unknown, dim: number, items: number, file: string): Segments {
  const document = objectOf(value, file, 'the file');
  const { column, trendingUsers, segments } = document;
  if (typeof column !== 'string') refuse(file, 'column', 'a text', column);
  if (!isCount(trendingUsers))
    refuse(file, 'trendingUsers', 'a number of at least 0', trendingUsers);
  if (!Array.isArray(segments) || segments.length > MOST_SEGMENTS) {
    refuse(file, 'segments', `an array of at most ${MOST_SEGMENTS}`, segments);
  }
  const byName = new Map<string, Segment>();
  for (const [index, one] of (segments as unknown[]).entries()) {
    const place = `segments[${index}]`;
    const { name, users, prior, rows, counts } = objectOf(one, file, place);
    if (typeof name !== 'string') refuse(file, `${place}.name`, 'a text', name);
    if (!isCount(users)) refuse(file, `${place}.users`, 'a number of at least 0', users);
    const isRow = (row: unknown) => Number.isInteger(row) && isCount(row) && row < items;
    byName.set(name, {
      name,
      users,
      prior: Float64Array.from(
        numbers(file, `${place}.prior`, prior, dim, 'finite numbers', Number.isFinite),
      ),
      rows: Int32Array.from(
        numbers(file, `${place}.rows`, rows, null, `rows in [0, ${items})`, isRow),
      ),
      counts: Float64Array.from(
        numbers(
          file,
          `${place}.counts`,
          counts,
          (rows as unknown[]).length,
          'numbers of at least 0',
          isCount,
        ),
      ),
    });
  }
  return { column, trendingUsers, byName };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function numbers(
  file: string,
  place: string,
  value: unknown,
  length: number | null,
  kind: string,
  isKind: (one: unknown) => boolean,
): number[] {
  if (!Array.isArray(value) || (length !== null && value.length !== length)) {
    refuse(file, place, length === null ? 'an array' : `an array of ${length}`, value);
  }
  for (const one of value as unknown[]) if (!isKind(one)) refuse(file, place, kind, one);
  return value as number[];
}

function objectOf(value: unknown, file: string, place: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  return refuse(file, place, 'an object', value);
}

function refuse(file: string, place: string, bound: string, value: unknown): never {
  refuseModel(`${file}: ${place}`, bound, value);
}
