import type { SandboxMail } from '../contract.ts';
import { state } from './client.ts';
import { type Child, h } from './h.ts';
import { link } from './links.ts';
import { mailActions } from './mail-actions.ts';
import { type MailRoute, mailHash } from './route.ts';
import { syncChildren } from './sync.ts';

export type Mailbox = { node: HTMLElement; show(route: MailRoute | null): void };

/** Every mail that left the app, or those to one address, newest first, and one of them in full. */
export function createMailbox(): Mailbox {
  const list = h('div', { class: 'mail-list', 'data-testid': 'mail-list' });
  const reading = h('article', { class: 'mail scroll', tabindex: 0, 'data-testid': 'mail', 'aria-label': 'Mail' });
  const title = h('h2', { 'data-testid': 'mailbox-title' });
  const note = h('span', { class: 'muted' });
  const head = h('header', { class: 'pane-head' }, title, note);
  const node = h('section', { class: 'pane' }, head, h('div', { class: 'mailbox' }, list, reading));
  let shown = '';
  return {
    node,
    show(route) {
      node.hidden = !route;
      if (!route) return;
      const { mail: wanted, of } = route;
      const owner = state().mailboxes.find(({ address }) => address === of);
      title.textContent = of ? `Mailbox of ${owner?.name ?? of}` : 'Mailbox';
      note.textContent = of ? 'What they have been sent; the links can be followed' : EVERYBODY;
      const mails = state()
        .mail.filter(({ to }) => !of || addressesIn(to).includes(of.toLowerCase()))
        .sort((a, b) => b.at.localeCompare(a.at));
      const open = mails.find((mail) => mail.id === wanted) ?? (wanted ? undefined : mails[0]);
      syncChildren(
        list,
        mails.map((mail) => mailItem(mail, mail === open, of)),
      );
      const signature = JSON.stringify([open, mails.length === 0]);
      if (signature === shown) return;
      shown = signature;
      const nothing = mails.length ? 'This mail is not here any more.' : 'No mail yet. What the app sends shows up here.';
      reading.replaceChildren(...(open ? mailNodes(open) : [h('p', { class: 'muted empty' }, nothing)]));
    },
  };
}

const EVERYBODY = 'What the app has sent, and you as its recipient; nothing leaves this machine';

/** The addresses in a mail’s `To`, with or without names. */
const addressesIn = (to: string): string[] => to.toLowerCase().match(/[^\s<>,;"]+@[^\s<>,;"]+/g) ?? [];

const time = (at: string): string =>
  new Date(at).toLocaleString('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

function mailItem(mail: SandboxMail, current: boolean, of: string | null) {
  return {
    key: mail.id,
    signature: JSON.stringify([mail, current, of]),
    create: () =>
      h(
        'a',
        { class: 'mail-row', href: mailHash(mail.id, of), 'data-mail': mail.id, 'aria-current': current ? 'true' : null },
        h('span', { class: 'mail-to' }, h('strong', {}, mail.to.replaceAll('"', '')), h('small', {}, time(mail.at))),
        h('span', {}, mail.subject || '(no subject)'),
      ),
  };
}

function mailNodes(mail: SandboxMail): HTMLElement[] {
  const messageId = Object.entries(mail.headers).find(([name]) => name.toLowerCase() === 'message-id')?.[1] ?? 'none';
  const rows = {
    From: mail.from,
    To: mail.to,
    Subject: mail.subject,
    'Message-ID': messageId,
    Date: new Date(mail.at).toLocaleString('en-GB'),
  };
  const listed = Object.entries(rows).flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]);
  const others = Object.entries(mail.headers).map(([name, value]) => `${name}: ${value}`);
  return [
    h('h3', {}, mail.subject || '(no subject)'),
    h('dl', {}, ...listed),
    h('pre', { class: 'mail-text', 'data-testid': 'mail-text' }, ...linked(mail.text)),
    ...mailActions(mail),
    h('details', {}, h('summary', {}, 'All headers'), h('pre', {}, others.join('\n'))),
  ];
}

/** Plain text as mail programs show it: web addresses can be followed. */
function linked(text: string): Child[] {
  return text.split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])/).map((part, index) => (index % 2 ? link(part, part) : part));
}
