/**
 * @module
 * A plot of estimates: a row each, a dot at the mean and a bar over the 95 % interval.
 */
import type { Estimate } from '../../../src/model/evaluation/bootstrap.ts';
import { element, label, line } from './markup.ts';
import type { Role } from './roles.ts';
import { linearScale } from './scale.ts';

export interface IntervalChart {
  /** Read out to whoever does not see the plot. */
  description: string;
  rows: (Estimate & { name: string; role: Role })[];
  /** Marked by a line of its own, and always in sight. */
  reference: number;
  format: (value: number) => string;
}

const WIDTH = 820;
const NAMES_WIDTH = 190;
const VALUES_WIDTH = 190;
const ROW = 34;
const HEAD = 8;
const FOOT = 28;

export function drawIntervals({ description, rows, reference, format }: IntervalChart): string {
  const bottom = HEAD + rows.length * ROW;
  const finite = rows.flatMap(({ low, high }) => [low, high]).filter(Number.isFinite);
  const scale = linearScale(
    Math.min(reference, ...finite),
    Math.max(reference, ...finite),
    NAMES_WIDTH,
    WIDTH - VALUES_WIDTH,
  );
  const parts = scale.ticks.flatMap((tick) => [
    line(scale.at(tick), HEAD, scale.at(tick), bottom, 'grid'),
    label(scale.at(tick), bottom + 18, tick.toFixed(scale.decimals), 'soft', 'middle'),
  ]);
  parts.push(line(scale.at(reference), HEAD, scale.at(reference), bottom, 'axis'));
  for (const [index, { name, role, mean, low, high }] of rows.entries()) {
    const y = HEAD + (index + 0.5) * ROW;
    const own = role === 'own' ? 'ink strong' : 'ink';
    parts.push(label(0, y + 4.5, name, own));
    if (!Number.isFinite(mean)) continue;
    parts.push(line(scale.at(low), y, scale.at(high), y, `whisker ${role}`));
    parts.push(element('circle', { cx: scale.at(mean), cy: y, r: 5.5, class: `dot ${role}` }));
    const values = `${format(mean)}  [${format(low)}, ${format(high)}]`;
    parts.push(label(WIDTH, y + 4.5, values, own, 'end'));
  }
  return element(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${bottom + FOOT}`, role: 'img', 'aria-label': description },
    parts.join(''),
  );
}
