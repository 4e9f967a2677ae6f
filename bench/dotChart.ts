/**
 * @module
 * A chart of dots on a logarithmic axis, as SVG: panels of labelled rows, one dot for each kind of
 * value. Legible on a light page and on a dark one: it brings its own ground for either.
 */

export interface DotPanel {
  title: string;
  rows: {
    label: string;
    /** Ours, in the accent colour. */
    isOwn: boolean;
    /** By kind; positive. */
    values: number[];
  }[];
}

export interface DotChart {
  title: string;
  /** What the first dot of a row stands for (filled), and the second (a ring). */
  kinds: readonly [string, string];
  unit: string;
  panels: readonly DotPanel[];
}

const WIDTH = 880;
const LABELS_WIDTH = 270;
const RIGHT = 90;
const HEAD = 78;
const PANEL_HEAD = 36;
const ROW = 26;
const FOOT = 40;

const STYLE = `
  svg { font: 14px system-ui, -apple-system, 'Segoe UI', sans-serif }
  .ground { fill: #ffffff } .ink { fill: #1c2733 } .soft { fill: #566472; font-size: 12px }
  .title { font-weight: 650; font-size: 15px } .panel { font-weight: 650 }
  .grid { stroke: #dde3e8 } .span { stroke: #aab5bf }
  .own { fill: #0b7a5f; stroke: #0b7a5f } .peer { fill: #7a5a12; stroke: #7a5a12 }
  .ring { fill: #ffffff; stroke-width: 2.4 }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #14191f } .ink { fill: #e8edf2 } .soft { fill: #a3b0bc }
    .grid { stroke: #2a333c } .span { stroke: #56636f }
    .own { fill: #4fd1ab; stroke: #4fd1ab } .peer { fill: #e0b252; stroke: #e0b252 }
    .ring { fill: #14191f }
  }`;

export function drawDotChart({ title, kinds, unit, panels }: DotChart): string {
  const all = panels.flatMap(({ rows }) => rows.flatMap(({ values }) => values));
  const first = Math.floor(Math.log10(Math.min(...all)));
  const last = Math.max(Math.ceil(Math.log10(Math.max(...all))), first + 1);
  const across = (value: number): number =>
    LABELS_WIDTH + ((Math.log10(value) - first) / (last - first)) * (WIDTH - LABELS_WIDTH - RIGHT);
  const parts: string[] = [];
  let top = HEAD;
  for (const panel of panels) {
    parts.push(text(20, top + 22, 'ink panel', panel.title));
    top += PANEL_HEAD;
    const bottom = top + panel.rows.length * ROW;
    for (let power = first; power <= last; power++) {
      const x = across(10 ** power).toFixed(1);
      parts.push(`<line class="grid" x1="${x}" x2="${x}" y1="${top - 4}" y2="${bottom}"/>`);
    }
    for (const { label, isOwn, values } of panel.rows) {
      const y = top + ROW / 2;
      const kind = isOwn ? 'own' : 'peer';
      parts.push(text(20, y + 5, 'ink', label));
      const places = values.map(across);
      if (places.length > 1) {
        const [from, to] = places.map((place) => place.toFixed(1));
        parts.push(`<line class="span" x1="${from}" x2="${to}" y1="${y}" y2="${y}"/>`);
      }
      // The ring first: where both fall on one place, the filled dot stands on it.
      for (const [index, place] of [...places.entries()].reverse()) {
        const look = index === 0 ? kind : `${kind} ring`;
        parts.push(
          `<circle class="${look}" cx="${place.toFixed(1)}" cy="${y}" r="${index === 0 ? 5 : 6}"/>`,
        );
      }
      const beside = Math.max(...places) + 14;
      parts.push(text(beside, y + 4, 'soft', values.map(shortNumber).join(' · ')));
      top += ROW;
    }
    for (let power = first; power <= last; power++) {
      const label = `${shortNumber(10 ** power)} ${unit}`;
      parts.push(text(across(10 ** power), bottom + 16, 'soft', label, 'middle'));
    }
    top += FOOT;
  }
  const legend = [
    '<circle class="peer" cx="27" cy="52" r="5"/>',
    text(40, 57, 'ink', kinds[0]),
    '<circle class="peer ring" cx="237" cy="52" r="6"/>',
    text(250, 57, 'ink', kinds[1]),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" role="img" aria-label="${escape(title)}">`,
    `<style>${STYLE}\n</style>`,
    `<rect class="ground" width="${WIDTH}" height="${top}"/>`,
    text(20, 28, 'ink title', title),
    ...legend,
    ...parts,
    '</svg>\n',
  ].join('\n');
}

function text(x: number, y: number, look: string, content: string, anchor = 'start'): string {
  return `<text class="${look}" x="${x.toFixed(1)}" y="${y}" text-anchor="${anchor}">${escape(content)}</text>`;
}

/** Three digits that count. */
function shortNumber(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function escape(content: string): string {
  return content.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
