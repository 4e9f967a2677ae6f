import { describe, expect, test } from 'vitest';
import type { SottoError } from '../errors.ts';
import { createRecommender } from '../recommender.ts';
import { codeOf, idsOf, start } from './visitor.case.ts';

describe('lists', () => {
  test('similar, rank and popular', async () => {
    const sotto = await start();
    const popular = await sotto.popular({ count: 3, window: 'all' });
    expect(popular.map(({ rank, source }) => `${rank} ${source}`)).toEqual([
      '0 popular',
      '1 popular',
      '2 popular',
    ]);
    expect(popular[0].item.title).toBeTypeOf('string');
    const similar = await sotto.similar(popular[0].itemId, { count: 4 });
    expect(similar.length).toBe(4);
    expect(idsOf(similar)).not.toContain(popular[0].itemId);
    const ranked = await sotto.rank(idsOf(similar));
    expect(idsOf(ranked).sort()).toEqual(idsOf(similar).sort());
    expect(await sotto.rank([])).toEqual([]);
    expect(await codeOf(sotto.similar('nothing'))).toBe('SottoError unknown-item');
    expect(await codeOf(sotto.rank(['nothing']))).toBe('SottoError unknown-item');
    const last = await sotto.rank(['nothing', popular[0].itemId], { unknown: 'last' });
    expect(idsOf(last)).toEqual([popular[0].itemId, 'nothing']);
  });

  test('a function as filter gives as many as there are, and excluded items never come', async () => {
    const sotto = await start();
    const rare = await sotto.recommend({ count: 10, filter: (item) => Number(item.price) > 30 });
    expect(rare.length).toBe(10);
    expect(rare.every(({ item }) => Number(item.price) > 30)).toBe(true);
    expect(rare.map(({ rank }) => rank)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const [only] = rare;
    const one = await sotto.recommend({ count: 10, filter: (_, itemId) => itemId === only.itemId });
    expect(idsOf(one)).toEqual([only.itemId]);
    const without = await sotto.recommend({ count: 10, exclude: idsOf(rare) });
    expect(idsOf(without).some((id) => idsOf(rare).includes(id))).toBe(false);
    const thrown = sotto.recommend({
      filter: () => {
        throw new Error('the site is wrong');
      },
    });
    expect(await codeOf(thrown)).toBe('SottoError invalid-argument');
  });

  test.each([0, -1, NaN, 1e9, 1.5, '12'])('count of %s is refused by name', async (count) => {
    const sotto = await start();
    for (const call of [sotto.recommend, sotto.popular]) {
      await expect(call({ count: count as number })).rejects.toMatchObject({
        name: 'SottoError',
        code: 'invalid-argument',
        message: expect.stringContaining('count must be a whole number in [1, 1000]') as unknown,
      });
    }
  });

  test('bad options are refused, each with its name', async () => {
    const sotto = await start();
    const message = (promise: Promise<unknown>) =>
      promise.catch((error: SottoError) => `${error.code}: ${error.message}`);
    const bad = [
      [{ exclude: 'a' }, 'exclude'],
      [{ exclude: [1] }, 'exclude'],
      [{ filter: 'x' }, 'filter'],
      [{ diversity: 2 }, 'diversity'],
      [{ explore: -1 }, 'explore'],
    ] as const;
    for (const [options, argument] of bad) {
      expect(await message(sotto.recommend(options as never))).toMatch(
        `invalid-argument: ${argument} must be`,
      );
    }
    expect(await message(sotto.rank('x' as never))).toMatch('itemIds must be');
    expect(await message(sotto.rank(['x'], { unknown: 'x' as never }))).toMatch('unknown must be');
    expect(await message(sotto.popular({ window: 'x' as never }))).toMatch('window must be');
    expect(await message(sotto.similar(1 as never))).toMatch('itemId must be');
    expect(await message(sotto.forget(''))).toMatch('itemId must be');
    expect(await message(sotto.setConsent('maybe' as never))).toMatch('consent must be');
    expect(() => sotto.on('nothing' as never, () => {})).toThrow('type must be one of');
    expect(await codeOf(createRecommender({} as never))).toBe('SottoError invalid-argument');
    expect(await codeOf(createRecommender(undefined as never))).toBe('SottoError invalid-argument');
  });

  test('an aborted call rejects, before and after it began', async () => {
    const sotto = await start();
    expect(await codeOf(sotto.recommend({ signal: AbortSignal.abort() }))).toBe(
      'SottoError aborted',
    );
    const controller = new AbortController();
    const call = sotto.similar('85048', { signal: controller.signal });
    controller.abort();
    expect(await codeOf(call)).toBe('SottoError aborted');
    expect((await sotto.popular({ signal: new AbortController().signal })).length).toBe(12);
  });

  test('every call that waits for an answer can be aborted', async () => {
    const sotto = await start();
    const request = { metrics: [{ action: 'click' }] };
    const calls = (signal: AbortSignal): Promise<unknown>[] => [
      sotto.recommend({ signal }),
      sotto.similar('85048', { signal }),
      sotto.rank(['85048'], { signal }),
      sotto.popular({ signal }),
      sotto.explain('85048', { signal }),
      sotto.profile({ signal }),
      sotto.metrics({ days: 1, signal }),
      sotto.createReport(request, { signal }),
      sotto.exportData({ signal }),
      sotto.flush({ signal }),
    ];
    const aborted = calls(AbortSignal.abort());
    expect(await Promise.all(aborted.map(codeOf))).toEqual(aborted.map(() => 'SottoError aborted'));
    const answered = calls(new AbortController().signal);
    expect(await Promise.all(answered.map(codeOf))).toEqual(answered.map(() => 'no error'));
    const refused = calls('now' as never);
    expect(await Promise.all(refused.map(codeOf))).toEqual(
      refused.map(() => 'SottoError invalid-argument'),
    );
  });
});
