/**
 * @module
 * Values as files hold them (text, number, bigint, Date) into what cleaning works with.
 */
import { readNumber } from './readNumber.ts';

const NO_ID = new Set(['', '0', 'null', 'nan', 'none', 'undefined']);

/** An id as trimmed text; null when it says "unknown". */
export function readId(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const text = readText(value);
  return NO_ID.has(text.toLowerCase()) ? null : text;
}

export function readText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') {
    return String(value);
  }
  return value instanceof Date ? value.toISOString() : JSON.stringify(value);
}

/** Seconds since the epoch stay below this until the year 5138; milliseconds passed it in 1973. */
const SECONDS_BELOW = 1e11;

const DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)? ?(Z|UTC|[+-]\d\d:?\d\d)?$/;

/** 31.12.2024 14:05, 31/12/2024: the first two are day and month in either order. */
const PARTED_DATE = /^(\d{1,2})([./])(\d{1,2})\2(\d{4})(?=[ ,]|$),?(.*)$/;

/** Which of 09/12/2011 is the day. */
export type DateOrder = 'dmy' | 'mdy';

/**
 * Milliseconds since the epoch; NaN where the value is no time. Numbers are seconds or
 * milliseconds by their size; text is ISO 8601, taken as UTC where it names no zone.
 * @param dateOrder - of dates that begin with day or month. null: with dots the day comes first, as
 *   wherever dots are written; with slashes nobody can tell, and it is no time.
 */
export function readTimeMs(value: unknown, dateOrder: DateOrder | null = null): number {
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'string') {
    const text = value.trim();
    const parts = DATE_TIME.exec(text) ?? DATE_TIME.exec(yearFirst(text, dateOrder));
    if (parts) return partsToMs(parts);
    if (!/^\d+(\.\d+)?$/.test(text)) return NaN;
  }
  const number = readNumber(value);
  return Math.abs(number) < SECONDS_BELOW ? Math.round(number * 1000) : number;
}

/** 31.12.2024 9:05 → 2024-12-31 09:05; other text as it is. */
function yearFirst(text: string, dateOrder: DateOrder | null): string {
  const parts = PARTED_DATE.exec(text);
  const order = dateOrder ?? (parts?.[2] === '.' ? 'dmy' : null);
  if (!parts || !order) return text;
  const [day, month] = order === 'dmy' ? [parts[1], parts[3]] : [parts[3], parts[1]];
  const time = parts[5].trim().replace(/^(?=\d:)/, '0');
  return `${parts[4]}-${month.padStart(2, '0')}-${day.padStart(2, '0')} ${time}`.trim();
}

function partsToMs(parts: RegExpExecArray): number {
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const [hour, minute, second] = [4, 5, 6].map((index) => Number(parts[index] ?? 0));
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || second > 60) return NaN;
  const ms = parts[7] ? Math.floor(Number(`0.${parts[7]}`) * 1000) : 0;
  const utc = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  // 31 February rolls over into March: refuse it rather than move it.
  if (new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day) return NaN;
  const zone = parts[8];
  if (!zone || zone === 'Z' || zone === 'UTC') return utc;
  const offset = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return utc - (zone.startsWith('-') ? -1 : 1) * offset * 60_000;
}
