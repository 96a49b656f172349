import type { SandboxFile, SandboxMessage } from '../contract.ts';
import { renderBlocks } from './blocks.ts';
import { fileUrl, state } from './client.ts';
import { prettyDay } from './date-token.ts';
import { sizeText } from './element-file.ts';
import { formOf } from './form.ts';
import { h } from './h.ts';
import { mrkdwn } from './mrkdwn.ts';
import { namesSignature, userName } from './names.ts';
import { messageHash, threadHash } from './route.ts';
import type { Item } from './sync.ts';

const HUES = 12;

export const momentOf = (ts: string): Date => new Date(Number(ts) * 1000);

export const isReply = (message: SandboxMessage): boolean => message.threadTs !== null && message.threadTs !== message.ts;

/** The items of a list of messages, with a line for each new day. `replies` counts answers where a thread can be opened. */
export function messageItems(messages: SandboxMessage[], highlight: string | null, replies: (ts: string) => number | null): Item[] {
  const now = new Date();
  const items: Item[] = [];
  let day = '';
  for (const message of messages) {
    const at = momentOf(message.ts);
    const label = dayLabel(at, now);
    if (label !== day) items.push({ key: `day ${label}`, signature: '', create: () => h('li', { class: 'day' }, h('span', {}, label)) });
    day = label;
    items.push(messageItem(message, message.ts === highlight, replies(message.ts)));
  }
  return items;
}

function dayLabel(at: Date, now: Date): string {
  const day = prettyDay(at, now) ?? at.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  return day.charAt(0).toUpperCase() + day.slice(1);
}

function messageItem(message: SandboxMessage, highlighted: boolean, replies: number | null): Item {
  return {
    key: `${message.ts}:${message.onlyFor ?? ''}`,
    signature: JSON.stringify([message, highlighted, replies]) + namesSignature(),
    create: () =>
      h(
        'li',
        { class: 'message', 'data-ts': message.ts, 'data-user': message.userId },
        avatar(message.userId),
        h('div', {}, h('div', { class: 'message-head' }), h('div', { class: 'message-body' }), h('div', { class: 'message-foot' })),
      ),
    fill: (node) => fillMessage(node, message, highlighted, replies),
  };
}

function fillMessage(node: HTMLElement, message: SandboxMessage, highlighted: boolean, replies: number | null): void {
  node.classList.toggle('ephemeral', message.onlyFor !== null);
  node.classList.toggle('highlighted', highlighted);
  node.querySelector('.message-head')?.replaceChildren(...headOf(message));
  const body = node.querySelector('.message-body');
  const form = formOf({ kind: 'message', channel: message.channel, ts: message.ts });
  if (body) {
    if (message.blocks.length) renderBlocks(body, message.blocks, form);
    else body.replaceChildren(h('div', {}, mrkdwn(message.text)));
    body.append(...message.files.map(fileLink));
  }
  const words = replies === 1 ? '1 reply' : `${replies} replies`;
  const thread = h(
    'a',
    { href: threadHash(message.channel, message.ts), class: replies ? 'replies' : 'reply' },
    replies ? words : 'Reply in thread',
  );
  node.querySelector('.message-foot')?.replaceChildren(...(replies === null || message.onlyFor ? [] : [thread]));
}

function fileLink({ id, name, size }: SandboxFile): HTMLElement {
  return h('a', { class: 'file', href: fileUrl(id), download: name, 'data-file': name }, h('strong', {}, name), ` ${sizeText(size)}`);
}

function headOf(message: SandboxMessage): Node[] {
  const { users } = state();
  const user = users[message.userId];
  const at = momentOf(message.ts);
  const time = h('time', { datetime: at.toISOString() }, at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' }));
  const nodes = [
    h('strong', {}, userName(message.userId)),
    user?.bot && h('span', { class: 'badge' }, 'App'),
    user?.external && h('span', { class: 'badge external' }, 'another company'),
    h(
      'a',
      { class: 'time', href: messageHash(message.channel, message.ts), title: `${at.toLocaleString('en-GB')}: link to this message` },
      time,
    ),
    message.pinned && h('span', { class: 'badge' }, 'Pinned'),
    message.edited && h('span', { class: 'muted' }, '(edited)'),
    message.onlyFor !== null && h('span', { class: 'only-you' }, 'Only visible to you'),
  ];
  return nodes.filter((node) => node instanceof Node);
}

export function avatar(userId: string): HTMLElement {
  const initials = userName(userId)
    .split(' ')
    .map((word) => word.charAt(0))
    .slice(0, 2)
    .join('')
    .toUpperCase();
  const hue = [...userId].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % HUES;
  const node = h('span', { class: 'avatar', 'aria-hidden': 'true' }, initials);
  node.style.setProperty('--hue', String(hue * (360 / HUES)));
  return node;
}
