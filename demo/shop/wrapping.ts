/**
 * @module
 * The names of parcels and papers. looks.json holds indices into these, so their order is part of
 * that file: append, never reorder.
 */

export const SHAPES = [
  'box',
  'flat',
  'tower',
  'tin',
  'bottle',
  'pouch',
  'cracker',
  'envelope',
  'carrier',
  'heart',
  'hatbox',
  'cone',
] as const;
export type ShapeName = (typeof SHAPES)[number];

export const PATTERNS = [
  'dots',
  'stripes',
  'diagonal',
  'gingham',
  'chevron',
  'scallop',
  'stars',
  'sprig',
  'confetti',
  'rings',
] as const;
export type PatternName = (typeof PATTERNS)[number];
