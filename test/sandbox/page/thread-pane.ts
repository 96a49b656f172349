import type { SandboxChannel } from '../contract.ts';
import { state } from './client.ts';
import { createComposer } from './composer.ts';
import { h } from './h.ts';
import { isReply } from './message.ts';
import { createMessageList } from './message-list.ts';
import { channelHash } from './route.ts';

export type ThreadPane = {
  node: HTMLElement;
  show(channel: SandboxChannel, threadTs: string, highlight: string | null): void;
  hide(): void;
};

/** A message with its replies, at the right. */
export function createThreadPane(): ThreadPane {
  const list = createMessageList('thread-messages', 'This message is gone.');
  const composer = createComposer(true, list.toEnd);
  const place = h('span', { class: 'muted' });
  const close = h('a', { class: 'plain close', 'aria-label': 'Close thread', href: '#' }, '✕');
  const head = h('header', { class: 'pane-head' }, h('h2', {}, 'Thread'), place, close);
  const node = h('aside', { class: 'pane thread', 'data-testid': 'thread', 'aria-label': 'Thread' }, head, list.node, composer.node);
  return {
    node,
    hide() {
      node.hidden = true;
      list.forget();
    },
    show(channel, threadTs, highlight) {
      node.hidden = false;
      place.textContent = channel.kind === 'dm' ? channel.name : `#${channel.name}`;
      close.setAttribute('href', channelHash(channel.id));
      const messages = state().messages.filter(
        (message) => message.channel === channel.id && (message.ts === threadTs || (isReply(message) && message.threadTs === threadTs)),
      );
      messages.sort((a, b) => Number(a.ts) - Number(b.ts));
      list.show(`thread ${threadTs}`, messages, highlight, () => null);
      composer.show({ channel: channel.id, threadTs, label: 'Reply…' });
    },
  };
}
