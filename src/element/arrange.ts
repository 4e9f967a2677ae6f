/**
 * @module
 * arrange: puts the children of a list in order without moving the one that holds the focus, which
 * would lose it. One that is no longer wanted stays while the focus is in it.
 */

/**
 * @param current - the children that are arranged, in their order; others are left alone.
 */
export function arrange(
  parent: Element,
  current: readonly Element[],
  wanted: readonly Element[],
): void {
  const order = [...wanted];
  const focused = current.find((element) => element.matches(':focus-within'));
  const stays = focused && !wanted.includes(focused) ? focused : null;
  if (stays) order.splice(current.indexOf(stays), 0, stays);
  const keeps = new Set(order);
  for (const element of current) if (!keeps.has(element)) element.remove();

  const left = current.filter((element) => keeps.has(element));
  if (left.length === order.length && left.every((element, index) => element === order[index])) {
    return;
  }
  const pivot = focused ? order.indexOf(focused) : -1;
  const before = order.slice(0, Math.max(pivot, 0));
  if (focused) focused.before(...before);
  const after = order.slice(pivot + 1);
  if (focused) focused.after(...after);
  else parent.append(...after);
}
