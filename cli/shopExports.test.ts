/**
 * Files as shops export them, trained on as they are: what is found, what is said, what is published.
 */
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { runHere, scratchFolder, type Outcome } from './runHere.case.ts';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

const out = scratch.path('model');
const train = (...args: string[]): Promise<Outcome> =>
  runHere('train', '--out', out, '--dim', '4', '--epochs', '2', '--threads', '1', ...args);

interface Document {
  kept: number;
  dropped: Record<string, number>;
  files: { columns: Record<string, string> }[];
  times: { first: string; last: string };
  metadata: { columns: string[]; known: number };
}

async function trained(...args: string[]): Promise<Document> {
  const { stdout, stderr, status } = await train(...args, '--json');
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return JSON.parse(stdout) as Document;
}

/** By id, what a visitor downloads of each item. */
async function published(): Promise<Record<string, Record<string, unknown>>> {
  const file = scratch.path('published.jsonl');
  await runHere('inspect', out, '--items', file);
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return Object.fromEntries(
    lines.map((line) => {
      const item = JSON.parse(line) as Record<string, unknown>;
      return [String(item['id']), item];
    }),
  );
}

const semicolons = scratch.write(
  'semicolons.csv',
  '\uFEFFBestellung;Kunde;Datum;Artikel;Menge;Preis\r\n' +
    '1;K1;03.01.2025 09:35;tee;2;1.030,18\r\n2;K2;04.01.2025 9:05;krug;1;9,90 €\r\n' +
    '3;K2;05.01.2025;tee;1;gratis\r\n4;K1;06.01.2025;krug;ein;9,90\r\n',
);
const german = [
  ...['--user-column', 'Kunde', '--item-column', 'Artikel', '--time-column', 'Datum'],
  ...['--order-column', 'Bestellung', '--quantity-column', 'Menge', '--price-column', 'Preis'],
];

describe('semicolons, decimal commas, dates with dots', () => {
  it('are read, and what is no number is not called "not above zero"', async () => {
    const document = await trained('--interactions', semicolons, ...german);
    expect(document).toMatchObject({
      kept: 2,
      dropped: { 'price unreadable': 1, 'quantity unreadable': 1 },
      examples: { 'price unreadable': '"gratis"', 'quantity unreadable': '"ein"' },
      times: { first: '2025-01-03', last: '2025-01-04' },
    });
    expect(await published()).toMatchObject({ tee: { price: 1030.18 }, krug: { price: 9.9 } });
  });

  it('name for people the columns taken, the days covered and a value to blame', async () => {
    const { stdout } = await train('--interactions', semicolons, ...german);
    expect(stdout).toMatch(/^columns +user Kunde, item Artikel, time Datum, order Bestellung, /m);
    expect(stdout).toMatch(/^left out +1 \(price unreadable, such as "gratis"\)$/m);
    expect(stdout).toMatch(/^times +2025-01-03 to 2025-01-04$/m);
    const timeless = german.map((name) => (name === 'Datum' ? 'none' : name));
    const without = await train('--interactions', semicolons, ...timeless);
    expect(without.stdout).toMatch(/^times +none \(--time-column\)/m);
  });

  it('need their umlauts in UTF-8', async () => {
    const bytes = Buffer.from('user,item\nk\xfcche,tee\n', 'latin1');
    const file = scratch.write('latin1.csv', bytes);
    const { status, stderr } = await train('--interactions', file);
    expect(status).toBe(2);
    expect(stderr).toContain('latin1.csv must be UTF-8');
  });
});

describe('dates with slashes', () => {
  const slashes = scratch.write('slashes.csv', 'user,item,date\nann,tea,09/12/2011 12:50\n');

  it('are refused with the option that would tell their order', async () => {
    const { status, stderr } = await train('--interactions', slashes);
    expect(status).toBe(2);
    expect(stderr).toContain('time unreadable, such as "09/12/2011 12:50" without --date-order');
  });

  it.each([
    ['dmy', '2011-12-09'],
    ['mdy', '2011-09-12'],
  ])('are read by --date-order %s', async (order, day) => {
    const { times } = await trained('--interactions', slashes, '--date-order', order);
    expect(times).toEqual({ first: day, last: day });
  });
});

