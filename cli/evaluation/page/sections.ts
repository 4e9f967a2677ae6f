/**
 * @module
 * The parts of the page, a question each: a heading that asks it, a plot, and the numbers.
 */
import { DEFAULT_ENGINE } from '../options.ts';
import type { EvaluationReport } from '../report.ts';
import { drawIntervals } from './intervalChart.ts';
import { drawLines } from './lineChart.ts';
import { escape, grouped, share } from './markup.ts';
import { roleOf } from './roles.ts';
import { drawNumbers, drawTable } from './tables.ts';
import { tradeOffCharts } from './tradeOffCharts.ts';

/** Fewer cases say little of a mean. */
const WEAK_CASES = 30;

const times = (value: number): string => (Number.isFinite(value) ? value.toFixed(2) : '–');

function section(title: string, about: string, content: string): string {
  return `<section><h2>${escape(title)}</h2><p class="about">${escape(about)}</p>${content}</section>`;
}

function figure(...plots: string[]): string {
  const inner = plots.map((plot) => `<div class="scroll">${plot}</div>`).join('');
  return plots.length > 1 ? `<figure class="pair">${inner}</figure>` : `<figure>${inner}</figure>`;
}

export function engineSection(report: EvaluationReport): string {
  const { engines } = report;
  const names = engines[0].metrics.map(({ name }) => name);
  const [first] = names;
  const rows = engines.map(({ engine, metrics }) => ({
    ...metrics[0],
    name: engine,
    role: roleOf(engine, report),
  }));
  const plot = drawIntervals({
    description: `${first} of each engine with its 95 % interval`,
    rows,
    reference: 0,
    format: share,
  });
  const table = drawTable({
    caption: 'Means over all cases',
    head: ['engine', ...names, '95 % interval of the first', '× popularity'],
    rows: engines.map(({ engine, metrics, ratioToPopularity }) => [
      engine,
      ...metrics.map(({ mean }) => share(mean)),
      `${share(metrics[0].low)} to ${share(metrics[0].high)}`,
      times(ratioToPopularity),
    ]),
    strong: DEFAULT_ENGINE,
  });
  const about =
    `${first}: the share of what the visitor went on to choose that stood in the list, of the ` +
    'most that could. The bars are 95 % intervals.';
  return section('How often is the list right?', about, figure(plot) + table);
}

export function leadSection(report: EvaluationReport): string {
  const { differences } = report;
  if (differences.length === 0) return '';
  const rows = differences.map(({ than, ratio }) => ({
    ...ratio,
    name: `over ${than}`,
    role: roleOf(than, report),
  }));
  const { metric } = differences[0];
  const plot = drawIntervals({
    description: `${metric} of the default engine over that of each other, with 95 % intervals`,
    rows,
    reference: 1,
    format: times,
  });
  const numbers = drawNumbers({
    caption: 'The default engine beside each other, case by case',
    head: ['', 'ratio', '95 % interval', 'difference', '95 % interval'],
    rows: differences.map(({ than, mean, low, high, ratio }) => [
      `over ${than}`,
      ...[times(ratio.mean), `${times(ratio.low)} to ${times(ratio.high)}`],
      ...[share(mean), `${share(low)} to ${share(high)}`],
    ]),
  });
  const about =
    `The default engine’s ${metric} over each other’s, over the same cases: the draws take whole ` +
    'users, and both engines of a draw answer the same ones. Clear of 1 is clear of luck.';
  return section('How far ahead is the default?', about, figure(plot) + numbers);
}

