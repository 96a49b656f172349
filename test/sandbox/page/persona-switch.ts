import type { SandboxMailbox, SandboxState } from '../contract.ts';
import { h } from './h.ts';
import { avatar } from './message.ts';
import { mailHash, type Route } from './route.ts';
import type { Item } from './sync.ts';

/** One link per persona. The address names the person, so a second window can be somebody else. */
export function personaItems({ me, personas }: SandboxState): Item[] {
  return personas.map((persona) => ({
    key: persona.id,
    signature: JSON.stringify([persona, persona.id === me.id]),
    create: () =>
      h(
        'a',
        {
          class: 'persona',
          href: `?as=${encodeURIComponent(persona.id)}`,
          'data-persona': persona.id,
          'aria-current': persona.id === me.id ? 'true' : null,
        },
        avatar(persona.id),
        h('span', {}, h('strong', {}, persona.name), h('small', {}, persona.title)),
      ),
  }));
}

/** People without Slack are read about, not become: the link opens their mails, which only the home company's people see here. */
export function mailboxItems({ me, personas, mailboxes }: SandboxState, route: Route): Item[] {
  const reader = me.external ? personas.find(({ external }) => !external) : me;
  return mailboxes.map((mailbox) => {
    const current = route.kind === 'mail' && route.of === mailbox.address;
    return {
      key: mailbox.address,
      signature: JSON.stringify([mailbox, current, reader?.id]),
      create: () => mailboxLink(mailbox, current, reader?.id === me.id ? '' : `?as=${encodeURIComponent(reader?.id ?? '')}`),
    };
  });
}

function mailboxLink({ name, address, company }: SandboxMailbox, current: boolean, as: string): HTMLElement {
  return h(
    'a',
    {
      class: 'persona',
      href: as + mailHash(undefined, address),
      'data-mailbox': address,
      'aria-current': current ? 'true' : null,
    },
    h('span', { class: 'avatar', 'aria-hidden': 'true' }, '✉'),
    h('span', {}, h('strong', {}, name), h('small', {}, `${company}, without Slack`)),
  );
}
