import { expect, test } from 'vitest';
import { coalesce } from './coalesce.ts';

/** Runs that end when they are told to, and how many there were at once. */
function watched() {
  let now = 0;
  const ends: (() => void)[] = [];
  const seen = { begun: 0, most: 0 };
  const ask = coalesce(async () => {
    seen.begun++;
    seen.most = Math.max(seen.most, ++now);
    await new Promise<void>((resolve) => ends.push(resolve));
    now--;
  });
  return { ask, end: () => ends.shift()?.(), seen };
}

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
};

test('many wishes while one run is under way are one more run', async () => {
  const { ask, end, seen } = watched();
  const wishes = [ask(), ask(), ask(), ask()];
  end();
  await turns(10);
  end();
  await Promise.all(wishes);
  expect(seen).toEqual({ begun: 2, most: 1 });
});

test('never two runs at once, whenever the next wish comes', async () => {
  for (let turn = 0; turn < 8; turn++) {
    const { ask, end, seen } = watched();
    const wishes = [ask(), ask()];
    end();
    await turns(turn);
    wishes.push(ask());
    await turns(10);
    for (let run = 0; run < 3; run++) {
      end();
      await turns(10);
    }
    await Promise.all(wishes);
    expect(seen.most).toBe(1);
  }
});
