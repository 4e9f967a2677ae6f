/**
 * @module
 * The report as a reader of a terminal wants it: what was measured, then one table a question.
 */
import type { EventStep } from '../../src/model/evaluation/summary.ts';
import { formatTable } from './formatTable.ts';
import type { EvaluationReport } from './report.ts';

export function formatReport(report: EvaluationReport): string {
  const first = report.engines[0].metrics[0].name;
  const parts = [heading(report), engineTable(report)];
  if (report.differences.length > 0) {
    parts.push(`${first}: the default engine's lead, case by case`, differenceTable(report));
  }
  parts.push(
    `${first} by number of events seen`,
    stepTable(report),
    `${first}, told only the newest events`,
    reactionTable(report),
  );
  if (report.tradeOff.length > 0) {
    parts.push(`${first} of the default engine at other settings`, tradeOffTable(report));
  }
  return `${parts.join('\n\n')}\n`;
}

function heading(report: EvaluationReport): string {
  const { protocol, period, cases, users, folds, measuredFolds, model, data, seconds } = report;
  const measured = measuredFolds < folds ? `${measuredFolds} of ${folds}` : `${folds}`;
  const asked = protocol === 'strong' ? '' : `${number(cases)} groups of `;
  const when = period
    ? `, trained before ${period.from.slice(0, 10)}` +
      (period.to === null ? '' : `, tested before ${period.to.slice(0, 10)} (validation)`)
    : '';
  const constants = Object.entries(model.objective).map(([name, value]) => `${name} ${value}`);
  const days = (value: number | null | undefined) => (value == null ? 'none' : `${value} d`);
  return [
    `${protocol}: ${asked}${number(users)} held-out users, ${measured} folds${when}.`,
    `${number(data.kept)} events, ${number(data.users)} users, ${number(data.items)} items; ` +
      `${Math.round(seconds)} s.`,
    `dim ${model.dim}, ${constants.join(', ')}, ${model.epochs} epochs, training half-life ` +
      `${days(model.trainingHalfLifeDays)}, half-life ${days(model.halfLifeDays)}, ` +
      `trend ${model.trendExponent}.`,
  ].join('\n');
}

function engineTable({ engines }: EvaluationReport): string {
  const [{ name: first }, ...others] = engines[0].metrics;
  const header = ['engine', first, '95 % interval', ...others.map(({ name }) => name)];
  header.push('× popularity', 'serendipity', 'coverage', 'novelty, bits', 'diversity');
  const rows = engines.map((engine) => {
    const [{ mean, low, high }, ...rest] = engine.metrics;
    return [
      engine.engine,
      share(mean),
      interval(low, high),
      ...rest.map((metric) => share(metric.mean)),
      times(engine.ratioToPopularity, 2),
      share(engine.serendipity.mean),
      engine.coverage.toFixed(3),
      engine.novelty.toFixed(2),
      engine.diversity.toFixed(3),
    ];
  });
  return formatTable([header, ...rows]);
}

function differenceTable({ differences }: EvaluationReport): string {
  const rows = differences.map(({ than, mean, low, high, ratio }) => [
    `over ${than}`,
    signed(mean),
    interval(low, high, signed),
    times(ratio.mean),
    interval(ratio.low, ratio.high, (value) => times(value)),
  ]);
  return formatTable([['', 'difference', '95 % interval', 'ratio', '95 % interval'], ...rows]);
}

function stepTable({ engines }: EvaluationReport): string {
  const steps = engines[0].byEventsSeen;
  return formatTable([
    ['events seen', ...steps.map(stepName)],
    ['cases', ...steps.map((step) => number(step.cases))],
    ...engines.map((engine) => [
      engine.engine,
      ...engine.byEventsSeen.map((step) => share(step.mean)),
    ]),
  ]);
}

function reactionTable({ reaction }: EvaluationReport): string {
  const told = reaction[0].steps.map(({ events }) => events);
  return formatTable([
    ['events told', ...told.map((events) => (events === 0 ? 'none' : String(events)))],
    ...reaction
      .filter(({ steps }) => steps.length > 0)
      .map(({ engine, steps }) => [
        engine,
        ...told.map((events) => share(steps.find((step) => step.events === events)?.mean ?? NaN)),
      ]),
  ]);
}

function tradeOffTable({ tradeOff, engines }: EvaluationReport): string {
  const first = engines[0].metrics[0].name;
  return formatTable([
    ['setting', first, 'of the default', '95 % interval', 'coverage', 'novelty, bits', 'diversity'],
    ...tradeOff.map(({ setting, value, recall, ratio, coverage, novelty, diversity }) => [
      `${setting} ${value ?? 'none'}`,
      share(recall.mean),
      times(ratio.mean),
      interval(ratio.low, ratio.high, (value) => times(value)),
      coverage.toFixed(3),
      novelty.toFixed(2),
      diversity.toFixed(3),
    ]),
  ]);
}

function stepName({ from, to }: EventStep): string {
  if (to === null) return `${from}+`;
  return from === to ? String(from) : `${from}–${to}`;
}

function number(value: number): string {
  return value.toLocaleString('en-GB');
}

/** A dash where there was no case. */
function share(value: number): string {
  return Number.isFinite(value) ? value.toFixed(4) : '–';
}

/** A dash where the other found nothing. */
function times(value: number, digits = 3): string {
  return Number.isFinite(value) ? value.toFixed(digits) : '–';
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${share(Math.abs(value))}`;
}

function interval(low: number, high: number, format: (value: number) => string = share): string {
  return `${format(low)} … ${format(high)}`;
}
