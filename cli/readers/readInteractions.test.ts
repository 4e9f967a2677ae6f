import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, describe, expect, it } from 'vitest';
import { DEFAULT_ACTION_WEIGHTS } from '../../src/events.ts';
import type { Interactions } from '../../src/model/interactions.ts';
import { scratchFolder } from '../runHere.case.ts';
import { readInteractions, type ReadOptions, type ReadResult } from './readInteractions.ts';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

const plain: ReadOptions = {
  columns: {},
  itemPattern: null,
  itemCase: 'keep',
  dropOrder: 'auto',
  minUserEvents: 1,
  minItemEvents: 1,
  actionWeights: DEFAULT_ACTION_WEIGHTS,
};

function rowsOf(read: Interactions): [user: string, item: string, time: number, weight: number][] {
  return Array.from(read.users, (user, row) => [
    read.userIds[user],
    read.itemIds[read.items[row]],
    read.timestamps?.[row] ?? NaN,
    read.weights[row],
  ]);
}

const read = (file: string, options: Partial<ReadOptions> = {}): Promise<ReadResult> =>
  readInteractions([file], { ...plain, ...options });

const INVOICES = [
  'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID',
  '1,85048,"BALL, 20 LIGHTS",12,2009-12-01 07:45:00,6.95,13085',
  '1,79323p,PINK LIGHTS,1,2009-12-01 07:45:00,6.75,13085',
  'C2,85048,BALL,-1,2009-12-01 08:00:00,6.95,13085',
  'A3,85048,BALL,1,2009-12-01 08:00:00,6.95,13085',
  '4,85048,BALL,1,2009-12-01 08:00:00,6.95,',
  '5,85048,BALL,1,2009-12-01 08:00:00,6.95,0',
  '6,POST,POSTAGE,1,2009-12-01 08:00:00,18,13086',
  '7,85048,BALL,0,2009-12-01 08:00:00,6.95,13086',
  '8,85048,BALL,1,2009-12-01 08:00:00,0,13086',
  '9,85048,BALL,1,soon,6.95,13086',
  '1,85048,"BALL, 20 LIGHTS",12,2009-12-01 07:45:00,6.95,13085',
  '10,79323P,PINK  LIGHTS,2,2009-12-02 08:00:00,5.95,13086',
  '11,79323P,PINK LIGHTS,2,2009-12-03 08:00:00,5.75,13086',
  '',
].join('\n');

