/**
 * @module
 * What `sotto train` says when it is done, for people to read.
 */
import type { Blend } from '../../src/model/blend.ts';
import type { TriedHalfLives } from '../../src/model/training/blend/chooseHalfLives.ts';
import { reasonText, type ReadReport } from '../readers/readReport.ts';
import { grouped, type ReportLine } from '../report.ts';

const NO_TIMES = 'none (--time-column): no seasons, no trends, and the blend is not learned';

export interface Summary {
  out: string;
  modelId: string;
  rows: number;
  kept: number;
  dropped: ReadReport['dropped'];
  examples: ReadReport['examples'];
  files: ReadReport['files'];
  times: { first: string; last: string } | null;
  metadata: { columns: string[]; known: number } | null;
  users: number;
  items: number;
  newItems: number;
  pairs: number;
  segments: { name: string; users: number }[] | null;
  halfLifeDays: number | null;
  halfLivesTried: readonly TriedHalfLives[];
  blend: Blend | null;
  blendRefused: string | null;
  seconds: { read: number; train: number; total: number };
  bytes: number;
}

export function summaryLines(done: Summary, quantization: readonly ReportLine[]): ReportLine[] {
  return [
    ...columnLines(done.files),
    ['rows read', grouped(done.rows)],
    ...Object.entries(done.dropped).map(([reason, rows]): ReportLine => [
      'left out',
      `${grouped(rows)} (${reasonText(reason, done)})`,
    ]),
    ['rows kept', grouped(done.kept)],
    ['times', done.times ? `${done.times.first} to ${done.times.last}` : NO_TIMES],
    ['users', grouped(done.users)],
    ['items', grouped(done.items)],
    ...(done.newItems > 0 ? [['new items', grouped(done.newItems)] as ReportLine] : []),
    ...(done.metadata ? [['metadata', describeMetadata(done, done.metadata)] as ReportLine] : []),
    ['pairs', grouped(done.pairs)],
    ...(done.segments ? [['segments', String(done.segments.length)] as ReportLine] : []),
    [
      'seconds',
      `${done.seconds.total} (reading ${done.seconds.read}, training ${done.seconds.train})`,
    ],
    ['half-lives', describeHalfLives(done)],
    ['blend', describeBlend(done)],
    ...quantization,
    ['bytes written', grouped(done.bytes)],
    ['model', `${done.modelId} in ${done.out}`],
  ];
}

/** A wrong guess is seen here, not in the lists of visitors. */
function columnLines(files: Summary['files']): ReportLine[] {
  const described = files.map(({ columns }) =>
    Object.entries(columns)
      .map(([part, column]) => `${part} ${column}`)
      .join(', '),
  );
  return [...new Set(described)].map((columns) => ['columns', columns]);
}

function describeMetadata(
  { items, newItems }: Summary,
  { columns, known }: NonNullable<Summary['metadata']>,
): string {
  const all = grouped(items + newItems);
  return known === 0
    ? `none: no item of the events is in the file of --items (are its ids of another kind?)`
    : `${columns.join(', ')}; of ${grouped(known + newItems)} of ${all} items`;
}

/** Of a visitor's events. */
function describeHalfLives({ halfLifeDays, halfLivesTried, blend }: Summary): string {
  const days = (value: number | null): string => (value === null ? 'none' : `${value} days`);
  const both = blend
    ? `${days(halfLifeDays)}, of recent events ${days(blend.recentHalfLifeDays)}`
    : days(halfLifeDays);
  if (halfLivesTried.length === 0) return both;
  const distinct = (values: (number | null)[]): string => [...new Set(values)].join(', ');
  const long = distinct(halfLivesTried.map((tried) => tried.halfLifeDays));
  const recent = distinct(halfLivesTried.map((tried) => tried.recentHalfLifeDays));
  return `${both} (tried ${long}; recent ${recent})`;
}

function describeBlend({ blend, blendRefused }: Summary): string {
  if (!blend) return 'plain: similarity and trend';
  if (blendRefused !== null) return `the defaults, since ${blendRefused}`;
  const strongest = blend.signals
    .toSorted((left, right) => Math.abs(right.weight) - Math.abs(left.weight))
    .slice(0, 5)
    .map(({ signal, weight }) => `${signal} ${weight.toFixed(2)}`);
  return `learned on ${grouped(blend.learned?.lists ?? 0)} lists: ${strongest.join(', ')}, …`;
}
