/**
 * @module
 * A plot of lines over steps, each named where it ends. Steps stand side by side at equal
 * distances, whatever their values.
 */
import { element, label, line, short } from './markup.ts';
import type { Role } from './roles.ts';
import { linearScale, type Scale } from './scale.ts';
import { spreadLabels } from './spreadLabels.ts';

export interface Line {
  name: string;
  role: Role;
  /** By step; NaN: nothing there, and the line is broken. */
  values: number[];
  /** By step; drawn as a band about the line. */
  band?: { low: number; high: number }[];
}

export interface LineChart {
  /** Read out to whoever does not see the plot. */
  description: string;
  steps: string[];
  /** Under each step, smaller. */
  notes?: string[];
  stepsTitle: string;
  lines: Line[];
  /** The axis begins at 0 unless it is to begin lower than its lowest value. */
  from?: number;
  /** And ends at its highest value unless it is to reach further. */
  to?: number;
  reference?: { value: number; name: string };
  width?: number;
  /** One line needs no name. */
  unnamed?: boolean;
  /** Of the ticks; `decimals` tell them apart. */
  format?: (value: number, decimals: number) => string;
}

export const CHART_HEIGHT = 330;
const WIDTH = 820;
const LEFT = 52;
const NAMES_WIDTH = 170;
const MARGIN = 14;
const TOP = 12;
const LABEL_HEIGHT = 17;

export function drawLines(chart: LineChart): string {
  const viewBox = `0 0 ${chart.width ?? WIDTH} ${CHART_HEIGHT}`;
  const about = { viewBox, role: 'img', 'aria-label': chart.description };
  return element('svg', about, lineMarks(chart));
}

/** What is drawn, without the element around it. */
export function lineMarks(chart: LineChart): string {
  const { steps, lines, notes, reference, width = WIDTH } = chart;
  const right = width - (chart.unnamed ? MARGIN : NAMES_WIDTH);
  const foot = notes ? 62 : 46;
  const bottom = CHART_HEIGHT - foot;
  const shown = lines.flatMap(({ values, band }) => [
    ...values,
    ...(band ?? []).flatMap(({ low, high }) => [low, high]),
  ]);
  const highest = Math.max(...shown.filter(Number.isFinite), reference?.value ?? 0, chart.to ?? 0);
  const scale = linearScale(chart.from ?? 0, highest, bottom, TOP);
  const across = (step: number): number =>
    LEFT + 14 + (step / Math.max(steps.length - 1, 1)) * (right - LEFT - 28);

  const parts = [axes(chart, scale, across, right, bottom)];
  if (reference) {
    const y = scale.at(reference.value);
    parts.push(line(LEFT, y, right, y, 'rule'));
    parts.push(label(right, y + 15, reference.name, 'soft', 'end'));
  }
  // What matters most is drawn last, above the others.
  const order = ['plain', 'part', 'peer', 'own'];
  const sorted = [...lines].sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
  for (const one of sorted) parts.push(drawLine(one, scale, across));
  const named = chart.unnamed ? [] : lines;
  const ends = named.map(({ values }) => scale.at(values.findLast(Number.isFinite) ?? NaN));
  for (const [index, y] of spreadLabels(ends, LABEL_HEIGHT, TOP + 6, bottom).entries()) {
    if (!Number.isFinite(y)) continue;
    const { role, name } = named[index];
    const x = right + 12;
    parts.push(line(right - 8, ends[index], x - 3, y, `leader ${role}`));
    parts.push(label(x, y + 4.5, name, `name ${role}`));
  }
  return parts.join('');
}

function axes(
  { steps, notes, stepsTitle, format = (value, decimals) => value.toFixed(decimals) }: LineChart,
  scale: Scale,
  across: (step: number) => number,
  right: number,
  bottom: number,
): string {
  const parts = scale.ticks.flatMap((tick, index) => [
    line(LEFT, scale.at(tick), right, scale.at(tick), index === 0 ? 'axis' : 'grid'),
    label(LEFT - 8, scale.at(tick) + 4, format(tick, scale.decimals), 'soft', 'end'),
  ]);
  for (const [step, name] of steps.entries()) {
    parts.push(label(across(step), bottom + 19, name, 'ink small', 'middle'));
    if (notes) parts.push(label(across(step), bottom + 34, notes[step], 'soft tiny', 'middle'));
  }
  parts.push(label((LEFT + right) / 2, CHART_HEIGHT - 8, stepsTitle, 'soft', 'middle'));
  return parts.join('');
}

function drawLine(
  { role, values, band }: Line,
  scale: Scale,
  across: (step: number) => number,
): string {
  const parts: string[] = [];
  if (band && band.every(({ low }) => Number.isFinite(low))) {
    const upper = band.map(({ high }, step) => `${short(across(step))} ${short(scale.at(high))}`);
    const lower = band.map(({ low }, step) => `${short(across(step))} ${short(scale.at(low))}`);
    const d = `M${[...upper, ...lower.reverse()].join('L')}Z`;
    parts.push(element('path', { d, class: `band ${role}` }));
  }
  let path = '';
  for (const [step, value] of values.entries()) {
    if (!Number.isFinite(value)) continue;
    const joins = step > 0 && Number.isFinite(values[step - 1]);
    path += `${joins ? 'L' : 'M'}${short(across(step))} ${short(scale.at(value))}`;
  }
  parts.push(element('path', { d: path, class: `line ${role}` }));
  for (const [step, value] of values.entries()) {
    if (!Number.isFinite(value)) continue;
    const style = `dot ${role}`;
    const r = role === 'own' ? 4 : 2.8;
    parts.push(element('circle', { cx: across(step), cy: scale.at(value), r, class: style }));
  }
  return parts.join('');
}
