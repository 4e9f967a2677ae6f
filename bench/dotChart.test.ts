import { expect, test } from 'vitest';
import { drawDotChart, type DotChart } from './dotChart.ts';

const chart: DotChart = {
  title: 'A & B',
  kinds: ['real', 'equal'],
  unit: 'ms',
  panels: [
    {
      title: '<10> items',
      rows: [
        { label: 'ours', isOwn: true, values: [0.02, 0.2] },
        { label: 'theirs', isOwn: false, values: [2] },
      ],
    },
  ],
};

/** Without the two of the legend; of each row the ring comes first. */
const placesOf = (svg: string, look: string): number[] =>
  [...svg.matchAll(/<circle class="([^"]+)" cx="([\d.]+)"/g)]
    .slice(2)
    .filter(([, each]) => each === look)
    .map(([, , x]) => Number(x));

test('a tenfold value lies one step of the axis further', () => {
  const svg = drawDotChart(chart);
  const grid = [...svg.matchAll(/class="grid" x1="([\d.]+)"/g)].map(([, x]) => Number(x));
  const step = grid[1] - grid[0];
  const [own] = placesOf(svg, 'own');
  expect(placesOf(svg, 'own ring')[0] - own).toBeCloseTo(step, 0);
  expect(placesOf(svg, 'peer')[0] - own).toBeCloseTo(2 * step, 0);
  expect(own).toBeGreaterThan(grid[0]);
});

test('names are text, never markup', () => {
  const svg = drawDotChart(chart);
  expect(svg).toContain('&#60;10&#62; items');
  expect(svg).toContain('A &#38; B');
  expect(svg).not.toContain('<10>');
});

test('one value alone still has an axis', () => {
  const one = { ...chart, panels: [{ title: '', rows: [chart.panels[0].rows[1]] }] };
  expect(drawDotChart(one)).not.toMatch(/NaN|Infinity/);
});
