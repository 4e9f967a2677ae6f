/**
 * @module
 * What every Store must do, run against each of them.
 */
import { expect, test } from 'vitest';
import type { FeedbackEvent, PreferenceRecord } from '../events.ts';
import { CREDITS, MAX_LISTS, SPENT_EPSILON_KEY, type Reduce, type Store } from './types.ts';

export interface StoreFamilyMember {
  name: string;
  /** A new, empty store; `name` is used by no other test. */
  open: (name: string) => Store;
}

let made = 0;

export function event(itemId: string, fields: Partial<FeedbackEvent> = {}): FeedbackEvent {
  made++;
  const timestamp = 1_700_000_000_000 + made;
  return { id: `event-${made}`, itemId, action: 'click', timestamp, sessionId: 's', ...fields };
}

/** Counts a click as 1 and a `hide` as a hidden item; enough to see what was counted and when. */
export const countClicks: Reduce = (records, entries) => {
  const changed = new Set<string>();
  for (const { event: one } of entries) {
    const { itemId, timestamp } = one;
    const record: PreferenceRecord = records.get(itemId) ?? {
      itemId,
      positive: null,
      negative: null,
      events: 0,
      impressions: 0,
      lastTimestamp: 0,
      hidden: false,
      retired: null,
    };
    record.events++;
    record.positive = { weight: (record.positive?.weight ?? 0) + 1, timestamp };
    record.hidden ||= one.action === 'hide';
    record.lastTimestamp = Math.max(record.lastTimestamp, timestamp);
    records.set(itemId, record);
    changed.add(itemId);
  }
  return changed;
};

export function countsOf(records: ReadonlyMap<string, PreferenceRecord>): Record<string, number> {
  return Object.fromEntries(
    [...records].map(([id, record]) => [id, record.events] as const).sort(),
  );
}

