import { describe, expect, test, vi } from 'vitest';
import { holdLog, idsOf, name, rawCounts, start, update } from './visitor.case.ts';

describe('the visitor decides', () => {
  test('forget empties the database and brings back the new visitor', async () => {
    const sotto = await start();
    const before = idsOf(await sotto.recommend());
    sotto.track({ itemId: before[2], action: 'purchase' });
    await sotto.flush();
    expect(idsOf(await sotto.recommend())).not.toEqual(before);
    const forgotten = update(sotto, 'forgotten');
    await sotto.forget();
    await forgotten;
    expect(idsOf(await sotto.recommend({ count: 11 }))).toEqual(before.slice(0, 11));
    const { lists, ...rest } = await rawCounts();
    expect(rest).toEqual({ events: 0, preferences: 0, cursor: 0, settings: 0 });
    // Only the list just asked for.
    expect(lists).toBeLessThanOrEqual(1);
    expect((await sotto.exportData()).includes(before[2])).toBe(
      lists === 1 && before.slice(0, 11).includes(before[2]),
    );
  });

  test('forget of one item leaves the others, and what is tracked meanwhile stays', async () => {
    const sotto = await start();
    const [a, b] = idsOf(await sotto.popular({ count: 2 }));
    sotto.track({ itemId: a, action: 'click' });
    sotto.track({ itemId: b, action: 'click' });
    const forgetting = sotto.forget(a);
    const late = sotto.track({ itemId: a, action: 'click' });
    await forgetting;
    await sotto.flush();
    const lines = (await sotto.exportData()).trim().split('\n');
    const events = lines.map((line) => JSON.parse(line) as { item_id?: string; id?: string });
    expect(events.filter(({ item_id }) => item_id === a).map(({ id }) => id)).toEqual([late]);
    expect(events.filter(({ item_id }) => item_id === b).length).toBe(1);
  });

  test('pending: nothing is stored or learned, and granting it keeps what waited', async () => {
    const sotto = await start({ requireConsent: true });
    expect(sotto.consent).toBe('pending');
    const before = idsOf(await sotto.recommend());
    expect(sotto.track({ itemId: before[2], action: 'purchase' })).toBeTypeOf('string');
    await sotto.flush();
    expect(idsOf(await sotto.recommend())).toEqual(before);
    expect(sessionStorage.length).toBe(0);
    expect(await rawCounts()).toEqual({
      events: 0,
      preferences: 0,
      cursor: 0,
      lists: 0,
      settings: 0,
    });
    expect(await sotto.exportData()).toContain(before[2]);

    const granted = update(sotto, 'consent');
    await sotto.setConsent('granted');
    await granted;
    await sotto.flush();
    expect((await sotto.profile()).events).toBe(1);
    expect(idsOf(await sotto.recommend())).not.toEqual(before);
    sotto.destroy();
    expect((await start({ requireConsent: true })).consent).toBe('granted');
  });

  test('denied: everything goes, nothing comes, and forget keeps the refusal', async () => {
    const sotto = await start();
    const before = idsOf(await sotto.recommend());
    sotto.track({ itemId: before[2], action: 'purchase' });
    await sotto.flush();
    const told = update(sotto, 'consent');
    await sotto.setConsent('denied');
    await told;
    expect(sotto.track({ itemId: before[2], action: 'click' })).toBeNull();
    await sotto.flush();
    expect(idsOf(await sotto.recommend())).toEqual(before);
    await sotto.forget();
    expect(await rawCounts()).toEqual({
      events: 0,
      preferences: 0,
      cursor: 0,
      lists: 0,
      settings: 1,
    });
    sotto.destroy();
    expect((await start()).consent).toBe('denied');
  });

  test('a privacy signal counts as a refusal until the visitor chooses', async () => {
    const signal = vi.spyOn(navigator, 'doNotTrack', 'get').mockReturnValue('1');
    const sotto = await start();
    expect(sotto.consent).toBe('denied');
    sotto.destroy();
    expect((await start({ respectPrivacySignals: false, name: `${name}2` })).consent).toBe(
      'granted',
    );
    // Not the visitor's choice, so not kept.
    signal.mockReturnValue(null);
    const next = await start();
    expect(next.consent).toBe('granted');
    signal.mockReturnValue('1');
    await next.setConsent('granted');
    next.destroy();
    expect((await start()).consent).toBe('granted');
  });

  test('pause holds on this page and the next', async () => {
    const sotto = await start();
    sotto.pause();
    expect(sotto.track({ itemId: '85048', action: 'click' })).toBeNull();
    await sotto.flush();
    sotto.destroy();
    const next = await start();
    expect(next.paused).toBe(true);
    next.resume();
    expect(next.track({ itemId: '85048', action: 'click' })).toBeTypeOf('string');
  });

  test('disabled: nothing is kept, lists still come', async () => {
    const sotto = await start({ disabled: true });
    expect(sotto.track({ itemId: '85048', action: 'click' })).toBeNull();
    await sotto.setConsent('granted');
    expect(sotto.consent).toBe('denied');
    expect((await sotto.recommend()).length).toBe(12);
    const databases = (await indexedDB.databases()).map((database) => database.name);
    expect(databases).not.toContain(name);
  });
});

