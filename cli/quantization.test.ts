import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { parseManifest } from '../src/model/artifact/parseManifest.ts';
import { twoTastes } from '../src/model/training/fixtures.case.ts';
import { runHere, scratchFolder } from './runHere.case.ts';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

const shop = twoTastes(40, 30, 10);
const rows = scratch.write(
  'rows.csv',
  `user,item\n${Array.from(shop.users, (user, row) => `${user},${shop.items[row]}`).join('\n')}\n`,
);
const train = ['train', '--interactions', rows, '--dim', '4', '--epochs', '2', '--threads', '1'];

describe('--quantization', () => {
  it('writes a compact model with its recall, which inspect reads and pack makes again', async () => {
    const out = scratch.path('compact');
    const trained = await runHere(...train, '--quantization', 'pq4', '--out', out, '--json');
    expect(trained.status).toBe(0);
    const { quantization } = parseManifest(readFileSync(`${out}/manifest.json`, 'utf8'));
    expect(quantization.kind).toBe('pq4');
    expect(quantization.recall?.overlap).toBeGreaterThanOrEqual(0.95);
    expect(JSON.parse(trained.stdout)).toMatchObject({ recall: quantization.recall });

    const factors = scratch.path('factors.npy');
    const ids = scratch.path('ids.json');
    const inspected = await runHere('inspect', out, '--factors', factors, '--ids', ids);
    expect(inspected.stdout).toMatch(/^recall +\d+\.\d % of the exact top \d+/m);
    const packed = ['pack', '--factors', factors, '--ids', ids, '--quantization', 'auto'];
    const again = await runHere(...packed, '--out', scratch.path('again'), '--json');
    expect(again.status).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({ quantization: 'pq4' });
  });

  it('refuses a kind that is not known', async () => {
    const refused = await runHere(...train, '--quantization', 'pq9', '--out', scratch.path('no'));
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(/--quantization/);
  });
});
