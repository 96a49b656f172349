import type { SandboxMessage } from '../contract.ts';
import { h } from './h.ts';
import { messageItems } from './message.ts';
import { syncChildren } from './sync.ts';

export type MessageList = {
  node: HTMLElement;
  /** `place` names what is listed: for a new place the list begins at its end, or at the highlighted message. */
  show(place: string, messages: SandboxMessage[], highlight: string | null, replies: (ts: string) => number | null): void;
  /** Hidden lists lose their scroll position, so the next showing begins at the end again. */
  forget(): void;
  /** Shows the end and follows it from now on. */
  toEnd(): void;
};

const NEAR_END_PX = 80;

/** A list that follows its end while the reader is there and stays put while they read further up. */
export function createMessageList(testId: string, empty: string): MessageList {
  const list = h('ol', { class: 'messages', 'data-testid': testId });
  const note = h('p', { class: 'muted empty' }, empty);
  const node = h('div', { class: 'scroll', tabindex: 0, role: 'region' }, note, list);
  let shown = '';
  const end = followEnd(node, list);
  let reached = '';
  return {
    node,
    show(place, messages, highlight, replies) {
      const atEnd = end.following || end.near();
      node.setAttribute('aria-label', `Messages in ${place}`);
      note.hidden = messages.length > 0;
      syncChildren(list, messageItems(messages, highlight, replies));
      const target = highlight ? list.querySelector(`[data-ts="${CSS.escape(highlight)}"]`) : null;
      const wanted = `${place} ${highlight ?? ''}`;
      if (target && reached !== wanted) {
        reached = wanted;
        end.following = false;
        target.scrollIntoView({ block: 'center' });
      } else if (!target && (shown !== place || atEnd)) {
        node.scrollTop = node.scrollHeight;
        end.following = true;
        reached = '';
      }
      shown = place;
    },
    forget() {
      shown = '';
      reached = '';
    },
    toEnd() {
      node.scrollTop = node.scrollHeight;
      end.following = true;
    },
  };
}

/** Keeps the end in view while the reader is there: it moves when an image arrives or a thread opens beside the list. */
function followEnd(node: HTMLElement, list: HTMLElement) {
  const end = { following: true, near: () => node.scrollHeight - node.scrollTop - node.clientHeight < NEAR_END_PX };
  node.addEventListener('scroll', () => {
    end.following = end.near();
  });
  const resized = new ResizeObserver(() => {
    if (end.following) node.scrollTop = node.scrollHeight;
  });
  resized.observe(node);
  resized.observe(list);
  return end;
}
