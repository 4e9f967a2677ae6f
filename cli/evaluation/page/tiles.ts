/**
 * @module
 * What a reader wants to know first: the default engine's numbers, and its lead.
 */
import { DEFAULT_ENGINE } from '../options.ts';
import type { EvaluationReport } from '../report.ts';
import { escape, share } from './markup.ts';

/** Nothing where the default engine was not asked. */
export function tiles(report: EvaluationReport): string {
  const own = report.engines.find(({ engine }) => engine === DEFAULT_ENGINE);
  if (!own) return '';
  const first = own.metrics[0];
  const leads = report.differences
    .filter(({ than }) => report.engines.some((one) => one.engine === than && one.isExternal))
    // Nothing is so many times what found nothing.
    .filter(({ ratio }) => Number.isFinite(ratio.mean))
    .map(({ than, ratio }): [string, string] => [
      `${ratio.mean.toFixed(2)} ×`,
      `${than} (${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)})`,
    ]);
  const shown: [string, string][] = [
    [share(first.mean), `${first.name} of the default engine`],
    ...(Number.isFinite(own.ratioToPopularity)
      ? [[`${own.ratioToPopularity.toFixed(2)} ×`, 'popularity'] as [string, string]]
      : []),
    ...leads,
  ];
  const items = shown.map(
    ([value, what]) => `<div class="tile"><dt>${escape(what)}</dt><dd>${escape(value)}</dd></div>`,
  );
  return `<dl class="tiles">${items.join('')}</dl>`;
}
