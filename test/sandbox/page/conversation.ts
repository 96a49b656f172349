import type { SandboxChannel, SandboxMessage } from '../contract.ts';
import { state } from './client.ts';
import { createComposer } from './composer.ts';
import { h } from './h.ts';
import { isReply } from './message.ts';
import { createMessageList } from './message-list.ts';
import { messageHash } from './route.ts';

export type Conversation = { node: HTMLElement; show(channel: SandboxChannel, highlight: string | null): void; hide(): void };

/** A channel or direct message: its name, its messages and the composer. */
export function createConversation(): Conversation {
  const list = createMessageList('messages', 'Nothing here yet. Write the first message below.');
  const composer = createComposer(false, list.toEnd);
  const title = h('h2', { 'data-testid': 'channel-title' });
  const note = h('span', { class: 'muted' });
  const pins = h('span', { class: 'pins' });
  const node = h(
    'section',
    { class: 'pane', 'aria-label': 'Conversation' },
    h('header', { class: 'pane-head' }, title, pins, note),
    list.node,
    composer.node,
  );
  return {
    node,
    hide() {
      node.hidden = true;
      list.forget();
    },
    show(channel, highlight) {
      node.hidden = false;
      const all = state().messages.filter((message) => message.channel === channel.id);
      const replies = (ts: string): number => all.filter((message) => message.threadTs === ts && isReply(message)).length;
      const name = channel.kind === 'dm' ? channel.name : `#${channel.name}`;
      title.textContent = name;
      note.textContent = noteOf(channel);
      pins.replaceChildren(...pinLinks(all));
      const messages = all.filter((message) => !isReply(message)).sort((a, b) => Number(a.ts) - Number(b.ts));
      list.show(name, messages, highlight, replies);
      composer.show({ channel: channel.id, threadTs: null, label: `Message ${name}` });
    },
  };
}

/** The pinned messages, newest first. */
function pinLinks(messages: SandboxMessage[]): HTMLElement[] {
  const pinned = messages.filter((message) => message.pinned).toReversed();
  const words = (index: number): string => (pinned.length > 1 ? `📌 Pinned (${index + 1})` : '📌 Pinned');
  return pinned.map(({ channel, ts }, index) => h('a', { href: messageHash(channel, ts), 'data-testid': 'pin' }, words(index)));
}

function noteOf({ kind, shared, archived }: SandboxChannel): string {
  if (archived) return 'Archived: nobody can write here any more';
  if (shared) return 'Shared with another company: they read everything written here';
  if (kind === 'dm') return 'Direct message';
  return kind === 'private' ? 'Private channel' : '';
}
