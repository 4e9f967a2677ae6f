/**
 * @module
 * All visits: those that stand beside each other first, then those that need the screen alone.
 */
import type { Visit } from '../visit.ts';
import { CLICKS } from './clicks.ts';
import { DWELL } from './dwell.ts';
import { ELEMENTS } from './elements.ts';
import { IMPRESSIONS } from './impressions.ts';
import { NAVIGATION } from './navigation.ts';
import { SCROLLERS } from './scrollers.ts';

const visits = [IMPRESSIONS, SCROLLERS, ELEMENTS, NAVIGATION, CLICKS, DWELL].flat();

export const VISITS: readonly Visit[] = [
  ...visits.filter(({ isAlone }) => !isAlone),
  ...visits.filter(({ isAlone }) => isAlone),
];
