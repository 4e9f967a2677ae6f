/**
 * @module
 * What a command says when it is done: one JSON document, or lines for people.
 */

export type ReportLine = [label: string, value: string];

/** The one document of `--json`. */
export function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

/** To standard output, where nothing but what a command found is written. */
export function report(json: boolean, document: unknown, lines: readonly ReportLine[]): void {
  if (json) return printJson(document);
  const width = Math.max(...lines.map(([label]) => label.length));
  for (const [label, value] of lines) process.stdout.write(`${label.padEnd(width)}  ${value}\n`);
}

/** 1234567 → "1,234,567", in every locale. */
export function grouped(value: number): string {
  return value.toLocaleString('en-GB');
}
