/**
 * @module
 * Truth: what the tracker counts on scripted visits is what was counted by hand, event by event,
 * in every engine that is there.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine, Tab } from './driver.ts';
import { findEngines } from './findEngines.ts';
import { makeVisit } from './makeVisit.ts';
import { pageOf } from './page.ts';
import { serve, type Site } from './server.ts';
import { VISITS } from './visits/all.ts';
import type { Visit } from './visit.ts';

let site: Site;

/** Paths are /engine/number/page: visits and engines share nothing. */
beforeAll(async () => {
  site = await serve((path) => {
    const [, engine = '', number = '', page = ''] = path.split('/');
    const visit = VISITS[Number(number)] as Visit | undefined;
    const body = visit?.pages[page];
    if (!visit || body === undefined) return null;
    const options = { 'data-name': `${engine}-${number}`, ...visit.options };
    return { body: pageOf(visit.name, body, options) };
  });
});

afterAll(() => site.close());

for (const { name, start, missing } of findEngines()) {
  describe.skipIf(start === null)(`${name}${start ? '' : ` (skipped: ${missing})`}`, () => {
    let engine: Engine;
    /** Windows beside each other; and, opened after them, the one that has the focus. */
    const free: { beside: Tab[]; alone: Tab[] } = { beside: [], alone: [] };
    beforeAll(async () => {
      engine = await start!();
    });
    afterAll(() => engine?.close());

    const runs = VISITS.map((visit, number) => ({ visit, number }));
    const live = async ({ visit, number }: (typeof runs)[number]) => {
      const urlOf = (page: string) => `${site.origin}/${name}/${number}/${page}`;
      const windows = visit.isAlone ? free.alone : free.beside;
      const events = await makeVisit(engine, visit, urlOf, windows);
      expect(events).toEqual([...visit.expected].sort());
    };
    for (const run of runs) {
      const { name: title, cannot, isAlone } = run.visit;
      const reason = cannot?.[name];
      if (reason !== undefined) test.skip(`${title} (skipped: ${reason})`);
      else if (isAlone) test(title, () => live(run));
      else test.concurrent(title, () => live(run));
    }
  });
}
