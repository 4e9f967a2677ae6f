/**
 * @module
 * A visitor's place while lists change under them: whoever came by keyboard must not be sent back to
 * the top of the page because the card that held the focus has left the list.
 */

/** @returns what gives the focus back: to `element`, or to the card that stands in its place now. */
export function keepPlace(element: Element | null): () => void {
  const card = element?.closest('.card');
  const shelf = card?.parentElement;
  const place = card && shelf ? [...shelf.children].indexOf(card) : -1;
  return () => {
    if (!(element instanceof HTMLElement)) return;
    if (element.isConnected) {
      element.focus({ preventScroll: true });
      return;
    }
    const cards = shelf?.children ?? [];
    const next = cards[Math.min(place, cards.length - 1)];
    next?.querySelector<HTMLElement>('.card-title a')?.focus({ preventScroll: true });
  };
}
