/**
 * @module
 * Papers: one SVG tile of each pattern on a square of side 1, in the current colour. Whoever draws
 * scales and repeats it.
 */
import type { PatternName } from './wrapping.ts';

const star = 'M.5 .14L.59 .41L.86 .41L.64 .57L.72 .84L.5 .68L.28 .84L.36 .57L.14 .41L.41 .41z';

export const PAPERS: Readonly<Record<PatternName, string>> = {
  dots: '<circle cx=".25" cy=".25" r=".15"/><circle cx=".75" cy=".75" r=".15"/>',
  stripes: '<path d="M0 0h.38v1H0z"/>',
  diagonal: '<path d="M0 0h.38v1H0z"/>',
  gingham: '<path opacity=".55" d="M0 0h.5v1H0z"/><path opacity=".55" d="M0 0h1v.5H0z"/>',
  chevron: '<path d="M0 .55L.5 .15L1 .55V.85L.5 .45L0 .85z"/>',
  scallop:
    '<g fill="none" stroke="currentColor" stroke-width=".09"><path d="M0 .5a.5 .5 0 0 0 1 0"/>' +
    '<path d="M-.5 0a.5 .5 0 0 0 1 0a.5 .5 0 0 0 1 0"/></g>',
  stars: `<path d="${star}"/>`,
  sprig:
    '<path fill="none" stroke="currentColor" stroke-width=".07" d="M.5 .92C.5 .6 .5 .5 .5 .2"/>' +
    '<path d="M.5 .34C.3 .34 .22 .22 .2 .1C.38 .1 .5 .2 .5 .34zM.5 .5C.7 .5 .78 .38 .8 .26' +
    'C.62 .26 .5 .36 .5 .5zM.5 .68C.3 .68 .22 .56 .2 .44C.38 .44 .5 .54 .5 .68z"/>',
  confetti:
    '<path d="M.12 .12l.2 .06l-.14 .16zM.62 .3h.16v.16h-.16zM.3 .66l.16 -.08l.06 .18zM.8 .76l.14 .04l-.1 .12z"/>',
  rings: '<circle cx=".5" cy=".5" r=".28" fill="none" stroke="currentColor" stroke-width=".14"/>',
};
