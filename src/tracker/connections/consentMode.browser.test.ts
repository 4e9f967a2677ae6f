import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Consent } from '../consent.ts';
import { watchConsentMode } from './watchConsentMode.ts';

const page = window as unknown as Record<string, unknown[]>;
const NAME = 'consentLayer';

const stops: (() => void)[] = [];
beforeEach(() => {
  vi.useFakeTimers();
  hasActed(true);
  page[NAME] = [];
});
afterEach(() => {
  stops.splice(0).forEach((stop) => stop());
  vi.useRealTimers();
  vi.restoreAllMocks();
  delete page[NAME];
});

/** A visitor's click cannot be made from within the page. */
function hasActed(hasBeenActive: boolean): void {
  vi.spyOn(navigator, 'userActivation', 'get').mockReturnValue({
    hasBeenActive,
    isActive: hasBeenActive,
  });
}

/** As Google's own snippet has it. */
function gtag(..._given: unknown[]): void {
  // eslint-disable-next-line prefer-rest-params
  page[NAME].push(arguments);
}

function watch(initial: Consent) {
  let consent = initial;
  const said: Consent[] = [];
  const warnings: string[] = [];
  const seat = {
    consent: () => consent,
    setConsent: (to: Consent) => said.push((consent = to)),
  };
  stops.push(watchConsentMode(window, NAME, seat, (message) => warnings.push(message)));
  return { said, warnings };
}

const later = (ms = 0) => vi.advanceTimersByTime(ms);

test('a refusing default waits, an update is the visitor’s word', () => {
  const { said } = watch('pending');
  gtag('consent', 'default', { ad_storage: 'denied', analytics_storage: 'denied' });
  later();
  expect(said).toEqual([]);
  gtag('consent', 'update', { ad_storage: 'granted' });
  later();
  expect(said).toEqual([]);
  gtag('consent', 'update', { analytics_storage: 'granted' });
  later();
  expect(said).toEqual(['granted']);
  gtag('consent', 'update', { analytics_storage: 'denied' });
  later();
  expect(said).toEqual(['granted', 'denied']);
});

test('of both types each that the site speaks of must be granted', () => {
  const { said } = watch('pending');
  gtag('consent', 'default', { analytics_storage: 'denied', personalization_storage: 'denied' });
  gtag('consent', 'update', { analytics_storage: 'granted' });
  later();
  expect(said).toEqual(['denied']);
  gtag('consent', 'update', { personalization_storage: 'granted' });
  later();
  expect(said).toEqual(['denied', 'granted']);
});

test('of the commands that are there already the last word counts, and nothing else is said', () => {
  gtag('consent', 'default', { analytics_storage: 'denied', wait_for_update: 500 });
  gtag('js', new Date(0));
  gtag('consent', 'update', { analytics_storage: 'denied' });
  gtag('consent', 'update', { analytics_storage: 'granted' });
  const { said } = watch('pending');
  later();
  expect(said).toEqual(['granted']);
});

test('under a refusing default an earlier permission holds for as long as the site waits', () => {
  const { said } = watch('granted');
  gtag('consent', 'default', { analytics_storage: 'denied', wait_for_update: 500 });
  later(499);
  expect(said).toEqual([]);
  later(1);
  expect(said).toEqual(['pending']);

  page[NAME] = [];
  const confirmed = watch('granted');
  gtag('consent', 'default', { analytics_storage: 'denied', wait_for_update: 500 });
  later(300);
  gtag('consent', 'update', { analytics_storage: 'granted' });
  later(5000);
  expect(confirmed.said).toEqual([]);
});

test('a granting default ends waiting; for whom a region denies it, nobody here can tell', () => {
  const granted = watch('pending');
  gtag('consent', 'default', { analytics_storage: 'granted' });
  later();
  expect(granted.said).toEqual(['granted']);

  page[NAME] = [];
  const regional = watch('pending');
  gtag('consent', 'default', { analytics_storage: 'denied', region: ['ES'] });
  gtag('consent', 'default', { analytics_storage: 'granted' });
  later();
  expect(regional.said).toEqual([]);
});

test('what a page only repeats lifts no refusal; what the visitor has just chosen does', () => {
  hasActed(false);
  const { said } = watch('denied');
  gtag('consent', 'default', { analytics_storage: 'granted' });
  gtag('consent', 'update', { analytics_storage: 'granted' });
  later();
  expect(said).toEqual([]);
  hasActed(true);
  gtag('consent', 'update', { analytics_storage: 'granted' });
  later();
  expect(said).toEqual(['granted']);
});

test('nonsense is one warning at most and no permission, and the end is the end', () => {
  const { said, warnings } = watch('pending');
  const trap = {
    get 0(): unknown {
      throw new Error('of the site');
    },
  };
  page[NAME].push(null, 7, 'consent', {}, [], trap, trap);
  for (const given of [
    null,
    'granted',
    3,
    [],
    { analytics_storage: true },
    { analytics_storage: {} },
  ]) {
    gtag('consent', 'update', given);
    gtag('consent', 'default', given);
  }
  gtag('consent');
  later(20_000);
  expect(said).toEqual([]);
  expect(warnings).toEqual([`${NAME}: a command cannot be read: of the site`]);

  gtag('consent', 'update', { analytics_storage: 'granted' });
  stops.splice(0).forEach((stop) => stop());
  gtag('consent', 'update', { analytics_storage: 'granted' });
  later(20_000);
  expect(said).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
