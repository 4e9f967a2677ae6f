/**
 * @module
 * An item's picture: a parcel drawn as SVG from the item's row of looks.json.
 */
import { PAPERS } from './papers.ts';
import { PARCELS } from './parcels.ts';
import { PATTERNS, SHAPES } from './wrapping.ts';

export interface Look {
  shape: number;
  pattern: number;
  hue: number;
  ribbon: number;
  tone: number;
  scale: number;
}

/** Paper and print by tone: lightness and chroma, in that order. */
const TONES = [
  { paper: '0.87 0.07', print: '0.72 0.13' },
  { paper: '0.74 0.12', print: '0.91 0.06' },
  { paper: '0.53 0.11', print: '0.80 0.10' },
] as const;

const TILE_SIDES = [11, 14, 17, 21] as const;

/** An item without a look (another model's) is wrapped in plain paper. */
const PLAIN: Look = { shape: 0, pattern: 1, hue: 210, ribbon: 20, tone: 0, scale: 0 };

let drawn = 0;

/** Decorative: the card's text says what the item is. */
export function drawThumbnail(look: Look = PLAIN): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 120 120');
  svg.setAttribute('class', 'thumbnail');
  svg.setAttribute('aria-hidden', 'true');
  svg.style.setProperty('--hue', String(look.hue));
  svg.innerHTML = thumbnailMarkup(look, `paper-${drawn++}`);
  return svg;
}

/** @param patternId - unique in the document. */
export function thumbnailMarkup(look: Look, patternId: string): string {
  const parcel = PARCELS[SHAPES[look.shape] ?? 'box'];
  const pattern = PATTERNS[look.pattern] ?? 'dots';
  const tone = TONES[look.tone] ?? TONES[0];
  const side = TILE_SIDES[look.scale] ?? TILE_SIDES[0];
  const paper = `oklch(${tone.paper} ${look.hue})`;
  const print = `oklch(${tone.print} ${(look.hue + 24) % 360})`;
  const ribbon = `oklch(0.58 0.15 ${look.ribbon})`;
  return `
    <defs>
      <pattern id="${patternId}" width="1" height="1" patternUnits="userSpaceOnUse"
        patternTransform="translate(60 60) scale(${side}) rotate(${pattern === 'diagonal' ? 40 : 0})">
        <g fill="currentColor" style="color:${print}">${PAPERS[pattern]}</g>
      </pattern>
    </defs>
    <ellipse class="thumbnail-shadow" cx="60" cy="${parcel.bottom + 2}" rx="46" ry="4.5"/>
    <path d="${parcel.body}" style="fill:${paper}"/>
    <path d="${parcel.body}" fill="url(#${patternId})"/>
    <path d="${parcel.shade}" fill="#101828" opacity=".13"/>
    <path d="${parcel.ribbon}" style="fill:${ribbon}"/>
    ${parcel.bow ? bow(parcel.bow, ribbon) : ''}`;
}

function bow([x, y]: readonly [number, number], colour: string): string {
  return `<g transform="translate(${x} ${y})" style="fill:${colour}">
    <path d="M0 0C-6 -14 -22 -16 -22 -6C-22 2 -8 4 0 0z"/>
    <path d="M0 0C6 -14 22 -16 22 -6C22 2 8 4 0 0z"/>
    <path d="M-2 0l-9 13l7 -1l4 -9zM2 0l9 13l-7 -1l-4 -9z" opacity=".85"/>
    <circle r="4.500"/><circle r="4.500" fill="#101828" opacity=".18"/></g>`;
}
