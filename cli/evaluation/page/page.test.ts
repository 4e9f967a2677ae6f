import { beforeAll, describe, expect, it } from 'vitest';
import type { EvaluationReport } from '../report.ts';
import { escape } from './markup.ts';
import { renderPage } from './renderPage.ts';
import { sampleReport } from './sampleReport.case.ts';
import { linearScale } from './scale.ts';
import { spreadLabels } from './spreadLabels.ts';

describe('linearScale', () => {
  it.each([
    [0, 0.116, [0, 0.025, 0.05, 0.075, 0.1, 0.125], 3],
    [1, 3.4, [1, 1.5, 2, 2.5, 3, 3.5], 1],
    [0, 0, [0, 0.2], 1],
    [-3, 12, [-5, 0, 5, 10, 15], 0],
  ])('marks round numbers from %d to %d', (low, high, ticks, decimals) => {
    const scale = linearScale(low, high, 100, 0);
    expect(scale.ticks.map((tick) => Number(tick.toFixed(6)))).toEqual(ticks);
    expect(scale.decimals).toBe(decimals);
    expect(scale.at(ticks[0])).toBeCloseTo(100, 9);
    expect(scale.at(ticks[ticks.length - 1])).toBeCloseTo(0, 9);
  });
});

describe('spreadLabels', () => {
  it('keeps names apart, in order and in sight', () => {
    const places = spreadLabels([50, 52, NaN, 51, 98, 5], 10, 0, 100);
    expect(places[2]).toBeNaN();
    const standing = [places[5], places[0], places[3], places[1], places[4]];
    for (const [index, place] of standing.entries()) {
      expect(place).toBeGreaterThanOrEqual(0);
      expect(place).toBeLessThanOrEqual(100);
      if (index > 0) expect(place - standing[index - 1]).toBeGreaterThanOrEqual(10);
    }
  });
});

describe('renderPage', () => {
  let report: EvaluationReport;
  let page: string;
  beforeAll(() => {
    report = sampleReport();
    page = renderPage(report);
  });

  it('needs nothing but itself', () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|https?:/);
    expect(Buffer.byteLength(page)).toBeLessThan(150_000);
  });

  it('closes what it opens', () => {
    const open: string[] = [];
    for (const [, end, name] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
      if (['meta', 'br'].includes(name)) continue;
      if (!end) open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });

  it('draws no place that is not a number', () => {
    expect(page).not.toMatch(/NaN|Infinity|undefined|\[object/);
  });

  it('says every number of a plot in a table too', () => {
    for (const { engine, metrics } of report.engines) {
      const row = new RegExp(`<th scope="row">${escape(engine)}</th>(<td>[^<]*</td>)*`);
      expect(page.match(row)?.[0]).toContain(`<td>${metrics[0].mean.toFixed(4)}</td>`);
    }
    for (const { steps } of report.reaction) {
      for (const { mean } of steps) expect(page).toContain(`<td>${mean.toFixed(4)}</td>`);
    }
    for (const { ratio } of report.tradeOff) {
      expect(page).toContain(`<td>${ratio.mean.toFixed(3)}</td>`);
    }
    expect(page.match(/<svg/g)?.length).toBe(
      page.match(/<svg[^>]* role="img" aria-label="[^"]+"/g)?.length,
    );
  });

  it('shows names as they are, whatever is in them', () => {
    const named = structuredClone(report);
    named.engines[1].engine = named.reaction[1].engine = '<b>&"quoted" 🎁';
    named.differences[1].than = named.engines[1].engine;
    const shown = renderPage(named);
    expect(shown).toContain('&lt;b&gt;&amp;&quot;quoted&quot; 🎁');
    expect(shown).not.toContain('<b>');
  });

  it('leaves out what was not measured', () => {
    const bare = { ...report, tradeOff: [], differences: [], reaction: [] };
    const shown = renderPage(bare);
    expect(page).toContain('What do other settings cost?');
    expect(shown).not.toContain('other settings');
    expect(shown).not.toContain('How far ahead');
    expect(shown).toContain('How often is the list right?');
  });
});
