import type { InputBlock } from '@slack/types';
import { channelNameFor } from '../../src/onboard/channels/invitation.ts';
import { type Partner, presentPeople } from '../../src/onboard/partners/partner.ts';
import { input, type Modal, modal, option, textInput } from '../elements.ts';
import { VIEWS } from '../ids.ts';
import { plainTo, section } from '../mrkdwn.ts';

export const INVITE_TITLE = 'Connect a channel';

/** Where somebody is invited to, as the form names it. */
export const PLACES = ['private', 'public', 'existing'] as const;
export const MODES = ['full', 'post-only'] as const;

const PLACE_WORDS: Record<(typeof PLACES)[number], string> = {
  private: 'A new private channel: you, the owner and them',
  public: 'A new public channel: your colleagues can join',
  existing: 'A channel that is there already',
};
const MODE_WORDS: Record<(typeof MODES)[number], string> = {
  full: 'Take part: write, add files, invite colleagues',
  'post-only': 'Post only: write messages, nothing else',
};
/** Options that a select holds. */
const MOST_PEOPLE = 99;
const NOBODY = 'nobody';

/** Asks where a partner is invited to, who, and what they may do there. */
export function inviteForm({ id, name, people }: Pick<Partner, 'id' | 'name' | 'people'>): Modal {
  const blocks: Modal['blocks'] = [
    section(
      `A channel that you and *${plainTo(name, 200)}* both read. I send the invitation as soon as you press *Invite*, and tell you what became of it.`,
    ),
    input('place', 'Channel', {
      type: 'radio_buttons',
      options: choices(PLACES, PLACE_WORDS),
      initial_option: option('private', PLACE_WORDS.private),
    }),
    textInput('name', 'Name of the new channel', channelNameFor(name), { optional: true, max: 80 }),
    input(
      'channel',
      'Or the channel that is there already',
      {
        type: 'conversations_select',
        filter: { include: ['public', 'private'], exclude_bot_users: true },
      },
      {
        optional: true,
        hint: 'They will read all that was ever written there. One that is shared with this partner already is theirs at once, if you invite nobody.',
      },
    ),
    ...whom(people),
    input(
      'mode',
      'What they may do',
      { type: 'radio_buttons', options: choices(MODES, MODE_WORDS), initial_option: option('full', MODE_WORDS.full) },
      {
        hint: 'Post only fits whoever shall just write with you: they can add nobody and no files, and Slack may keep the buttons of their desk from working.',
      },
    ),
  ];
  return modal(INVITE_TITLE, blocks, { id: VIEWS.channelInvite, submit: 'Invite', metadata: JSON.stringify({ partnerId: id }) });
}

/** Somebody on file with an address, or any address. Whoever is typed counts before whoever is chosen. */
function whom(people: Partner['people']): InputBlock[] {
  const known = presentPeople({ people })
    .filter(({ email }) => email !== '')
    .slice(0, MOST_PEOPLE)
    .map(({ id, name, email }) => option(id, name ? `${name}, ${email}` : email));
  const nobody = option(NOBODY, 'Nobody: they are in the channel already');
  const [first] = known;
  const choose = first
    ? [input('person', 'Whom to invite', { type: 'static_select', options: [...known, nobody], initial_option: first })]
    : [];
  const label = first ? 'Or another address' : 'E-mail address to invite';
  return [...choose, textInput('email', label, '', { optional: true, max: 200, placeholder: 'dana@example.com' })];
}

function choices<Name extends string>(names: readonly Name[], words: Record<Name, string>) {
  return names.map((one) => option(one, words[one]));
}