describe('readInteractions', () => {
  it('counts every row that it leaves out under one reason', async () => {
    const file = scratch.write('invoices.csv', INVOICES);
    const { interactions, report, titles, prices, weighted } = await read(file, {
      columns: { title: ['Description'], price: ['Price', 'Unit Price'] },
      itemPattern: /^\d{5}[A-Z]{0,2}$/,
      itemCase: 'upper',
    });
    expect(report.dropped).toEqual({
      'cancelled order': 2,
      'no user': 2,
      'item id does not match': 1,
      'quantity not above zero': 1,
      'price not above zero': 1,
      'time unreadable': 1,
      'seen before': 1,
    });
    expect(report.rows).toBe(13);
    expect(report.kept).toBe(4);
    expect(rowsOf(interactions)).toEqual([
      ['13085', '85048', Date.UTC(2009, 11, 1, 7, 45), 2],
      ['13085', '79323P', Date.UTC(2009, 11, 1, 7, 45), 2],
      ['13086', '79323P', Date.UTC(2009, 11, 2, 8), 2],
      ['13086', '79323P', Date.UTC(2009, 11, 3, 8), 2],
    ]);
    expect(titles).toEqual(['BALL, 20 LIGHTS', 'PINK LIGHTS']);
    expect(prices).toEqual([6.95, 5.95]);
    expect(weighted).toBe(false);
  });

  it('drops cancelled orders of other columns only when asked to', async () => {
    const file = scratch.write('orders.csv', 'user_id,item_id,order_id\nann,tea,C1\nbob,tea,2\n');
    expect((await read(file)).report.kept).toBe(2);
    expect((await read(file, { dropOrder: /^C/ })).report.kept).toBe(1);
  });

  it('reads the log that exportData writes, with the weights of its actions', async () => {
    const line = (item: string, action: string, time: string): string =>
      JSON.stringify({ user_id: 'ann', item_id: item, action, timestamp: time });
    const file = scratch.write(
      'log.jsonl',
      [
        line('tea', 'click', '2025-03-28T10:22:00.000Z'),
        line('tea', 'impression', '2025-03-28T10:22:01.000Z'),
        line('cup', 'dislike', '2025-03-28T10:22:02.000Z'),
        line('jug', 'wishlist', '2025-03-28T10:22:03.000Z'),
      ].join('\n'),
    );
    const { interactions, report, weighted } = await read(file);
    expect(rowsOf(interactions).map(([, item, , weight]) => [item, weight])).toEqual([
      ['tea', 1],
      ['cup', -1],
      ['jug', Math.fround(0.1)],
    ]);
    expect(report.dropped).toEqual({ 'weight unreadable or zero': 1 });
    expect(weighted).toBe(true);
  });

  it('reads Parquet as it reads CSV, over several row groups', async () => {
    const bytes = parquetWriteBuffer({
      columnData: [
        { name: 'Customer ID', data: [1, 2, null, 3, 1], type: 'DOUBLE', nullable: true },
        { name: 'StockCode', data: ['a', 'b', 'a', 'b', 'b'], type: 'STRING' },
        { name: 'Invoice', data: [1n, 2n, 3n, 4n, 5n], type: 'INT64' },
        {
          name: 'InvoiceDate',
          data: [0, 1, 2, 3, 4].map((day) => new Date(day * 86_400_000)),
          type: 'TIMESTAMP',
        },
      ],
      rowGroupSize: 2,
    });
    const file = scratch.write('rows.parquet', new Uint8Array(bytes));
    const { interactions, report } = await read(file);
    expect(rowsOf(interactions)).toEqual([
      ['1', 'a', 0, 2],
      ['2', 'b', 86_400_000, 2],
      ['3', 'b', 3 * 86_400_000, 2],
      ['1', 'b', 4 * 86_400_000, 2],
    ]);
    expect(report.dropped).toEqual({ 'no user': 1 });
  });

  it('joins files that name columns differently, an item once an order in all of them', async () => {
    const first = scratch.write(
      'first.csv',
      'Invoice;Stock Code;Customer ID\n1;tea;ann\n2;cup;bob\n',
    );
    const second = scratch.write(
      'second.tsv',
      'invoice_no\tSKU\tuserId\n2\tcup\tbob\n3\ttea\tbob\n',
    );
    const { interactions, report } = await readInteractions([first, second], plain);
    expect(report.dropped).toEqual({ 'seen before': 1 });
    expect(interactions.userIds).toEqual(['ann', 'bob']);
    expect(interactions.timestamps).toBeNull();
    expect(interactions.users.length).toBe(3);
  });

  it('leaves out rare users and items until none is left', async () => {
    const pairs = ['a x', 'a y', 'b x', 'b y', 'c x', 'c z', 'd z'];
    const file = scratch.write(
      'rare.csv',
      `user,item\n${pairs.map((pair) => pair.replace(' ', ',')).join('\n')}\n`,
    );
    const { interactions, report } = await read(file, { minUserEvents: 2, minItemEvents: 2 });
    // d is rare, then z is, then c, and a and b with x and y stay.
    expect(interactions.userIds).toEqual(['a', 'b']);
    expect(interactions.itemIds).toEqual(['x', 'y']);
    expect(report.dropped).toEqual({ 'too few events': 3 });
  });

  it('takes named columns, and says which one is not there', async () => {
    const file = scratch.write('odd.csv', 'who,what,price\nann,tea,1\n');
    await expect(read(file)).rejects.toMatchObject({
      code: 'column-missing',
      message: `${file} has no column of users (--user-column); its columns are who, what, price`,
    });
    const columns = { user: ['who'], item: ['what'], weight: ['stars'] };
    await expect(read(file, { columns })).rejects.toThrow(/no column stars \(--weight-column\)/);
    const named = { user: ['who'], item: ['what'], weight: ['price'] };
    expect((await read(file, { columns: named })).interactions.userIds).toEqual(['ann']);
  });

  it('reads JSON Lines with a byte order mark', async () => {
    const file = scratch.write('marked.jsonl', '\ufeff{"user":"ann","item":"tea"}\n');
    expect((await read(file)).interactions.itemIds).toEqual(['tea']);
  });

  it('refuses files that it cannot read, and says why', async () => {
    const refused = async (name: string, contents: string): Promise<string> => {
      const file = scratch.write(name, contents);
      const error: unknown = await read(file).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'input-unreadable' });
      return (error as Error).message.replace(file, name);
    };
    expect(await refused('not.parquet', 'PAR1 but no more')).toMatch(
      /^not\.parquet is not a readable Parquet file: /,
    );
    expect(await refused('short.parquet', '')).toMatch(/^short\.parquet is not a readable Parquet/);
    expect(await refused('broken.jsonl', '{"user":1,"item":2}\n{"user":')).toBe(
      'broken.jsonl line 2 is not JSON: "{\\"user\\":"',
    );
    expect(await refused('quotes.csv', 'user,item\n"ann,tea\n')).toMatch(
      /^quotes\.csv is not a readable CSV file: /,
    );
    expect(await refused('notes.doc', 'hello')).toMatch(/^notes\.doc must end in /);
    await expect(read(scratch.path('missing.csv'))).rejects.toThrow(
      /missing\.csv cannot be read: there is no such file/,
    );
  });

  it('says why no row is left', async () => {
    const file = scratch.write('nobody.csv', 'user,item\n,tea\n0,cup\n');
    await expect(read(file)).rejects.toMatchObject({
      code: 'no-rows',
      message: `no rows are left of the 2 in ${file} (2 no user)`,
    });
  });
});

const DATA = process.env['SOTTO_DATA'] ?? join(import.meta.dirname, '../../../shared/data');
const YEARS = ['2009-2010', '2010-2011'].map((year) =>
  join(DATA, 'online-retail-ii', `${year}.parquet`),
);

describe.skipIf(!YEARS.every((file) => existsSync(file)))(
  'Online Retail II (skipped where ../shared/data does not hold it)',
  () => {
    it('comes to 766,079 purchases by 5,852 customers of 4,619 products', async () => {
      const { interactions, report } = await readInteractions(YEARS, {
        ...plain,
        itemPattern: /^\d{5}[A-Z]{0,2}$/u,
        itemCase: 'upper',
      });
      expect(report.rows).toBe(1_056_743);
      expect(interactions.users.length).toBe(766_079);
      expect(interactions.userIds.length).toBe(5_852);
      expect(interactions.itemIds.length).toBe(4_619);
      const left = Object.values(report.dropped).reduce((sum, rows) => sum + rows, 0);
      expect(report.kept + left).toBe(report.rows);
    });
  },
);