describe('several tabs', () => {
  test('a choice holds in every tab at once: what waits there is kept, or dropped', async () => {
    const tabs = await Promise.all([1, 2, 3].map(() => start({ requireConsent: true })));
    const ids = tabs.map((tab) => tab.track({ itemId: '85048', action: 'click' }));
    const held = async () => {
      await Promise.all(tabs.map((tab) => tab.flush()));
      return (await rawCounts()).events;
    };
    expect(await held()).toBe(0);
    await tabs[0].setConsent('granted');
    await expect.poll(() => tabs.map((tab) => tab.consent)).toEqual(Array(3).fill('granted'));
    await expect.poll(held).toBe(3);
    for (const id of ids) expect(await tabs[1].exportData()).toContain(id);

    await tabs[2].setConsent('pending');
    await expect.poll(() => tabs.map((tab) => tab.consent)).toEqual(Array(3).fill('pending'));
    for (const tab of tabs) tab.track({ itemId: '85048', action: 'like' });
    expect(await held()).toBe(3);
    await tabs[1].setConsent('denied');
    await expect.poll(() => tabs.map((tab) => tab.consent)).toEqual(Array(3).fill('denied'));
    await expect
      .poll(rawCounts)
      .toEqual({ events: 0, preferences: 0, cursor: 0, lists: 0, settings: 1 });
    for (const tab of tabs) expect(await tab.exportData()).not.toContain('85048');
  });

  test('what another tab says while this one begins is heard', async () => {
    const [one] = [await start()];
    one.track({ itemId: '85048', action: 'click' });
    await one.flush();
    const release = await holdLog();
    const starting = start();
    // Between its question of what was chosen and the answer.
    await new Promise((resolve) => setTimeout(resolve, 100));
    const choosing = one.setConsent('denied');
    await new Promise((resolve) => setTimeout(resolve, 100));
    release();
    await choosing;
    const other = await starting;
    await expect.poll(() => other.consent).toBe('denied');
    expect(other.track({ itemId: '85048', action: 'click' })).toBeNull();
  });

  test('learn from each other, forget and consent together', async () => {
    const [one, other] = [await start(), await start()];
    await Promise.all([one.ready, other.ready, update(other, 'ready')]);
    const before = idsOf(await other.recommend());

    const learned = update(other, 'learned');
    one.track({ itemId: before[3], action: 'click' });
    await learned;
    await one.flush();
    expect(idsOf(await other.recommend())).toEqual(idsOf(await one.recommend()));
    expect(idsOf(await other.recommend())).not.toEqual(before);

    const forgotten = update(other, 'forgotten');
    await one.forget();
    await forgotten;
    expect(idsOf(await other.recommend())).toEqual(before);

    const denied = update(other, 'consent');
    await one.setConsent('denied');
    await denied;
    expect(other.consent).toBe('denied');
    expect(other.track({ itemId: before[3], action: 'click' })).toBeNull();
  });
});

test('the export is JSON Lines in the common log form', async () => {
  const sotto = await start();
  const timestamp = Date.now() - 1000;
  const id = sotto.track({
    itemId: '85048',
    action: 'cart',
    timestamp,
    listId: 'top',
    position: 3,
  });
  sotto.pause();
  await sotto.flush();
  const lines = (await sotto.exportData()).split('\n');
  expect(lines.pop()).toBe('');
  const parsed = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(parsed[0]).toMatchObject({
    user_id: 'anonymous',
    item_id: '85048',
    action: 'cart',
    timestamp: new Date(timestamp).toISOString(),
    id,
    listId: 'top',
    position: 3,
  });
  expect(new Set(parsed.slice(1).map(({ type }) => type))).toEqual(
    new Set(['preference', 'setting', 'cursor']),
  );
});
