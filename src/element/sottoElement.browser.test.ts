import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRecommender, type Recommender } from '../index.ts';
import { createQueue } from '../recommender/queue.ts';
import type { SottoShelf } from './elements.ts';
import './elements.ts';

const WORKER = new URL('../worker/entry.case.ts', import.meta.url).href;
const KERNELS = new URL('/dist/sotto-kernels.wasm', location.href).href;
const page = window as unknown as { sotto?: Partial<Recommender> };

let sotto: Recommender;

beforeEach(async () => {
  sotto = await createRecommender({
    model: '/demo/model/manifest.json',
    workerUrl: WORKER,
    kernelUrl: KERNELS,
    name: `element-${crypto.randomUUID()}`,
    trackAutomated: true,
    track: false,
  });
});
afterEach(() => {
  sotto.destroy();
  Reflect.deleteProperty(page, 'sotto');
  document.body.replaceChildren();
});

function shelf(attributes: Record<string, string> = {}): SottoShelf {
  const element = document.createElement('sotto-shelf');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

const listOf = (element: SottoShelf) =>
  new Promise<unknown[]>((resolve) =>
    element.addEventListener(
      'sotto-list',
      (event) => resolve((event as CustomEvent<never>).detail),
      {
        once: true,
      },
    ),
  );

test('works with a recommender that it is given before or after it stands on the page', async () => {
  const before = shelf({ count: '3' });
  before.recommender = sotto;
  const shown = listOf(before);
  document.body.append(before);
  expect(await shown).toHaveLength(3);
  const after = shelf({ count: '2' });
  document.body.append(after);
  expect(after.getAttribute('state')).toBe('loading');
  const late = listOf(after);
  after.recommender = sotto;
  expect(await late).toHaveLength(2);
});

test('a queue that never answers does not hold up the recommender that comes after', async () => {
  page.sotto = createQueue();
  const element = shelf({ count: '2' });
  document.body.append(element);
  await Promise.resolve();
  const shown = listOf(element);
  element.recommender = sotto;
  expect(await shown).toHaveLength(2);
});

test('an element of the page that is called sotto is no recommender', () => {
  const other = document.createElement('div');
  other.id = 'sotto';
  const element = shelf();
  document.body.append(other, element);
  expect(element.recommender).toBeUndefined();
});

test('calls of one task are one, and so are updates while it asks', async () => {
  let asked = 0;
  const counting = Object.create(sotto, {
    recommend: {
      value: (options: object) => {
        asked++;
        return sotto.recommend(options);
      },
    },
  }) as Recommender;
  await sotto.ready;
  const element = shelf({ count: '2' });
  element.recommender = counting;
  const shown = listOf(element);
  document.body.append(element);
  element.refresh();
  element.setAttribute('count', '3');
  expect(await shown).toHaveLength(3);
  expect(asked).toBe(1);
});

test('a wrong attribute is told, and what is shown stays', async () => {
  const element = shelf({ count: '2' });
  element.recommender = sotto;
  const shown = listOf(element);
  document.body.append(element);
  await shown;
  const failed = new Promise<Error>((resolve) =>
    document.body.addEventListener(
      'sotto-error',
      (event) => resolve((event as CustomEvent<never>).detail),
      {
        once: true,
      },
    ),
  );
  element.setAttribute('count', '0');
  expect((await failed).message).toBe('count must be a whole number in [1, 1000] but got 0');
  expect([element.getAttribute('state'), element.children.length]).toEqual(['failed', 2]);
  const again = listOf(element);
  element.setAttribute('count', '1');
  await again;
  expect([element.getAttribute('state'), element.children.length]).toEqual(['ready', 1]);
});

test('no element listens once it is off the page, moved or removed', async () => {
  let listeners = 0;
  const watched = Object.create(sotto, {
    on: {
      value: (...given: Parameters<Recommender['on']>) => {
        const off = sotto.on(...given);
        listeners++;
        return () => {
          listeners--;
          off();
        };
      },
    },
  }) as Recommender;
  const element = shelf({ count: '2' });
  element.recommender = watched;
  const shown = listOf(element);
  document.body.append(element);
  await shown;
  const place = document.createElement('div');
  document.body.append(place);
  place.append(element);
  await Promise.resolve();
  expect(listeners).toBe(1);
  place.remove();
  await Promise.resolve();
  expect(listeners).toBe(0);
});
