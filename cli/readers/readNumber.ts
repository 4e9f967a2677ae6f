/**
 * @module
 * Numbers as shops export them: "30.18", "30,18", "1.234,56 €", "EUR 1,234.56".
 */

/** A currency's sign or ISO 4217 code before or after, and what separates it. */
const MONEY = /^(?:\p{Sc}|[A-Z]{3})?\s*(.*?)\s*(?:\p{Sc}|[A-Z]{3})?$/u;

/** One comma that no three digits follow, or a nought before it: it can separate no thousands. */
const DECIMAL_COMMA = /^([+-]?\d+),(\d{1,2}|\d{4,})$|^([+-]?0),(\d+)$/;
const POINTS_THEN_COMMA = /^[+-]?\d{1,3}(?:[.'’\s]\d{3})+,\d+$/;
const COMMAS_THEN_POINT = /^[+-]?\d{1,3}(?:[,'’\s]\d{3})+(?:\.\d+)?$/;

/** NaN where there is no number. "1,234" is a thousand and more: three decimals are rarer. */
export function readNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'string' || value.trim() === '') return NaN;
  const number = Number(value);
  return Number.isNaN(number) ? readWritten(MONEY.exec(value.trim())?.[1] ?? '') : number;
}

function readWritten(text: string): number {
  if (DECIMAL_COMMA.test(text)) return Number(text.replace(',', '.'));
  if (POINTS_THEN_COMMA.test(text)) return Number(text.replace(/[.'’\s]/g, '').replace(',', '.'));
  if (COMMAS_THEN_POINT.test(text)) return Number(text.replace(/[,'’\s]/g, ''));
  return text === '' ? NaN : Number(text);
}
