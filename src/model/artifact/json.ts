/**
 * @module
 * The files of a model that are JSON, as they are written.
 */

export function jsonBytes(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** The same columns, of each what `take` makes of it. */
export function eachOf<T, U>(
  columns: Readonly<Record<string, T>>,
  take: (column: T) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, take(column)]));
}
