/**
 * @module
 * Tables that a screen reader can walk: a caption, heads of columns and of rows.
 */
import { element, escape } from './markup.ts';

export interface Table {
  caption: string;
  head: string[];
  /** The first cell names the row. */
  rows: string[][];
  /** Rows to bring out, by their name. */
  strong?: string;
}

export function drawTable({ caption, head, rows, strong }: Table): string {
  const headings = head.map((name) => element('th', { scope: 'col' }, escape(name))).join('');
  const body = rows
    .map(([name, ...cells]) => {
      const first = element('th', { scope: 'row' }, escape(name));
      const rest = cells.map((cell) => `<td>${escape(cell)}</td>`).join('');
      return name === strong
        ? element('tr', { class: 'own' }, first + rest)
        : `<tr>${first}${rest}</tr>`;
    })
    .join('\n');
  return (
    '<div class="scroll" tabindex="0"><table>' +
    `<caption>${escape(caption)}</caption><thead><tr>${headings}</tr></thead>` +
    `<tbody>${body}</tbody></table></div>`
  );
}

/** Behind a plot that says the same. */
export function drawNumbers(table: Table): string {
  return `<details><summary>The numbers</summary>${drawTable(table)}</details>`;
}
