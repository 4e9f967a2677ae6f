import { expect, it } from 'vitest';
import { currentTable } from './currentTable.ts';
import { replayFold } from './replay.ts';
import { dayMs, tableOf } from './table.case.ts';

it('holds the others’ events after the cut, on known items, and none of the held-out user', () => {
  const log = tableOf(`
    anna a 0
    ben  b 1
    ben  a 2
    ben  new 11
    cleo b 12
    anna b 12
  `);
  const folds = Int32Array.from(log.userIds, (id) => (id === 'anna' ? 0 : 1));
  const period = { fromMs: dayMs(10), toMs: Infinity };
  const { training } = replayFold(log, folds, 0, period);
  const current = currentTable(log, folds, 0, training);
  const rows = [...current.users].map((user, row) =>
    [current.userIds[user], current.itemIds[current.items[row]], current.timestamps![row]].join(),
  );
  expect(rows).toEqual([`ben,b,${dayMs(1)}`, `ben,a,${dayMs(2)}`, `cleo,b,${dayMs(12)}`]);
});
