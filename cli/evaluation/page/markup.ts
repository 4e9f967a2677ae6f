/**
 * @module
 * Text and numbers as a page of HTML and SVG wants them.
 */

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Engines are named by whoever runs the command, files by anyone. */
export function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character]);
}

type Attributes = Record<string, string | number>;

/** @param inner - markup, not text. */
export function element(name: string, attributes: Attributes, inner = ''): string {
  const given = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? short(value) : escape(value)}"`)
    .join('');
  return `<${name}${given}>${inner}</${name}>`;
}

/** A tenth of a unit is finer than any screen shows. */
export function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** @param x - of the text's `anchor`. */
export function label(
  x: number,
  y: number,
  text: string,
  style = 'soft',
  anchor: 'start' | 'middle' | 'end' = 'start',
): string {
  return element('text', { x, y, class: style, 'text-anchor': anchor }, escape(text));
}

export function line(x1: number, y1: number, x2: number, y2: number, style: string): string {
  return element('line', { x1, y1, x2, y2, class: style });
}

/** Four digits, as the tables of the terminal have; a dash where there is none. */
export function share(value: number): string {
  return Number.isFinite(value) ? value.toFixed(4) : '–';
}

export function grouped(value: number): string {
  return value.toLocaleString('en-GB');
}