export function storeContract({ name, open }: StoreFamilyMember): void {
  const fresh = () => open(`test-${name}-${crypto.randomUUID()}`);
  const inside = (title: string, body: (store: Store) => Promise<void>) =>
    test(`${name}: ${title}`, async () => {
      const store = fresh();
      await body(store);
      store.close();
    });

  inside('appends in order and leaves out an id that is there already', async (store) => {
    const [a, b, c] = [event('x'), event('y'), event('x')];
    expect(await store.append([a, b])).toBe(2);
    expect(await store.append([b, c, c, a])).toBe(1);
    const entries = await store.entries();
    expect(entries.map((entry) => entry.event)).toEqual([a, b, c]);
    expect(entries[0].sequence).toBeLessThan(entries[1].sequence);
    expect((await store.entries('x')).map((entry) => entry.event.id)).toEqual([a.id, c.id]);
    expect(await store.countEvents()).toBe(3);
    expect(await store.lastEvent()).toEqual(c);
  });

  inside('an empty log has no last event and advances to nothing', async (store) => {
    expect(await store.lastEvent()).toBeUndefined();
    expect(await store.append([])).toBe(0);
    const { entries, records } = await store.advance('a', countClicks);
    expect([entries.length, records.size]).toEqual([0, 0]);
    expect((await store.advance('a', countClicks)).reloaded).toBe(false);
    expect(await store.contents()).toMatchObject({ events: [], preferences: [], cursor: null });
  });

  inside('counts every event once', async (store) => {
    await store.append([event('x'), event('y')]);
    const first = await store.advance('a', countClicks);
    expect(first.entries.length).toBe(2);
    await store.append([event('x')]);
    const second = await store.advance('a', countClicks);
    expect(second.entries.map((entry) => entry.event.itemId)).toEqual(['x']);
    expect(second.reloaded).toBe(false);
    expect(second.records).toBe(first.records);
    const third = await store.advance('a', countClicks);
    expect(third.entries).toEqual([]);
    expect(third.records).toBe(first.records);
    expect(countsOf(third.records)).toEqual({ x: 2, y: 1 });
    expect((await store.contents()).cursor).toMatchObject(third.cursor);
  });

  inside('counts again from the log under another configuration', async (store) => {
    await store.append([event('x'), event('y')]);
    await store.advance('a', countClicks);
    const twice: Reduce = (records, entries) => countClicks(records, [...entries, ...entries]);
    const { records, reloaded } = await store.advance('b', twice);
    expect(reloaded).toBe(true);
    expect(countsOf(records)).toEqual({ x: 2, y: 2 });
    expect((await store.advance('b', twice)).entries).toEqual([]);
  });

  inside('a reducer that throws changes nothing', async (store) => {
    await store.append([event('x')]);
    await store.advance('a', countClicks);
    await store.append([event('x')]);
    const spoil: Reduce = (records, entries) => {
      countClicks(records, entries);
      throw new Error('spoilt');
    };
    await expect(store.advance('a', spoil)).rejects.toThrow('spoilt');
    expect(countsOf((await store.advance('a', countClicks)).records)).toEqual({ x: 2 });
  });

  inside('what leaves the log stays counted', async (store) => {
    const now = 1_800_000_000_000;
    const old = now - 40 * 86_400_000;
    await store.append([
      event('x', { timestamp: old }),
      event('y', { timestamp: now }),
      event('x', { timestamp: now, action: 'hide' }),
    ]);
    const retention = { maxAgeDays: 30, maxEvents: 100 };
    // Nothing has counted yet, so nothing may leave.
    expect(await store.retire(retention, now, countClicks)).toBe(0);
    const before = structuredClone((await store.advance('a', countClicks)).records);
    expect(await store.retire(retention, now, countClicks)).toBe(1);
    const after = await store.advance('a', countClicks);
    expect(after.entries).toEqual([]);
    for (const [id, record] of after.records) {
      expect({ ...record, retired: null }).toEqual(before.get(id));
    }
    expect(after.records.get('x')?.retired?.events).toBe(1);
    expect((await store.entries()).length).toBe(2);
    // By count: the oldest first.
    expect(await store.retire({ maxAgeDays: 30, maxEvents: 1 }, now, countClicks)).toBe(1);
    expect((await store.entries()).map((entry) => entry.event.action)).toEqual(['hide']);
    // A rebuild starts from what has left.
    const rebuilt = await store.advance('b', countClicks);
    expect(countsOf(rebuilt.records)).toEqual({ x: 2, y: 1 });
    expect(rebuilt.records.get('x')?.hidden).toBe(true);
    // And again, to see that the retired share was not counted into.
    expect(countsOf((await store.advance('c', countClicks)).records)).toEqual({ x: 2, y: 1 });
    expect(await store.retire({ maxAgeDays: 30, maxEvents: 0 }, now, countClicks)).toBe(1);
    expect(await store.countEvents()).toBe(0);
    await store.append([event('y')]);
    expect(countsOf((await store.advance('d', countClicks)).records)).toEqual({ x: 2, y: 2 });
  });

  inside('an event leaves the log the moment it is older than is allowed', async (store) => {
    const timestamp = 1_700_000_000_000;
    const dueMs = timestamp + 30 * 86_400_000;
    const retention = { maxAgeDays: 30, maxEvents: 100 };
    await store.append([event('x', { timestamp }), event('y', { timestamp: timestamp + 1 })]);
    await store.advance('a', countClicks);
    expect(await store.retire(retention, dueMs, countClicks)).toBe(0);
    expect(await store.retire(retention, dueMs + 1, countClicks)).toBe(1);
    expect((await store.entries()).map((entry) => entry.event.itemId)).toEqual(['y']);
    expect(await store.retire(retention, dueMs + 2, countClicks)).toBe(1);
    expect(await store.countEvents()).toBe(0);
  });

  inside('forgets one item and what was made from it', async (store) => {
    await store.append([event('x'), event('y')]);
    const held = (await store.advance('a', countClicks)).records;
    await store.put('lists', 'k', { modelId: 'm', savedAt: 1, value: ['x'] });
    await store.put('settings', 'consent', 'granted');
    await store.forget('x');
    const { records, reloaded, entries } = await store.advance('a', countClicks);
    expect([countsOf(records), reloaded, entries.length]).toEqual([{ y: 1 }, true, 0]);
    expect(records).not.toBe(held);
    expect(await store.entries('x')).toEqual([]);
    expect(await store.get('lists', 'k')).toBeUndefined();
    expect(await store.get('settings', 'consent')).toBe('granted');
  });

  inside('forgets of one item what has left the log as well', async (store) => {
    const nowMs = 1_800_000_000_000;
    const timestamp = nowMs - 40 * 86_400_000;
    await store.append([event('x', { timestamp }), event('y', { timestamp }), event('x')]);
    await store.advance('a', countClicks);
    expect(await store.retire({ maxAgeDays: 30, maxEvents: 100 }, nowMs, countClicks)).toBe(3);
    await store.forget('x');
    // Under the same constants, and where all is counted anew.
    for (const configuration of ['a', 'b']) {
      const { records } = await store.advance(configuration, countClicks);
      expect(countsOf(records)).toEqual({ y: 1 });
    }
    expect(JSON.stringify(await store.contents())).not.toContain('"x"');
  });

  inside('forgets what one item was chosen from, and no other', async (store) => {
    const credit = { listId: 'top', timestamp: 1 };
    const credits = new Map(['x', 'y'].map((itemId) => [itemId, credit]));
    await store.put('settings', CREDITS, credits);
    await store.forget('x');
    expect(await store.get('settings', CREDITS)).toEqual(new Map([['y', credit]]));
  });

  inside('forgets everything, save what is to be kept', async (store) => {
    await store.append([event('x')]);
    await store.advance('a', countClicks);
    await store.put('settings', 'profileId', 'p');
    await store.put('lists', 'k', { modelId: 'm', savedAt: 1, value: 1 });
    await store.forget(undefined, [['consent', 'denied']]);
    expect(await store.contents()).toEqual({
      events: [],
      preferences: [],
      cursor: null,
      lists: [],
      settings: [['consent', 'denied']],
    });
    await store.append([event('z')]);
    expect(countsOf((await store.advance('a', countClicks)).records)).toEqual({ z: 1 });
  });

  inside('a sequence is never used twice', async (store) => {
    await store.append([event('x')]);
    const [{ sequence }] = await store.entries();
    await store.forget();
    await store.append([event('x')]);
    expect((await store.entries())[0].sequence).toBeGreaterThan(sequence);
  });

  inside('keeps lists and settings by value', async (store) => {
    const value = { ids: ['a'] };
    await store.put('lists', 'k', { modelId: 'm', savedAt: 1, value });
    await store.put('settings', 's', value);
    value.ids.push('b');
    expect((await store.get('lists', 'k'))?.value).toEqual({ ids: ['a'] });
    expect(await store.get('settings', 's')).toEqual({ ids: ['a'] });
    for (let index = 0; index <= MAX_LISTS; index++) {
      await store.put('lists', `k${index}`, { modelId: 'm', savedAt: index, value });
    }
    expect((await store.contents()).lists.length).toBeLessThanOrEqual(MAX_LISTS);
    expect(await store.get('lists', `k${MAX_LISTS}`)).toBeDefined();
  });

  inside('what is spent stays spent, whatever is forgotten', async (store) => {
    expect(await store.spend(0.3, 1)).toBe(true);
    expect(await store.spend(0.7, 1)).toBe(true);
    expect(await store.spend(0.1, 1)).toBe(false);
    expect(await store.get('settings', SPENT_EPSILON_KEY)).toBeCloseTo(1, 12);
    await store.forget('x');
    await store.forget();
    await store.forget(undefined, [['consent', 'denied']]);
    expect(await store.get('settings', SPENT_EPSILON_KEY)).toBeCloseTo(1, 12);
    expect(await store.spend(0.1, 1)).toBe(false);
    // A higher limit leaves room for the difference alone.
    expect(await store.spend(0.5, 1.5)).toBe(true);
    expect(await store.spend(0.01, 1.5)).toBe(false);
  });

  inside('calls at the same time cannot spend the same twice', async (store) => {
    const spent = await Promise.all(Array.from({ length: 8 }, () => store.spend(1, 3)));
    expect(spent.filter(Boolean).length).toBe(3);
  });

  inside('a spoilt budget counts as spent', async (store) => {
    for (const spoilt of ['0', -5, Number.NaN, {}]) {
      await store.put('settings', SPENT_EPSILON_KEY, spoilt);
      expect(await store.spend(0.1, 20)).toBe(false);
    }
  });

  test(`${name}: after close every call rejects`, async () => {
    const store = fresh();
    await store.append([event('x')]);
    store.close();
    const destroyed = { code: 'destroyed' };
    await expect(store.append([event('x')])).rejects.toMatchObject(destroyed);
    await expect(store.advance('a', countClicks)).rejects.toMatchObject(destroyed);
    await expect(store.get('settings', 's')).rejects.toMatchObject(destroyed);
    await expect(store.forget()).rejects.toMatchObject(destroyed);
  });
}
