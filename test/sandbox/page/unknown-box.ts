import { h } from './h.ts';

/** What the sandbox cannot draw is shown as it is, so that nothing goes missing unseen. */
export function unknownBox(what: 'Block' | 'Element', content: { type: string }): HTMLElement {
  return h(
    'details',
    { class: 'unknown', 'data-testid': 'unknown' },
    h('summary', {}, `${what} “${content.type}”: the sandbox cannot draw this`),
    h('pre', {}, JSON.stringify(content, null, 2)),
  );
}
