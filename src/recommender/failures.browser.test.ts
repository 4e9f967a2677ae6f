import { describe, expect, test, vi } from 'vitest';
import { codeOf, idsOf, rawCounts, start } from './visitor.case.ts';

describe('what goes wrong', () => {
  test('a missing manifest: calls reject, tracking goes on', async () => {
    const sotto = await start({ model: '/nothing/manifest.json' });
    const errors: string[] = [];
    sotto.on('error', ({ code }) => errors.push(code));
    const code = await codeOf(sotto.ready);
    expect(code).toMatch(/manifest-(missing|invalid)/);
    expect(await codeOf(sotto.recommend())).toBe(code);
    expect(await codeOf(sotto.profile())).toBe(code);
    expect(await codeOf(sotto.flush())).toBe(code);
    sotto.track({ itemId: 'a', action: 'click' });
    expect(await codeOf(sotto.flush())).toBe(code);
    expect(await sotto.exportData()).toContain('"item_id":"a"');
    expect(errors.length).toBe(1);
    sotto.destroy();
    // Nothing of it was lost.
    const next = await start();
    await next.flush();
    expect((await next.profile()).events).toBe(1);
  });

  test('a missing worker: worker-unavailable, tracking goes on', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const sotto = await start({ workerUrl: '/not-there.js' });
    expect(await codeOf(sotto.ready)).toBe('SottoError worker-unavailable');
    expect(await codeOf(sotto.recommend())).toBe('SottoError worker-unavailable');
    sotto.track({ itemId: 'a', action: 'click' });
    await codeOf(sotto.flush());
    expect((await rawCounts()).events).toBe(1);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn.mock.lastCall?.[0]).toContain('worker-unavailable');
    await sotto.forget();
    expect((await rawCounts()).events).toBe(0);
  });

  test('bad events: null and an error, no throw', async () => {
    const sotto = await start();
    const messages: string[] = [];
    sotto.on('error', ({ code, message }) => messages.push(`${code}: ${message}`));
    const bad = [
      undefined,
      null,
      {},
      { itemId: '', action: 'click' },
      { itemId: 7, action: 'click' },
      { itemId: 'x'.repeat(513), action: 'click' },
      { itemId: 'x', action: '' },
      { itemId: 'x', action: 'click', timestamp: NaN },
      { itemId: 'x', action: 'click', timestamp: Date.now() * 2 },
      { itemId: 'x', action: 'click', value: '1' },
      { itemId: 'x', action: 'click', position: -1 },
    ];
    for (const event of bad) expect(sotto.track(event as never)).toBeNull();
    // Their words load for them.
    await vi.waitFor(() => expect(messages.length).toBe(bad.length));
    expect(messages.every((message) => message.startsWith('invalid-argument: '))).toBe(true);
    await sotto.flush();
    expect((await sotto.profile()).events).toBe(0);
  });

  test('an unknown item is an error, and stays in the log', async () => {
    const sotto = await start();
    const codes: string[] = [];
    sotto.on('error', ({ code }) => codes.push(code));
    await sotto.ready;
    sotto.track({ itemId: 'no such item', action: 'click' });
    await sotto.flush();
    expect(codes).toEqual(['unknown-item']);
    expect(await sotto.exportData()).toContain('no such item');
  });

  test("a listener's error is its own", async () => {
    const reported = new Promise((resolve) =>
      window.addEventListener(
        'error',
        (event) => {
          event.preventDefault();
          resolve(event.error);
        },
        { once: true },
      ),
    );
    const sotto = await start();
    sotto.on('event', () => {
      throw new Error('the site is wrong');
    });
    const seen: string[] = [];
    sotto.on('event', ({ itemId }) => seen.push(itemId));
    expect(sotto.track({ itemId: 'a', action: 'click' })).toBeTypeOf('string');
    expect(seen).toEqual(['a']);
    expect(await reported).toMatchObject({ message: 'the site is wrong' });
  });

  test('IndexedDB refused: one warning, and all goes on in memory', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('refused', 'SecurityError');
    });
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const sotto = await start();
    expect((await sotto.ready).storage).toBe('memory');
    const before = idsOf(await sotto.recommend());
    sotto.track({ itemId: before[2], action: 'click' });
    await sotto.flush();
    expect(idsOf(await sotto.recommend())).not.toEqual(before);
    expect((await sotto.profile()).events).toBe(1);
    expect(await sotto.exportData()).toContain(before[2]);
    await sotto.forget();
    expect(idsOf(await sotto.recommend())).toEqual(before);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn.mock.lastCall?.[0]).toContain('storage-unavailable');
  });

  test('IndexedDB dies under way: the event at hand is learned all the same', async () => {
    const sotto = await start();
    const before = idsOf(await sotto.recommend());
    const codes: string[] = [];
    sotto.on('error', ({ code }) => codes.push(code));
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(() => {
      throw new DOMException('the connection is lost', 'InvalidStateError');
    });
    const id = sotto.track({ itemId: before[2], action: 'click' });
    await sotto.flush();
    expect(codes).toEqual(['storage-unavailable']);
    expect((await sotto.profile()).model.storage).toBe('memory');
    expect(idsOf(await sotto.recommend())).not.toEqual(before);
    expect(await sotto.exportData()).toContain(id);
  });

  test('who asks again on the first update is given a new list, not the kept one', async () => {
    const first = await start();
    const kept = idsOf(await first.recommend());
    first.track({ itemId: kept[2], action: 'purchase' });
    await first.flush();
    first.destroy();

    const next = await start();
    const painted = await next.recommend();
    const asked = new Promise<Awaited<typeof painted>>((resolve) => {
      next.on('update', () => resolve(next.recommend()));
    });
    expect(idsOf(painted)).toEqual(kept);
    expect(idsOf(await asked)).not.toEqual(kept);
  });

  test('what one page could keep in memory only, the next one puts into its database', async () => {
    const opened = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('refused', 'SecurityError');
    });
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const sotto = await start();
    const kept = sotto.track({ itemId: '85048', action: 'click' });
    sotto.track({ itemId: '22423', action: 'click' });
    await sotto.flush();
    await sotto.forget('22423');
    sotto.destroy();
    opened.mockRestore();

    const next = await start();
    await next.flush();
    expect((await next.ready).storage).toBe('indexeddb');
    const lines = (await next.exportData()).trim().split('\n');
    expect(lines.filter((line) => line.includes('item_id'))).toHaveLength(1);
    expect(lines.join()).toContain(kept);
    await next.forget();
    expect(sessionStorage).toHaveLength(0);
  });

  test('sessionStorage refused: works without', async () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('refused', 'SecurityError');
    });
    const sotto = await start();
    sotto.track({ itemId: '85048', action: 'click' });
    await sotto.flush();
    expect((await sotto.profile()).events).toBe(1);
  });

  test('after destroy calls reject, and the last event is kept', async () => {
    const controller = new AbortController();
    const sotto = await start({ signal: controller.signal });
    sotto.track({ itemId: '85048', action: 'click' });
    const waiting = codeOf(sotto.recommend());
    controller.abort();
    sotto.destroy();
    expect(await waiting).toBe('SottoError destroyed');
    expect(sotto.track({ itemId: '85048', action: 'click' })).toBeNull();
    for (const call of [sotto.recommend, sotto.profile, sotto.forget, sotto.flush] as const) {
      expect(await codeOf((call as () => Promise<unknown>)())).toBe('SottoError destroyed');
    }
    expect(await codeOf(sotto.setConsent('granted'))).toBe('SottoError destroyed');
    expect((await rawCounts()).events).toBe(1);
  });
});
