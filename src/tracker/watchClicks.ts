/**
 * @module
 * watchClicks: one listener for every click and every form. An element with `data-sotto-action`
 * inside an item is that action, a form when it is sent; a link inside an item is a 'click';
 * anything else is nothing. One activation is one event.
 */
import type { TrackedEvent } from '../events.ts';
import { listen, type Guard } from './guard.ts';
import { ACTION, IGNORE, ITEM, placeOf } from './markup.ts';

/** A press of the middle button opens a link in another tab, and comes as `auxclick`. */
const MIDDLE_BUTTON = 1;

export function watchClicks(guard: Guard, track: (event: TrackedEvent) => void): void {
  /** What this task has told: a label's click, for one, comes again from its control. */
  const told = new Set<string>();
  // The path, unlike `closest`, leads out of shadow trees.
  const hear = (event: Event, path = event.composedPath()) => {
    const isSubmit = event.type === 'submit';
    const isAuxiliary = event.type === 'auxclick';
    if (isAuxiliary && (event as MouseEvent).button !== MIDDLE_BUTTON) return;
    // What its button is marked with was the button's click.
    if ((event as SubmitEvent).submitter?.hasAttribute(ACTION)) return;
    let action: string | undefined;
    let value: number | undefined;
    let item: Element | undefined;
    for (const node of path) {
      // A form's event stays in its shadow tree. The click that sends it comes just before, by the
      // keyboard too, and knows the whole way.
      if (node instanceof ShadowRoot) {
        const { onError } = guard;
        const signal = AbortSignal.timeout(0);
        listen({ onError, signal }, node, ['submit'], (submit) => hear(submit, path));
      }
      if (!(node instanceof Element)) continue;
      if (node.hasAttribute(IGNORE)) return;
      if (item) continue;
      const isLink = node.matches(':any-link');
      const isForm = node instanceof HTMLFormElement;
      // The middle button activates nothing but links, a click no form.
      const named = (!isAuxiliary || isLink) && isForm === isSubmit && node.getAttribute(ACTION);
      if (!action && named) {
        action = named;
        value = Number(node.getAttribute('data-sotto-value') ?? NaN);
      } else if (!action && isLink) {
        action = 'click';
      }
      if (node.hasAttribute(ITEM)) item = node;
    }
    const place = item && action && placeOf(item);
    if (!place || !action) return;
    const tracked: TrackedEvent = { ...place, action };
    if (Number.isFinite(value)) tracked.value = value;
    const key = JSON.stringify(tracked);
    if (told.has(key)) return;
    told.add(key);
    setTimeout(() => told.clear());
    track(tracked);
  };
  // The keyboard's activation of a link or a button comes as a click too.
  listen(guard, document, ['click', 'auxclick', 'submit'], hear);
}
