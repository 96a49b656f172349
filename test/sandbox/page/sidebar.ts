import type { SandboxChannel, SandboxState } from '../contract.ts';
import { h } from './h.ts';
import { personaItems } from './persona-switch.ts';
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
      syncChildren(personas, personaItems(state));
      const item = (channel: SandboxChannel): Item => {
        const current = route.kind === 'channel' && route.channel === channel.id;
        return channelItem(channel, current, unread.has(channel.id));
      };
      const isDirect = ({ kind }: SandboxChannel): boolean => kind === 'dm';
      syncChildren(channels, state.channels.filter((channel) => !isDirect(channel)).map(item));
      syncChildren(direct, state.channels.filter(isDirect).map(item));
      const home = navItem({
        key: 'home',
        href: homeHash,
        label: 'Home',
        mark: '⌂',
        current: route.kind === 'home',
        unread: unread.has('home'),
      });
      const mail = navItem({
        key: 'mail',
        href: mailHash(),
        label: 'Mailbox',
        mark: '✉',
        current: route.kind === 'mail',
        unread: unread.has('mail'),
      });
      syncChildren(app, state.me.external ? [home] : [home, mail]);
    },
  };
}

function channelItem(channel: SandboxChannel, current: boolean, unread: boolean): Item {
  const mark = channel.kind === 'dm' ? '●' : channel.kind === 'private' ? '🔒' : '#';
  const note = channel.shared ? 'shared with another company' : null;
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
