import type { KnownBlock } from '@slack/types';
import type { CrmOwner } from '../../src/manage/crm/crm-record.ts';
import { actions, button, input, type Modal, modal, text } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { escapedTo, person, section, shorten } from '../mrkdwn.ts';
import { count } from '../words.ts';

type Owner = Pick<CrmOwner, 'id' | 'name' | 'email'>;

/** As the CRM calls them. */
export function ownerWords({ name, email }: Omit<Owner, 'id'>): string {
  return [name, email].filter(Boolean).join(', ') || 'Without a name';
}

const ROW = 'crm-owner:';

/** One owner whom nobody has matched, with the way to say who they are. */
export function ownerRow(owner: Owner): KnownBlock {
  return {
    ...section(`Who is *${escapedTo(ownerWords(owner), 150)}* in Slack?`),
    block_id: `${ROW}${owner.id}`,
    accessory: { type: 'users_select', action_id: ACTIONS.crmOwnerName, placeholder: text('Choose a colleague', 150) },
  };
}

/** The owner that a row of `ownerRow` is about. */
export function readOwnerRow(blockId: string): string {
  return blockId.startsWith(ROW) ? blockId.slice(ROW.length) : '';
}

/** To whoever said who an owner is. */
export function ownersKept(userId: string): string {
  return `Thank you. ${person(userId)} is warned of the protected accounts that they sell to, now and from now on.`;
}

/** Owners on one page of the form. */
export const OWNERS_SHOWN = 8;
export const OWNERS_TITLE = 'Who owners are';
export const NOT_A_COLLEAGUE = 'Choose a full member of this workspace.';

export function ownerField(index: number): string {
  return `owner-${index}`;
}

/** A person in Slack for each owner in the CRM; those without one come first. */
export function ownersForm({
  owners,
  total,
  open,
  from,
}: {
  owners: readonly CrmOwner[];
  total: number;
  open: number;
  from: number;
}): Modal {
  const next = from + OWNERS_SHOWN;
  const turn = [
    ...(from > 0 ? [button(ACTIONS.crmOwners, 'Back', String(Math.max(0, from - OWNERS_SHOWN)))] : []),
    ...(next < total ? [button(ACTIONS.crmOwnersNext, 'Next', String(next))] : []),
  ];
  return modal(
    OWNERS_TITLE,
    [
      section(
        `${count(total, 'owner')} in the CRM, ${open} of them without a person in Slack. They hear of deals that meet their own accounts.`,
      ),
      ...owners.map(({ name, email, slackUserId }, index) =>
        input(
          ownerField(index),
          shorten(ownerWords({ name, email }), 150),
          { type: 'users_select', ...(slackUserId ? { initial_user: slackUserId } : {}) },
          { optional: true },
        ),
      ),
      ...(turn.length > 0 ? [actions(`crm:owners:${from}`, ...turn)] : []),
    ],
    { id: VIEWS.crmOwners, submit: 'Save', metadata: JSON.stringify({ from, ids: owners.map(({ id }) => id) }) },
  );
}
