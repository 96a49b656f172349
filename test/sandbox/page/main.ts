import type { SandboxState } from '../contract.ts';
import { announce, liveRegions, showError } from './announce.ts';
import { follow, state } from './client.ts';
import { createConversation } from './conversation.ts';
import { h } from './h.ts';
import { createHomeTab } from './home-tab.ts';
import { createInvitations } from './invitations.ts';
import { createMailbox } from './mailbox.ts';
import { showModals } from './modal-stack.ts';
import { channelName, userName } from './names.ts';
import { setCurrentChannel } from './open-channel.ts';
import { readRoute } from './route.ts';
import { createSidebar } from './sidebar.ts';
import { createThreadPane } from './thread-pane.ts';

const workspace = h('span', { 'data-testid': 'workspace' });
const connection = h('span', { class: 'connection', role: 'status' });
const sidebar = createSidebar();
const conversation = createConversation();
const thread = createThreadPane();
const home = createHomeTab();
const mailbox = createMailbox();
const invitations = createInvitations();
const main = h('main', { class: 'content' }, conversation.node, thread.node, home.node, mailbox.node);

function show(): void {
  const current = state();
  const { me } = current;
  const route = readRoute(location.hash, current);
  workspace.textContent = `${me.teamName} · ${me.name}, ${me.title}`;
  const channel = route.kind === 'channel' ? current.channels.find(({ id }) => id === route.channel) : undefined;
  if (!channel) {
    conversation.hide();
    thread.hide();
    main.classList.remove('with-thread');
  }
  if (channel && route.kind === 'channel') {
    setCurrentChannel(channel.id);
    conversation.show(channel, route.thread ? null : route.highlight);
    main.classList.toggle('with-thread', route.thread !== null);
    if (route.thread) thread.show(channel, route.thread, route.highlight);
    else thread.hide();
  }
  home.show(route.kind === 'home');
  mailbox.show(route.kind === 'mail' ? route : null);
  invitations.show();
  sidebar.show(current, route);
  showModals(current.modals);
}

function onState(next: SandboxState, before: SandboxState | null): void {
  if (!before) open(next);
  show();
  if (before) announceNew(next, before);
}

/** First answer: the window gets its persona into its address and its content onto the screen. */
function open({ me }: SandboxState): void {
  const address = new URL(location.href);
  if (address.searchParams.get('as') !== me.id) {
    address.searchParams.set('as', me.id);
    history.replaceState(null, '', address);
  }
  const top = h('header', { class: 'top' }, h('h1', {}, 'Sandbox: a local Slack'), workspace, connection);
  document.getElementById('app')?.replaceChildren(top, invitations.node, h('div', { class: 'body' }, sidebar.node, main), ...liveRegions);
  document.title = `${me.name}: Sandbox, a local Slack`;
}

function announceNew(next: SandboxState, before: SandboxState): void {
  const known = new Set(before.messages.map(({ channel, ts }) => `${channel}:${ts}`));
  const fresh = next.messages.filter(({ channel, ts, userId }) => userId !== next.me.id && !known.has(`${channel}:${ts}`));
  const last = fresh.at(-1);
  if (last) announce(`New message from ${userName(last.userId)} in ${channelName(last.channel) ?? 'a channel'}`);
}

function onConnection(up: boolean): void {
  connection.textContent = up ? '' : 'The sandbox does not answer. It is tried again every few seconds.';
}

window.addEventListener('hashchange', show);
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') show();
});
follow(onState, onConnection).catch((error: unknown) => {
  const sentence = error instanceof Error ? error.message : 'The sandbox does not answer.';
  document.getElementById('app')?.replaceChildren(...liveRegions);
  showError(`${sentence} Check that it is running, then reload this page.`);
});
