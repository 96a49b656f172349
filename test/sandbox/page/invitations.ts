import type { SandboxInvitation } from '../contract.ts';
import { clearErrors, showError } from './announce.ts';
import { send, state } from './client.ts';
import { type Child, h } from './h.ts';
import { syncChildren } from './sync.ts';

export type Invitations = { node: HTMLElement; show(): void };

/** Invitations to a shared channel that wait for this persona, above everything else as Slack shows them. */
export function createInvitations(): Invitations {
  const node = h('section', { class: 'invitations', 'aria-label': 'Invitations' });
  return {
    node,
    show() {
      const { invitations } = state();
      node.hidden = invitations.length === 0;
      syncChildren(
        node,
        invitations.map((one) => ({ key: one.id, signature: JSON.stringify(one), create: () => card(one) })),
      );
    },
  };
}

function card(invitation: SandboxInvitation): HTMLElement {
  const attributes = { class: 'alert info invitation', 'data-testid': 'invitation', 'data-step': invitation.step };
  return h('div', attributes, ...PARTS[invitation.step](invitation));
}

const PARTS: Record<SandboxInvitation['step'], (invitation: SandboxInvitation) => Child[]> = {
  open: (invitation) => {
    const approval = approvalChoice(invitation);
    return [
      h('span', {}, h('strong', {}, invitation.from), ' invites you to share the channel ', h('strong', {}, `#${invitation.channel}`), '.'),
      h('label', {}, 'Who has to approve it: ', approval),
      button('Accept', invitation, 'accept', () => approval.value),
      button('Decline', invitation, 'decline'),
    ];
  },
  expired: ({ from, channel }) => [`The invitation of ${from} to #${channel} has expired. Ask for a new one.`],
  waits: ({ from, channel }) => [`You have accepted the invitation to #${channel}. An admin of ${from} has to approve it.`],
  'to-approve': (invitation) => [
    `${invitation.to} has accepted the invitation to #${invitation.channel}. As an admin of ${invitation.approver}:`,
    button('Approve', invitation, 'approve'),
    button('Deny', invitation, 'deny'),
  ],
};

/** In Slack a setting of each workspace; here whoever tries it out chooses. */
function approvalChoice({ from, to }: SandboxInvitation): HTMLSelectElement {
  const option = (value: string, words: string) => h('option', { value }, words);
  return h(
    'select',
    { 'data-testid': 'invitation-approval' },
    option('', 'nobody'),
    option('ours', `an admin of ${from}`),
    option('theirs', `an admin of ${to}`),
  );
}

function button(label: string, { id }: SandboxInvitation, did: string, approval: () => string = () => ''): HTMLElement {
  const answer = async () => {
    const { error } = await send('invitation', { id, did, approval: approval() });
    if (error) showError(error);
    else clearErrors();
  };
  const style = did === 'accept' || did === 'approve' ? 'button primary' : 'button';
  return h('button', { type: 'button', class: style, 'data-testid': `invitation-${did}`, on: { click: () => void answer() } }, label);
}