export function reactionSection(report: EvaluationReport): string {
  const answered = report.reaction.filter(({ steps }) => steps.length > 0);
  if (answered.length === 0) return '';
  const told = [
    ...new Set(answered.flatMap(({ steps }) => steps.map(({ events }) => events))),
  ].sort((left, right) => left - right);
  const names = told.map((events) => (events === 0 ? 'none' : String(events)));
  const stepOf = (steps: (typeof answered)[number]['steps'], events: number) =>
    steps.find((step) => step.events === events);
  const plot = drawLines({
    description: 'The first metric of each engine by how many of the newest events it is told',
    steps: names,
    stepsTitle: 'newest events told',
    lines: answered.map(({ engine, steps }) => ({
      name: engine,
      role: roleOf(engine, report),
      values: told.map((events) => stepOf(steps, events)?.mean ?? NaN),
      ...(engine === DEFAULT_ENGINE
        ? { band: told.map((events) => stepOf(steps, events) ?? { low: NaN, high: NaN }) }
        : {}),
    })),
  });
  const numbers = drawNumbers({
    caption: `${report.engines[0].metrics[0].name}, told only the newest events`,
    head: ['events told', ...names],
    rows: answered.map(({ engine, steps }) => [
      engine,
      ...told.map((events) => share(stepOf(steps, events)?.mean ?? NaN)),
    ]),
    strong: DEFAULT_ENGINE,
  });
  const about =
    'The same cases every time, and each engine told only the newest 0, 1, 2, … events of the ' +
    'visitor: how soon a click shows.';
  return section('How fast does it react?', about, figure(plot) + numbers);
}

export function stepSection(report: EvaluationReport): string {
  const { engines } = report;
  const steps = engines[0].byEventsSeen;
  const names = steps.map(({ from, to }) =>
    to === null ? `${from}+` : from === to ? String(from) : `${from}–${to}`,
  );
  const firm = [...steps.keys()].filter((step) => steps[step].cases >= WEAK_CASES);
  const plot = drawLines({
    description: 'The first metric of each engine by how many events the visitor has had',
    steps: firm.map((step) => names[step]),
    notes: firm.map((step) => `${grouped(steps[step].cases)} cases`),
    stepsTitle: 'events the visitor has had',
    lines: engines.map(({ engine, byEventsSeen }) => ({
      name: engine,
      role: roleOf(engine, report),
      values: firm.map((step) => byEventsSeen[step].mean),
    })),
  });
  const numbers = drawNumbers({
    caption: `${engines[0].metrics[0].name} by number of events seen`,
    head: ['events seen', ...names],
    rows: [
      ['cases', ...steps.map(({ cases }) => grouped(cases))],
      ...engines.map(({ engine, byEventsSeen }) => [
        engine,
        ...byEventsSeen.map(({ mean }) => share(mean)),
      ]),
    ],
    strong: DEFAULT_ENGINE,
  });
  const about =
    'Visitors with short histories and others with long ones: other people at every step, so ' +
    `steps are not to be compared with each other. Steps of fewer than ${WEAK_CASES} cases stand in ` +
    'the numbers alone.';
  return section('For whom is it good?', about, (firm.length > 1 ? figure(plot) : '') + numbers);
}

export function tradeOffSection({ tradeOff, engines }: EvaluationReport): string {
  if (tradeOff.length === 0) return '';
  const metric = engines[0].metrics[0].name;
  const numbers = drawNumbers({
    caption: 'The default engine at other settings',
    head: [
      'setting',
      metric,
      'of the default',
      '95 % interval',
      'coverage',
      'novelty',
      'diversity',
    ],
    rows: tradeOff.map(({ setting, value, recall, ratio, coverage, novelty, diversity }) => [
      `${setting} ${value ?? 'none'}`,
      share(recall.mean),
      ratio.mean.toFixed(3),
      `${ratio.low.toFixed(3)} to ${ratio.high.toFixed(3)}`,
      coverage.toFixed(3),
      novelty.toFixed(2),
      diversity.toFixed(3),
    ]),
  });
  const about = `${metric} at each setting, over that at the first, which is the default; one is moved at a time.`;
  return section(
    'What do other settings cost?',
    about,
    figure(...tradeOffCharts(tradeOff, metric).map(drawLines)) + numbers,
  );
}

export function listSection({ engines }: EvaluationReport): string {
  const table = drawTable({
    caption: 'Of the first 20 items of each list',
    head: ['engine', 'serendipity', 'coverage', 'novelty, bits', 'diversity'],
    rows: engines.map(({ engine, serendipity, coverage, novelty, diversity }) => [
      engine,
      share(serendipity.mean),
      coverage.toFixed(3),
      novelty.toFixed(2),
      diversity.toFixed(3),
    ]),
    strong: DEFAULT_ENGINE,
  });
  const about =
    'Serendipity: the part of the recall that popularity would not have shown the same visitor. ' +
    'Coverage: the share of the catalogue in at least one list. Novelty: how rare the listed ' +
    'items are. Diversity: how unlike the items of one list are, by who bought them.';
  return section('What are the lists like?', about, table);
}
