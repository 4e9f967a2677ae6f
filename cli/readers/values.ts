/**
 * @module
 * Values as files hold them (text, number, bigint, Date) into what cleaning works with.
 */

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

/** NaN where there is no number. */
export function readNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string' && value.trim() !== '') return Number(value);
  return NaN;
}

/** Seconds since the epoch stay below this until the year 5138; milliseconds passed it in 1973. */
const SECONDS_BELOW = 1e11;

const DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)? ?(Z|UTC|[+-]\d\d:?\d\d)?$/;

/**
 * Milliseconds since the epoch; NaN where the value is no time. Numbers are seconds or
 * milliseconds by their size; text is ISO 8601, taken as UTC where it names no zone.
 */
export function readTimeMs(value: unknown): number {
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'string') {
    const text = value.trim();
    const parts = DATE_TIME.exec(text);
    if (parts) return partsToMs(parts);
    if (!/^\d+(\.\d+)?$/.test(text)) return NaN;
  }
  const number = readNumber(value);
  return Math.abs(number) < SECONDS_BELOW ? Math.round(number * 1000) : number;
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
