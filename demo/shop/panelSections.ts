/**
 * @module
 * The parts of the panel, each drawn anew from what the API says.
 */
import type { LearnedProfile } from 'sotto';
import { h } from './dom.ts';
import { formatBytes, formatClock, formatCount, formatMs, formatShare } from './format.ts';
import type { ShownEvent } from './panelEvents.ts';
import { sotto } from './sotto.ts';

const ITEMS_SHOWN = 6;
const EVENTS_SHOWN = 14;
const DEPARTMENTS_SHOWN = 6;

const LEARNERS: Readonly<Record<LearnedProfile['model']['learner'], string>> = {
  'closed-form': 'Closed form (one exact solve)',
  webgpu: 'Gradient descent on WebGPU',
  wasm: 'Gradient descent on WASM',
  cpu: 'Gradient descent on the CPU',
};
const RETRIEVALS: Readonly<Record<LearnedProfile['model']['retrieval'], string>> = {
  wasm: 'WASM, SIMD kernel',
  webgpu: 'WebGPU, two compute passes',
  typescript: 'TypeScript kernel',
};
const STORES: Readonly<Record<LearnedProfile['model']['storage'], string>> = {
  indexeddb: 'IndexedDB, this browser',
  memory: 'Memory, this page only',
};

export function learnedSection(profile: LearnedProfile): HTMLElement {
  const { items, categories } = profile;
  const most = Math.max(...categories.map((one) => one.share), 1e-12);
  return section(
    'What was learned',
    items.length === 0
      ? h('p', { class: 'soft' }, 'Nothing yet. A look at one item is enough to begin.')
      : null,
    h(
      'ul',
      { class: 'bars', 'aria-label': 'Departments by share of interest' },
      ...categories
        .slice(0, DEPARTMENTS_SHOWN)
        .map(({ category, share }) =>
          h(
            'li',
            {},
            h('span', {}, category),
            h('span', { class: 'bar', style: `--share:${(share / most).toFixed(4)}` }),
            h('span', { class: 'number' }, formatShare(share)),
          ),
        ),
    ),
    h(
      'ul',
      { class: 'tastes' },
      ...items.slice(0, ITEMS_SHOWN).map((one) => {
        const title = one.item.title ?? one.itemId;
        return h(
          'li',
          {},
          h('span', {}, title),
          h('span', { class: 'number' }, one.weight.toFixed(2)),
          h(
            'button',
            {
              type: 'button',
              class: 'link-button',
              'aria-label': `Forget ${title}`,
              click: () => void sotto().forget(one.itemId),
            },
            'Forget',
          ),
        );
      }),
    ),
    items.length > ITEMS_SHOWN
      ? h('p', { class: 'soft small' }, `and ${formatCount(items.length - ITEMS_SHOWN)} more`)
      : null,
  );
}

/** @param listMs - from the visitor's last action to the new list on the page; null: none yet. */
export function machinerySection(profile: LearnedProfile, listMs: number | null): HTMLElement {
  const { model, timings, rankMs } = profile;
  return section(
    'Where it ran, and how long it took',
    facts(
      ['Ranking', RETRIEVALS[model.retrieval]],
      ['Learning', LEARNERS[model.learner]],
      ['Kept in', STORES[model.storage]],
      ['Model', `${formatCount(model.items)} items × ${model.dim}, ${formatBytes(model.bytes)}`],
    ),
    facts(
      ['Action to new list on the page', listMs === null ? '–' : formatMs(listMs)],
      ['Adding what is new', timings ? formatMs(timings.replay) : '–'],
      ['Learning', timings ? formatMs(timings.learn) : '–'],
      [`Ranking ${formatCount(model.items)} items`, rankMs === null ? '–' : formatMs(rankMs)],
      [
        'Start: model files and kernels',
        formatMs(
          model.timings.manifest +
            model.timings.files +
            model.timings.decode +
            model.timings.kernels,
        ),
      ],
    ),
    ...model.warnings.map(({ code, message }) =>
      h('p', { class: 'panel-trouble' }, h('code', {}, code), ` ${message}`),
    ),
  );
}

/** @param titleOf - what the shop calls an item. */
export function eventsSection(
  profile: LearnedProfile,
  events: readonly ShownEvent[],
  titleOf: (itemId: string) => string,
): HTMLElement {
  const told = events.filter((one) => one.action !== 'impression');
  return section(
    `Events on this device: ${formatCount(profile.events)}`,
    h(
      'ol',
      { class: 'events' },
      ...told
        .slice(0, EVENTS_SHOWN)
        .map(({ itemId, action, timestampMs }) =>
          h(
            'li',
            {},
            h('time', {}, formatClock(timestampMs)),
            h('span', { class: `action action-${action}` }, action),
            h('span', { class: 'event-item' }, titleOf(itemId)),
          ),
        ),
    ),
    h(
      'p',
      { class: 'soft small' },
      `${formatCount(events.length - told.length)} of them only say what was on screen. ` +
        (told.length > EVENTS_SHOWN ? 'Older ones are in the export.' : ''),
    ),
  );
}

/** What the page asked the network for, as the browser itself recorded it. */
export function requestsSection(): HTMLElement {
  const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
  const own = entries.filter((entry) => new URL(entry.name).origin === location.origin);
  const bytes = own.reduce((sum, entry) => sum + entry.encodedBodySize, 0);
  return section(
    'What went over the network',
    h(
      'p',
      { class: 'soft small' },
      `${own.length} static files (${formatBytes(bytes)}), the same for everyone; ` +
        `${entries.length - own.length} requests to anywhere else. What you did was in none of them.`,
    ),
  );
}

function section(title: string, ...children: (Node | null)[]): HTMLElement {
  return h('section', { class: 'panel-section' }, h('h3', {}, title), ...children);
}

function facts(...pairs: readonly (readonly [name: string, value: string])[]): HTMLElement {
  return h(
    'dl',
    { class: 'facts' },
    ...pairs.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  );
}
