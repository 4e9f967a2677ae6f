/**
 * @module
 * Parcel silhouettes in a 120 × 120 box: the outline that the paper fills, a darker part (lid, side,
 * flap) and the ribbon. Plain SVG path data; colours come from whoever draws.
 */
import type { ShapeName } from './wrapping.ts';

export interface Parcel {
  /** Filled with the paper. */
  body: string;
  /** Laid over the body in a darker tone; empty when there is none. */
  shade: string;
  /** Filled with the ribbon's colour. */
  ribbon: string;
  /** Where it stands on the ground. */
  bottom: number;
  /** Where the bow sits; null: no bow. */
  bow: readonly [x: number, y: number] | null;
}

const rect = (x: number, y: number, width: number, height: number, r = 3): string =>
  `M${x + r} ${y}h${width - 2 * r}q${r} 0 ${r} ${r}v${height - 2 * r}q0 ${r} ${-r} ${r}` +
  `h${-(width - 2 * r)}q${-r} 0 ${-r} ${-r}v${-(height - 2 * r)}q0 ${-r} ${r} ${-r}z`;

export const PARCELS: Readonly<Record<ShapeName, Parcel>> = {
  box: {
    body: rect(28, 44, 64, 58) + rect(24, 38, 72, 17),
    shade: rect(24, 38, 72, 17),
    ribbon: rect(54, 38, 12, 64, 0),
    bottom: 102,
    bow: [60, 37],
  },
  flat: {
    body: rect(16, 62, 88, 38) + rect(12, 54, 96, 14),
    shade: rect(12, 54, 96, 14),
    ribbon: rect(34, 54, 10, 46, 0),
    bottom: 100,
    bow: [39, 53],
  },
  tower: {
    body: rect(22, 74, 76, 28) + rect(31, 52, 58, 23) + rect(40, 33, 40, 20),
    shade: rect(31, 70, 58, 5, 0) + rect(40, 49, 40, 4, 0),
    ribbon: rect(56, 33, 8, 69, 0),
    bottom: 102,
    bow: [60, 32],
  },
  tin: {
    body: 'M28 44v46c0 16 64 16 64 0V44z',
    shade: 'M28 44a32 11 0 0 1 64 0a32 11 0 0 1 -64 0z',
    ribbon: 'M28 64c0 15 64 15 64 0v11c0 15 -64 15 -64 0z',
    bottom: 102,
    bow: null,
  },
  bottle: {
    body:
      'M50 42c-14 8 -16 16 -16 28v26q0 6 6 6h40q6 0 6 -6V70c0 -12 -2 -20 -16 -28' +
      'c4 -8 8 -14 9 -22q-6 5 -10 0q-4 5 -9 0q-4 5 -9 0q-4 5 -10 0c1 8 5 14 9 22z',
    shade: 'M50 42c4 -8 8 -14 9 -22q-4 5 -8 0q-4 5 -10 0c1 8 5 14 9 22z',
    ribbon: rect(46, 38, 28, 9, 4),
    bottom: 102,
    bow: [60, 42],
  },
  pouch: {
    body:
      'M44 48C28 58 18 76 22 92q2 10 12 10h52q10 0 12 -10C102 76 92 58 76 48' +
      'c4 -6 8 -10 12 -20q-8 6 -14 0q-6 6 -14 0q-6 6 -14 0q-6 6 -14 0c4 10 8 14 12 20z',
    shade: 'M44 48c-4 -6 -8 -10 -12 -20q8 6 14 0q6 6 14 0q6 6 14 0q6 6 14 0c-4 10 -8 14 -12 20z',
    ribbon: rect(40, 43, 40, 9, 4),
    bottom: 102,
    bow: [60, 47],
  },
  cracker: {
    body:
      'M34 44h52l6 7q10 -9 26 -11l-7 11l7 11l-7 11l7 12q-16 -2 -26 -11l-6 7H34l-6 -7' +
      'q-10 9 -26 11l7 -12l-7 -11l7 -11l-7 -11q16 2 26 11z',
    shade:
      'M92 51q10 -9 26 -11l-7 11l7 11l-7 11l7 12q-16 -2 -26 -11z' +
      'M28 51q-10 -9 -26 -11l7 11l-7 11l7 11l-7 12q16 -2 26 -11z',
    ribbon: rect(25, 47, 8, 31, 3) + rect(87, 47, 8, 31, 3),
    bottom: 85,
    bow: [60, 47],
  },
  envelope: {
    body: rect(16, 36, 88, 62, 4),
    shade: 'M18 37h84L60 71z',
    ribbon: 'M60 60a9 9 0 1 1 0 18a9 9 0 1 1 0 -18z',
    bottom: 98,
    bow: null,
  },
  carrier: {
    body: 'M30 44h60l6 58H24z',
    shade: 'M30 44h60l1.4 13H28.6z',
    ribbon: 'M43 46c0 -32 34 -32 34 0h-5c0 -25 -24 -25 -24 0z',
    bottom: 102,
    bow: null,
  },
  heart: {
    body: 'M60 102C28 78 16 64 18 48c3 -22 32 -24 42 -4c10 -20 39 -18 42 4c2 16 -10 30 -42 54z',
    shade: 'M60 102C28 78 16 64 18 48c4 14 18 28 42 44c24 -16 38 -30 42 -44c2 16 -10 30 -42 54z',
    ribbon: 'M20 58l1 8l78 -10l1 -8z',
    bottom: 102,
    bow: [47, 57],
  },
  hatbox: {
    body: 'M20 58v32c0 16 80 16 80 0V58z' + 'M16 50a44 13 0 0 1 88 0v9c0 16 -88 16 -88 0z',
    shade: 'M16 50a44 13 0 0 1 88 0v9c0 16 -88 16 -88 0z',
    ribbon: 'M54 37.500h12v64.500h-12z',
    bottom: 102,
    bow: [60, 38],
  },
  cone: {
    body: 'M60 20L94 92c-10 14 -58 14 -68 0z',
    shade: 'M60 20L94 92q-6 8 -20 10z',
    ribbon:
      'M42 59c8 8 28 8 36 0l4 8c-10 9 -34 9 -44 0z' +
      'M60 8l3 8.500h9l-7 5.500l2.600 9L60 26l-7.600 5l2.600 -9l-7 -5.500h9z',
    bottom: 102,
    bow: null,
  },
};
