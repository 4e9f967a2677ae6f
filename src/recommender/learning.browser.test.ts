import { describe, expect, test } from 'vitest';
import type { FeedbackEvent } from '../events.ts';
import type { UpdateEvent } from './listeners.ts';
import { codeOf, holdLog, idsOf, name, start, update } from './visitor.case.ts';

describe('learning', () => {
  test('a click changes the list on the same page, and a new page keeps it', async () => {
    const sotto = await start();
    const before = await sotto.recommend({ count: 12 });
    expect(before.map(({ source }) => source)).toEqual(new Array(12).fill('trending'));
    const seen: FeedbackEvent[] = [];
    sotto.on('event', (event) => seen.push(event));

    const learned = update(sotto, 'learned');
    const id = sotto.track({ itemId: before[4].itemId, action: 'click' });
    expect(seen).toMatchObject([{ id, itemId: before[4].itemId }]);
    expect((await learned).report).toMatchObject({ events: 1, unknownItemIds: [] });
    const after = await sotto.recommend({ count: 12 });
    expect(after[0].source).toBe('personal');
    sotto.destroy();

    const next = await start();
    // Painted from what the page before has kept, while the worker opens.
    expect(idsOf(await next.recommend({ count: 12 }))).toEqual(idsOf(after));
    await update(next, 'ready');
    expect(idsOf(await next.recommend({ count: 12 }))).toEqual(idsOf(after));
    expect((await next.profile()).items.map(({ itemId }) => itemId)).toEqual([before[4].itemId]);
    expect((await next.explain(after[0].itemId)).contributions[0].itemId).toBe(before[4].itemId);
  });

  test('lists do not wait for the disk, and an event is one update', async () => {
    const sotto = await start();
    await sotto.flush();
    const [{ itemId }, other] = await sotto.recommend({ count: 2 });
    const updates: UpdateEvent[] = [];
    sotto.on('update', (event) => updates.push(event));
    const release = await holdLog();

    sotto.track({ itemId, action: 'impression' });
    sotto.track({ itemId, action: 'click' });
    const { report } = await update(sotto, 'learned');
    expect(report).toMatchObject({ events: 1, unknownItemIds: [] });
    const list = await sotto.recommend({ count: 12 });
    expect(list[0].source).toBe('personal');
    const { contributions } = await sotto.explain(list[0].itemId);
    expect(contributions.map((part) => part.itemId)).toEqual([itemId]);
    expect(sessionStorage.length).toBe(2);
    release();
    await sotto.flush();
    expect(await sotto.profile()).toMatchObject({ events: 2, items: [{ itemId, events: 2 }] });
    expect(idsOf(await sotto.recommend({ count: 12 }))).toEqual(idsOf(list));
    expect(updates.length).toBe(1);

    // What is forgotten while it waits was never there.
    const releaseAgain = await holdLog();
    sotto.track({ itemId: other.itemId, action: 'click' });
    await update(sotto, 'learned');
    const forgotten = sotto.forget(other.itemId);
    releaseAgain();
    await forgotten;
    expect((await sotto.profile()).items.map((item) => item.itemId)).toEqual([itemId]);
    expect(idsOf(await sotto.recommend({ count: 12 }))).toEqual(idsOf(list));
  });

  test('the list before the worker is ready is the kept one, for the same request only', async () => {
    const sotto = await start();
    await sotto.recommend({ count: 5 });
    await sotto.flush();
    sotto.destroy();
    const next = await start({ workerUrl: '/never-answers.js' });
    expect((await next.recommend({ count: 5 })).length).toBe(5);
    next.destroy();
    const third = await start({ workerUrl: '/not-there.js' });
    third.on('error', () => {});
    expect(await codeOf(third.recommend({ count: 6 }))).toBe('SottoError worker-unavailable');
  });

  test('events of one task are one batch; all are learned at flush', async () => {
    const sotto = await start();
    const [first, second] = await sotto.popular({ count: 2 });
    const reports: UpdateEvent[] = [];
    sotto.on('update', (event) => reports.push(event));
    for (let round = 0; round < 50; round++) {
      sotto.track({ itemId: round % 2 ? first.itemId : second.itemId, action: 'click' });
    }
    await sotto.flush();
    expect((await sotto.profile()).events).toBe(50);
    expect(reports.map(({ report }) => report?.events)).toEqual([50]);
    expect(sessionStorage.length).toBe(0);
    await sotto.flush();
    expect(reports.length).toBe(1);
  });

  test('an id delivered twice counts once', async () => {
    const sotto = await start();
    const [{ itemId }] = await sotto.popular({ count: 1 });
    for (let round = 0; round < 3; round++) sotto.track({ id: 'same', itemId, action: 'click' });
    await sotto.flush();
    sotto.track({ id: 'same', itemId, action: 'click' });
    await sotto.flush();
    expect((await sotto.profile()).events).toBe(1);
  });

  test('the journal of a page that ended too soon is replayed by id', async () => {
    const event = { itemId: '85048', action: 'click', timestamp: Date.now(), sessionId: 's' };
    const journal = [{ ...event, id: 'a' }, { spoilt: true }, { ...event, id: 'b' }];
    for (const [index, entry] of journal.entries()) {
      sessionStorage.setItem(`sotto:${name}:journal${index}`, JSON.stringify(entry));
    }
    const sotto = await start();
    await sotto.flush();
    expect((await sotto.profile()).events).toBe(2);
    expect(sessionStorage.length).toBe(0);
    sotto.destroy();
    for (const spoilt of ['{', '{"a":1}', 'null', '[null]']) {
      sessionStorage.setItem(`sotto:${name}:journal0`, spoilt);
      const next = await start();
      await next.flush();
      expect((await next.profile()).events).toBe(2);
      next.destroy();
    }
  });

  test('a tracked event stands in the journal until it is durable', async () => {
    const sotto = await start();
    const id = sotto.track({ itemId: '85048', action: 'click' });
    expect(sessionStorage.getItem(`sotto:${name}:journal0`)).toContain(id);
    await sotto.flush();
    expect(sessionStorage.length).toBe(0);
  });

  test('a session goes on from page to page', async () => {
    const sessions: string[] = [];
    for (let page = 0; page < 2; page++) {
      const sotto = await start();
      sotto.on('event', ({ sessionId }) => sessions.push(sessionId));
      sotto.track({ itemId: '85048', action: 'click' });
      await sotto.flush();
      if (page) await sotto.forget();
      sotto.track({ itemId: '85048', action: 'click' });
      await sotto.flush();
      sotto.destroy();
    }
    expect(sessions[0]).toBe(sessions[2]);
    expect(sessions[3]).not.toBe(sessions[0]);
  });
});
