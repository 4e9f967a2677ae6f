/**
 * @module
 * The report as one page: HTML that needs no script, no font and no network, with plots of our own
 * drawing. Every number of a plot also stands in a table beneath it.
 */
import type { EvaluationReport } from '../report.ts';
import { element, escape, grouped } from './markup.ts';
import { ROLE_TITLES, roleOf, type Role } from './roles.ts';
import {
  engineSection,
  leadSection,
  listSection,
  reactionSection,
  stepSection,
  tradeOffSection,
} from './sections.ts';
import { STYLE } from './style.ts';
import { tiles } from './tiles.ts';

export function renderPage(report: EvaluationReport): string {
  const title = `How good the lists are: ${report.protocol}`;
  const sections = [
    engineSection(report),
    leadSection(report),
    reactionSection(report),
    stepSection(report),
    tradeOffSection(report),
    listSection(report),
    constants(report),
  ];
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>How good the lists are</h1>
<p>${escape(summary(report))}</p>
${tiles(report)}
${key(report)}
</header>
<main>
${sections.filter((section) => section !== '').join('\n')}
</main>
<footer>Made by <code>sotto evaluate --report</code>. Intervals hold 95 % of 2,000 bootstrap draws of whole users.</footer>
</body>
</html>
`;
}

function summary(report: EvaluationReport): string {
  const { protocol, period, cases, users, folds, measuredFolds, data } = report;
  const measured = measuredFolds < folds ? `${measuredFolds} of ${folds}` : `${folds}`;
  const asked =
    protocol === 'strong'
      ? `${grouped(users)} visitors that no model had seen, a fifth of their items to be found`
      : `${grouped(cases)} days of ${grouped(users)} visitors that no model had seen` +
        (protocol === 'visit' ? ', the first item of the day being known' : '');
  const until = period?.to ? ` and tested before ${period.to.slice(0, 10)} (validation)` : '';
  const trained = period ? `, trained before ${period.from.slice(0, 10)}${until}` : '';
  return (
    `Every engine was asked the same: ${asked}, in ${measured} folds${trained}. ` +
    `${grouped(data.kept)} events, ${grouped(data.users)} users, ${grouped(data.items)} items.`
  );
}

function key(report: EvaluationReport): string {
  const present = new Set(report.engines.map(({ engine }) => roleOf(engine, report)));
  const entries = (Object.entries(ROLE_TITLES) as [Role, string][])
    .filter(([role]) => present.has(role))
    .map(([role, title]) => element('li', { class: role }, escape(title)));
  return `<ul class="key" aria-label="Colours of the plots">${entries.join('')}</ul>`;
}

function constants({ model, data, seed, seconds }: EvaluationReport): string {
  const { objective, ...others } = { ...model, seed };
  const pairs: [string, string | number | null][] = [
    ...Object.entries(objective),
    ...Object.entries(others).flatMap(([name, value]): [string, string | number | null][] =>
      typeof value === 'object' && value !== null ? [] : [[name, value ?? null]],
    ),
    ['files', data.files.map(({ file }) => file.split(/[\\/]/).at(-1)).join(', ')],
    ['seconds', Math.round(seconds)],
  ];
  const list = pairs
    .map(([name, value]) => {
      const text = value === null ? 'none' : String(value);
      return `<dt>${escape(name)}</dt><dd>${escape(text)}</dd>`;
    })
    .join('\n');
  return `<section><h2>Constants</h2><dl class="constants">${list}</dl></section>`;
}
