import type { SandboxChannel, SandboxState } from '../contract.ts';
import { h } from './h.ts';
import { mailboxItems, personaItems } from './persona-switch.ts';
import { channelHash, homeHash, mailHash, type Route } from './route.ts';
import { type Item, syncChildren } from './sync.ts';
import { unreadKeys } from './unread.ts';

export type Sidebar = { node: HTMLElement; show(state: SandboxState, route: Route): void };

/** Who one is, where one can go and what is new there. */
export function createSidebar(): Sidebar {
  const personas = h('div', { class: 'personas' });
  const channels = h('div');
  const direct = h('div');
  const app = h('div');
  const section = (name: string, list: HTMLElement) => h('section', { 'aria-label': name }, h('h2', {}, name), list);
  const node = h(
    'nav',
    { class: 'sidebar', 'aria-label': 'Workspace' },
    section('You are', personas),
    section('Channels', channels),
    section('Direct messages', direct),
    section('App', app),
  );
  return {
    node,
    show(state, route) {
      const unread = unreadKeys(state, route);
      syncChildren(personas, [...personaItems(state), ...mailboxItems(state, route)]);
      const items = (wanted: SandboxChannel[]): Item[] => wanted.map((channel) => channelItem(channel, route, unread.has(channel.id)));
      const isDirect = ({ kind }: SandboxChannel): boolean => kind === 'dm';
      syncChildren(channels, items(state.channels.filter((channel) => !isDirect(channel))));
      syncChildren(direct, items(state.channels.filter(isDirect)));
      const page = (key: 'home' | 'mail', href: string, label: string, mark: string): Item =>
        navItem({ key, href, label, mark, current: route.kind === key && !(route.kind === 'mail' && route.of), unread: unread.has(key) });
      const home = page('home', homeHash, 'Home', '⌂');
      const mail = page('mail', mailHash(), 'Mailbox', '✉');
      syncChildren(app, state.me.external ? [home] : [home, mail]);
    },
  };
}

function channelItem(channel: SandboxChannel, route: Route, unread: boolean): Item {
  const current = route.kind === 'channel' && route.channel === channel.id;
  const mark = channel.kind === 'dm' ? '●' : channel.kind === 'private' ? '🔒' : '#';
  const note = channel.archived ? 'archived' : channel.shared ? 'shared with another company' : null;
  return navItem({ key: channel.id, href: channelHash(channel.id), label: channel.name, mark, note, current, unread, channel: channel.id });
}

type Nav = {
  key: string;
  href: string;
  label: string;
  mark: string;
  current: boolean;
  unread: boolean;
  note?: string | null;
  channel?: string;
};

function navItem(nav: Nav): Item {
  const attributes = {
    class: nav.unread ? 'nav unread' : 'nav',
    href: nav.href,
    'data-channel': nav.channel,
    'data-testid': nav.channel ? null : `nav-${nav.key}`,
    'aria-current': nav.current ? 'page' : null,
  };
  const label = h('span', {}, nav.label, nav.note && h('small', {}, nav.note));
  const dot = nav.unread && h('span', { class: 'dot', role: 'img', 'aria-label': 'new messages' });
  return {
    key: nav.key,
    signature: JSON.stringify(nav),
    create: () => h('a', attributes, h('span', { class: 'mark', 'aria-hidden': 'true' }, nav.mark), label, dot),
  };
}
