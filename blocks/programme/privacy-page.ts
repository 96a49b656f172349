import type { KnownBlock } from '@slack/types';
import type { KeptKind } from '../../src/programme/privacy/kept-data.ts';
import type { WhomKey } from '../../src/programme/privacy/whom.ts';
import { actions, button, input, type Modal, modal, option } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { context, plainTo, section } from '../mrkdwn.ts';
import { count } from '../words.ts';

export const PRIVACY_TITLE = 'Delete data';

type Counts = ReadonlyMap<KeptKind, number>;
/** What the form gives for *never write again*. */
export const NEVER_AGAIN = 'never-again';

const KIND_WORDS: Record<KeptKind, (n: number) => string> = {
  company: (n) => `${count(n, 'company', 'companies')} with its facts, evidence and decision`,
  partner: (n) => count(n, 'partner record'),
  payment: () => 'payment details, sealed',
  deal: (n) => count(n, 'registered deal'),
  sale: (n) => `${count(n, 'sale')}, whose sums stay`,
  crm: (n) => `${count(n, 'record')} copied from the CRM`,
  acceptance: (n) => count(n, 'accepted agreement'),
  attempt: (n) => `${count(n, 'course')} somebody took, with results and certificates`,
  checklist: (n) => count(n, 'checklist'),
  invitation: (n) => `${count(n, 'invitation')} to a shared channel`,
  channel: (n) => `${count(n, 'shared channel')}`,
  contact: (n) => count(n, 'contact'),
  silence: (n) => `${count(n, 'entry', 'entries')} of the suppression list, as a hash`,
  setting: () => 'a mention in your set-up',
  website: (n) => `${count(n, 'website')} as it was read`,
  research: (n) => `${count(n, 'research', 'researches')} that found or named it`,
  review: (n) => `${count(n, 'word', 'words')} of the team or the second reader on whether to suggest it`,
  digest: (n) => count(n, 'digest'),
  draft: (n) => `${count(n, 'draft')} that did not leave`,
  sent: (n) => count(n, 'mail that left', 'mails that left'),
  thread: (n) => count(n, 'conversation'),
  reply: (n) => count(n, 'reply', 'replies'),
  bytes: (n) => `${count(n, 'mail')} byte for byte`,
  link: (n) => count(n, 'opt-out link'),
  style: () => 'a mention in the house style',
  audit: (n) => count(n, 'line of the audit log', 'lines of the audit log'),
};

/** What is kept of somebody, counted by kind, with what can be done about it. */
export function privacyPage(key: WhomKey, counts: Counts): { text: string; blocks: KnownBlock[] } {
  const kinds = [...counts].filter(([, n]) => n > 0);
  const text = `What I keep about ${plainTo(key.value, 250)}`;
  if (kinds.every(([kind]) => kind === 'silence')) {
    const hash = kinds.length > 0 ? ' But its hash is on the suppression list: nobody writes there.' : '';
    return { text, blocks: [section(`I keep nothing about *${plainTo(key.value, 250)}*.${hash}`)] };
  }
  const lines = kinds.map(([kind, n]) => `• ${KIND_WORDS[kind](n)}`);
  const value = JSON.stringify(key);
  const buttons = [
    button(ACTIONS.privacyExport, 'Export', value),
    button(ACTIONS.privacyDelete, key.kind === 'address' ? 'Delete Person…' : 'Delete Company…', value, { style: 'danger' }),
  ];
  return {
    text,
    blocks: [
      section(`*${text}*\n${lines.join('\n')}`),
      actions(`privacy:${key.kind}`, ...buttons),
      context(
        'About it, or naming it. *Export* sends a JSON file to our direct messages. *Delete* asks once more and says what goes and what stays.',
      ),
    ],
  };
}

/** Says what goes, what stays and why, before it is done. `metadata` comes back with the answer. */
export function privacyDeleteForm(key: WhomKey, metadata: string): Modal {
  const who = `*${plainTo(key.value, 250)}*`;
  const goes =
    key.kind === 'address'
      ? `Everything that I keep about ${who}: contact, drafts, the text of mails that left, replies. Their address goes from every other record, the audit log too. What waits to be sent to them is taken back first.`
      : `The company ${who} with its people and every address at its domain: facts, evidence, decision, contacts, drafts, the text of mails that left, replies, its place in digests and in your lists of whom to leave out. What waits to be sent to it is taken back first.`;
  const stays = [
    '• that a mail left, when, on whose word and under which rule of law, without text or recipient: so that it cannot leave twice',
    '• a hash on the suppression list, if you keep the tick below: it names nobody',
    '• that you asked for this, in the audit log, by the same hash',
    '• what stands in your CRM itself: delete it there too. With the tick below I do not copy it again',
    key.kind === 'company'
      ? '• what other companies’ texts say of it by name, and mails to others that mention it'
      : '• names in texts of others, which may be anybody’s, and mails to others that mention them',
  ];
  const again = input(
    'silence',
    'Afterwards',
    { type: 'checkboxes', options: [AGAIN], initial_options: [AGAIN] },
    {
      optional: true,
      hint: 'Without it a later import may bring them back, and somebody may write to them. With it a company that is imported again stays out of every list.',
    },
  );
  return modal(
    PRIVACY_TITLE,
    [
      section(`*This goes for good*\n${goes}`),
      section(`*This stays*\n${stays.join('\n')}`),
      section(
        '*In Slack* I put “Deleted on request” in the place of my cards and of what I told people about them. What people wrote themselves stays until they delete it, and so do files that were exported: _More actions_ on a message, then _Delete message_.',
      ),
      again,
    ],
    { id: VIEWS.privacyDelete, submit: 'Delete for Good', metadata },
  );
}

const AGAIN = option(NEVER_AGAIN, 'Never write to them again');

/** In the place of a message that showed or named somebody. */
export const DELETED_CARD = 'Deleted on request.';

export const DELETION_STARTED =
  'I am deleting it now, and tell you in our direct messages when all is gone. If you hear nothing within half an hour, ask for it again: that is safe.';

/** To whoever asked. Names nobody: it stays in Slack. */
export function deletionDone(kind: WhomKey['kind'], isSilent: boolean): string {
  const what = kind === 'address' ? 'The person you asked me to delete is' : 'The company you asked me to delete is, with its people,';
  const silence = isSilent ? ' Nobody writes to them again: a hash on the suppression list sees to that.' : '';
  return `:white_check_mark: ${what} gone from all that I keep; I looked through it once more and found nothing.${silence}`;
}

export const DELETION_TITLE = 'Deleted on request';
