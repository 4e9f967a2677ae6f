/**
 * @module
 * readText, readNumber: what a site has written, as an id or a number; anything else is undefined.
 * Foreign objects may say anything at all, and often say a number where a text is meant.
 */
import { MAX_ITEM_ID_LENGTH } from '../../events.ts';

/** A text of 1 to 512 characters without the white space around it, or a finite number as text. */
export function readText(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text && text.length <= MAX_ITEM_ID_LENGTH ? text : undefined;
}

/** A finite number, also one written as text. */
export function readNumber(value: unknown): number | undefined {
  const text = readText(value);
  return text !== undefined && Number.isFinite(Number(text)) ? Number(text) : undefined;
}
