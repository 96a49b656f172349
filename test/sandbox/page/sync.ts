/** One child of a list that is kept between renderings. */
export type Item = {
  key: string;
  /** When it is as before, the child is not touched. */
  signature: string;
  create(): HTMLElement;
  /** Brings the child up to date in place, also right after `create`. Without it a changed child is created anew. */
  fill?(node: HTMLElement): void;
};

type Kept = { signature: string; node: HTMLElement };

const keptOf = new WeakMap<Element, Map<string, Kept>>();

/** Makes `parent` show exactly `items` and touches only what changed, so that focus, caret and scroll stay where they are. */
export function syncChildren(parent: Element, items: Item[]): void {
  const before = keptOf.get(parent) ?? new Map<string, Kept>();
  const after = new Map(items.map((item) => [item.key, refreshed(item, before.get(item.key))]));
  const nodes = new Set<Node>([...after.values()].map(({ node }) => node));
  for (const child of [...parent.childNodes]) if (!nodes.has(child)) child.remove();
  let place = parent.firstChild;
  for (const { node } of after.values()) {
    if (place === node) place = node.nextSibling;
    else parent.insertBefore(node, place);
  }
  keptOf.set(parent, after);
}

function refreshed(item: Item, old: Kept | undefined): Kept {
  const { signature } = item;
  if (old && old.signature === signature) return old;
  if (old && item.fill) {
    item.fill(old.node);
    return { signature, node: old.node };
  }
  const node = item.create();
  item.fill?.(node);
  if (old) replaceKeepingFocus(old.node, node);
  return { signature, node };
}

/** Swaps a node that may hold the focus; the control with the same action id gets it back, with its caret. */
function replaceKeepingFocus(old: HTMLElement, node: HTMLElement): void {
  const active = document.activeElement;
  const inside = active instanceof HTMLElement && old.contains(active) ? active : null;
  const caret = isText(inside) ? inside.selectionStart : null;
  old.replaceWith(node);
  const actionId = inside?.dataset.actionId;
  if (!actionId) return;
  const next = node.querySelector<HTMLElement>(`[data-action-id="${CSS.escape(actionId)}"]`);
  next?.focus();
  if (isText(next) && caret !== null) next.setSelectionRange(caret, caret);
}

function isText(node: Element | null): node is HTMLInputElement | HTMLTextAreaElement {
  return node instanceof HTMLTextAreaElement || (node instanceof HTMLInputElement && node.type === 'text');
}
