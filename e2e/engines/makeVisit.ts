/**
 * @module
 * makeVisit: one visit, lived through in one window of one engine.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine, Tab } from './driver.ts';
import { TooSlow, eventName, type LoggedEvent, type Visit, type Visitor } from './visit.ts';

const PATIENCE_MS = 20_000;
const POLL_MS = 150;

/** Beyond the rule's own time, how long nothing more may come. */
const QUIET_MS = 300;

/** How often a visit is made again that the machine was too slow for. */
const TRIES = 3;

/** @returns the names of all events that are in the log at its end, sorted. */
export async function makeVisit(
  engine: Engine,
  visit: Visit,
  urlOf: (page: string) => string,
  /** Windows of visits before this one, to be used again. */
  free: Tab[],
): Promise<string[]> {
  for (let tries = 1; ; tries++) {
    const used = visit.needsFocus ? undefined : free.pop();
    const tab = used ?? (await engine.newTab());
    const visitor = visitorOf(engine, tab, urlOf);
    try {
      await visitor.open('index');
      // The tracker begins once it knows what was chosen; a visitor's hand is slower than that.
      await visitor.until();
      await visit.steps?.(visitor);
      if (visit.expected.length > 0) await visitor.until(...visit.expected);
      const ruleMs = Number(visit.options?.['data-min-visible-ms'] ?? 1000);
      await sleep(ruleMs + QUIET_MS);
      const names = (await visitor.events()).map(eventName).sort();
      if (visit.spoilsWindow || visit.needsFocus) await tab.close();
      else free.push(tab);
      return names;
    } catch (thrown) {
      const isLast = !(thrown instanceof TooSlow) || tries === TRIES;
      // What it has left behind is another visit's.
      if (!isLast) await visitor.run('sotto.forget()');
      await tab.close();
      if (isLast) throw thrown;
    }
  }
}

function visitorOf(engine: Engine, tab: Tab, urlOf: (page: string) => string): Visitor {
  const poll = async (what: () => string, isTrue: () => Promise<boolean>) => {
    const untilMs = Date.now() + PATIENCE_MS;
    while (!(await isTrue().catch(isNavigating))) {
      if (Date.now() > untilMs) throw new Error(`within ${PATIENCE_MS} ms there was no ${what()}`);
      await sleep(POLL_MS);
    }
  };
  const events = async () => {
    const lines = await tab.run('sotto.exportData()');
    if (typeof lines !== 'string') throw new Error(`exportData gave ${String(lines)}`);
    return lines
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as LoggedEvent)
      .filter(({ action }) => action !== undefined);
  };
  const visitor: Visitor = {
    ...tab,
    engine: engine.name,
    addressOf: urlOf,
    events,
    open: (page) => tab.open(urlOf(page)),
    wait: (ms) => sleep(ms),
    async until(...names) {
      let seen: string[] = [];
      await poll(
        () => `${names.join(', ')} but ${seen.join(', ') || 'nothing'}`,
        async () => {
          seen = (await events()).map(eventName);
          const left = [...seen];
          return names.every((name) => {
            const place = left.indexOf(name);
            if (place >= 0) left.splice(place, 1);
            return place >= 0;
          });
        },
      );
    },
    untilTrue: (expression) =>
      poll(
        () => expression,
        async () => (await tab.run(`Boolean(${expression})`)) === true,
      ),
    scrollTo: async (selector) =>
      void (await tab.run(`void $(${JSON.stringify(selector)}).scrollIntoView()`)),
    async runSlowly(expression) {
      await tab.run(
        `void (window.outcome = undefined, (async () => ${expression})().then(` +
          '(value) => { window.outcome = { value: value ?? null } },' +
          '(error) => { window.outcome = { error: String(error) } }))',
      );
      await visitor.untilTrue('window.outcome');
      const { value, error } = (await tab.run('window.outcome')) as Record<string, unknown>;
      if (error !== undefined) throw new Error(`${expression} failed: ${JSON.stringify(error)}`);
      return value;
    },
    async glimpse(selector, stayMs, atMostMs) {
      const tookMs = Number(
        await visitor.runSlowly(`glimpse(${JSON.stringify(selector)}, ${stayMs})`),
      );
      if (tookMs > atMostMs) throw new TooSlow(`a glimpse of ${stayMs} ms took ${tookMs} ms`);
    },
  };
  return visitor;
}

/** Between two pages there is nothing to run on. */
function isNavigating(thrown: unknown): boolean {
  const message = String(thrown);
  if (
    /context|navigat|unload|detached|closed|does not load|error loading|not defined|realm|no such|null/i.test(
      message,
    )
  )
    return false;
  throw thrown;
}