const shopify = scratch.write(
  'orders_export.csv',
  'Name,Email,Paid at,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku\n' +
    '#1,ann@example.org,2025-01-03 23:30:00 -0400,2025-01-03 23:30:00 -0400,1,Tea,3.50,T-1\n' +
    '#1,ann@example.org,,2025-01-03 23:30:00 -0400,2,Jug,9.90,J-1\n',
);

describe('columns of other names', () => {
  it('of a hosted shop are found, its times with their zones', async () => {
    const document = await trained('--interactions', shopify, '--order-column', 'Name');
    expect(document.files[0].columns).toEqual({
      ...{ user: 'Email', item: 'Lineitem sku', time: 'Created at', order: 'Name' },
      ...{ quantity: 'Lineitem quantity', price: 'Lineitem price' },
    });
    expect(document.times).toEqual({ first: '2025-01-04', last: '2025-01-04' });
  });

  it('of products become those that lists understand', async () => {
    const products = scratch.write(
      'products.csv',
      'Handle,Title,Variant SKU,Variant Price,Cost per item,Image Src,Product Category\n' +
        'tea,Green tea,T-1,"1,234.50",1.10,https://cdn.example/t.jpg,Tea|Gifts\n',
    );
    await trained('--interactions', shopify, '--items', products);
    expect((await published())['T-1']).toMatchObject({
      ...{ title: 'Green tea', price: 1234.5, image: 'https://cdn.example/t.jpg' },
      ...{ categories: ['Tea', 'Gifts'], Handle: 'tea', 'Cost per item': '1.10' },
    });

    const wanted = ['--items-columns', 'title', 'Variant Price'];
    const document = await trained('--interactions', shopify, '--items', products, ...wanted);
    expect(document.metadata).toEqual({ columns: ['title', 'price'], known: 1 });
    expect(Object.keys((await published())['T-1'])).not.toContain('Cost per item');

    const refused = await train('--interactions', shopify, '--items', products, ...wanted, 'cost');
    expect(refused.stderr).toContain(
      'has no column cost (--items-columns); its columns are Handle',
    );
  });

  it('leave a column of the very name alone', async () => {
    const lines = '[{"id": "T-1", "title": "Green tea", "name": "t1", "Price": 3}]';
    const products = scratch.write('products.json', lines);
    await trained('--interactions', shopify, '--items', products);
    expect((await published())['T-1']).toMatchObject({ title: 'Green tea', name: 't1', price: 3 });
  });
});

describe('a file of items', () => {
  const orders = scratch.write('two.csv', 'user,item\nann,T-1\nbob,T-1\n');

  it('may be one JSON array', async () => {
    const products = scratch.write('array.json', ' [\n {"id": "T-1", "title": "Tea"},\n {}]');
    const { metadata } = await trained('--interactions', orders, '--items', products);
    expect(metadata).toEqual({ columns: ['title'], known: 1 });
  });

  it.each<[string, string, RegExp]>([
    ['torn.json', '[{"id": "T-1"', /torn\.json is not a JSON array: /],
    ['numbers.json', '[{"id": 1}, 2]', /numbers\.json entry 1 must be a JSON object but is 2/],
    ['no-id.csv', 'nr,title\n1,x\n', /no column of items \(--items-id-column\); .* nr, title/],
  ])('is refused as %s', async (name, contents, sentence) => {
    const file = scratch.write(name, contents);
    const { status, stderr } = await train('--interactions', orders, '--items', file);
    expect(status).toBe(2);
    expect(stderr).toMatch(sentence);
  });

  it('that knows none of the items is said to', async () => {
    const products = scratch.write('others.csv', 'id,title\n4711,Tea\n');
    const { stdout } = await train('--interactions', orders, '--items', products);
    expect(stdout).toMatch(/^metadata +none: no item of the events is in the file of --items/m);
  });
});

it('names the commands there are', async () => {
  const { status, stderr } = await runHere('trian');
  expect(status).toBe(2);
  expect(stderr).toBe(
    "sotto: unknown command 'trian'; there are train, refresh, pack, evaluate, inspect\n",
  );
});
