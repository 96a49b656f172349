import type { KnownBlock, PlainTextOption } from '@slack/types';
import { CONTACT_ROLES, type ContactRole, type Partner, type PartnerContact } from '../../src/onboard/partners/partner.ts';
import { PARTNER_TYPES, type PartnerType } from '../../src/programme/setup/programme.ts';
import { actions, input, type Modal, modal, option, textInput } from '../elements.ts';
import { VIEWS } from '../ids.ts';
import { LABELS } from '../labels.ts';
import { context, escapedTo, plainTo, section, shorten } from '../mrkdwn.ts';
import { TYPE_WORDS } from '../words.ts';
import { openPartnerButton, pageLinkButton } from './partner-card.ts';
import { ROLE_WORDS } from './partner-words.ts';

export const ADD_TITLE = 'New partner';
export const PERSON_TITLE = 'Person';
export const EDIT_TITLE = 'Edit partner';
export const NOTE_TITLE = 'Note';
export const END_TITLE = 'End partnership';

/** Characters that an input holds. */
const LONGEST_INPUT = 3000;

/** What stands in the form of a new partner; `person` is whom to ask for next. */
export type PartnerDraft = { name: string; domains: string; types: readonly PartnerType[]; owner: string; countries: string };

/** A record that has the name or the `domain` already. */
export type Taken = { partner: Pick<Partner, 'id' | 'name'>; domain: string };

/** Asks what a partner is called and who looks after them; their main contact is asked for next. `taken`: whose the name or a domain is, said beside
 *  that field, while what was typed stays. */
export function addPartnerForm(draft: PartnerDraft, metadata: string, taken: Taken | null = null): Modal {
  const said = taken ? takenWords(taken) : [];
  return modal(
    ADD_TITLE,
    [
      textInput('name', 'Name', draft.name, { max: 100, placeholder: 'Acme Ltd' }),
      ...(taken?.domain === '' ? said : []),
      ...[domainsInput(draft.domains), ...(taken?.domain ? said : [])],
      typesInput(draft.types),
      ownerInput(draft.owner),
      countriesInput(draft.countries),
      context('Next I ask for their main contact. Their Slack channel is connected later, from the record.'),
    ],
    { id: VIEWS.partnerAdd, submit: 'Add Partner', metadata },
  );
}

function takenWords({ partner, domain }: Taken): KnownBlock[] {
  const what = domain ? `${escapedTo(domain, 100)} is` : 'This name is';
  const words = `:warning: ${what} *${plainTo(partner.name, 100)}*’s, who is on file as a partner. Open that record, or change this.`;
  return [{ ...section(words), accessory: openPartnerButton(partner) }];
}

/** All of a record that is changed by hand. */
export function editPartnerForm(partner: Partner, metadata: string): Modal {
  const { name, aliases, domains, types, tier, countries, owner } = partner;
  const isLong = domains.join('\n').length > LONGEST_INPUT;
  return modal(
    EDIT_TITLE,
    [
      textInput('names', 'Names', shorten([name, ...aliases].join('\n'), LONGEST_INPUT), {
        multiline: true,
        hint: 'One a line. The first is how they are called; the others find them too.',
      }),
      ...(isLong ? [context('Their web domains are too many for this form, and stay as they are.')] : [domainsInput(domains.join('\n'))]),
      typesInput(types),
      textInput('tier', 'Tier', tier, { max: 40, optional: true, placeholder: 'Gold' }),
      countriesInput(shorten(countries.join(', '), LONGEST_INPUT)),
      ownerInput(owner),
    ],
    { id: VIEWS.partnerEdit, submit: 'Save', metadata },
  );
}

function domainsInput(initial: string) {
  return textInput('domains', 'Web domains', initial, {
    multiline: true,
    placeholder: 'example.com',
    hint: 'One a line, the main one first.',
  });
}

function typesInput(chosen: readonly PartnerType[]) {
  const options = PARTNER_TYPES.map((type) => option(type, TYPE_WORDS[type]));
  const initial = options.filter(({ value }) => chosen.some((type) => type === value));
  return input('types', 'Types', { type: 'multi_static_select', options, ...(initial.length > 0 ? { initial_options: initial } : {}) });
}

function ownerInput(owner: string) {
  return input('owner', 'Looked after by', { type: 'users_select', ...(owner ? { initial_user: owner } : {}) });
}

function countriesInput(initial: string) {
  return textInput('countries', 'Countries', initial, { optional: true, placeholder: 'Poland, Germany' });
}

type KnownPerson = { name: string; email: string; role: ContactRole | null };

/** The second step of a new partner; closing it leaves the partner without a contact. */
export function mainContactForm(partner: Pick<Partner, 'name'>, person: KnownPerson, metadata: string): Modal {
  const words = `:white_check_mark: *${plainTo(partner.name, 100)}* is a partner now and leaves every list of candidates. Who is your main contact there?`;
  return modal(
    ADD_TITLE,
    [section(words), ...personInputs(person), context('Nothing is sent to them now. Next: connect a channel, from the record.')],
    { id: VIEWS.partnerPerson, submit: 'Save Contact', close: 'Later', metadata },
  );
}

/** A person more, or `person` as they are. */
export function personForm(partner: Pick<Partner, 'id' | 'name' | 'teamIds'>, person: PartnerContact | null, metadata: string): Modal {
  const left = option(HAS_LEFT, `${person?.name || 'This person'} works there no more`);
  const gone = input(
    'left',
    'Left',
    { type: 'checkboxes', options: [left], ...(person?.leftAt ? { initial_options: [left] } : {}) },
    { optional: true, hint: 'From then on they see and get nothing of ours. Take the tick away if it was a mistake.' },
  );
  const known = person ?? { name: '', email: '', role: null };
  return modal(
    PERSON_TITLE,
    [
      section(`A person of *${plainTo(partner.name, 100)}*:`),
      ...personInputs(known),
      ...(person ? [gone, ...slackInput(partner, person)] : []),
      ...linkOffer(partner.id, person),
    ],
    {
      id: VIEWS.partnerPerson,
      submit: 'Save',
      metadata,
    },
  );
}

/** Slack's pickers do not offer everybody of another company, so the id is pasted. */
function slackInput({ teamIds }: Pick<Partner, 'teamIds'>, { slack }: PartnerContact): KnownBlock[] {
  if (teamIds.length === 0) return [];
  const hint =
    'In Slack, open their profile and choose ⋮, then “Copy member ID”. Without it I know them in Slack by address or name only: whoever has left and is called otherwise there still gets in.';
  return [textInput('slackId', 'Slack member ID', slack?.userId ?? '', { max: 40, optional: true, hint })];
}

/** For a person who has no Slack with us: the way to their partner page, by mail. */
function linkOffer(partnerId: string, person: PartnerContact | null): KnownBlock[] {
  if (!person?.email || person.leftAt) return [];
  return [
    actions(`page-link:${person.id}`, pageLinkButton(partnerId, person)),
    context('Mails them a link to their partner page, to the address as it is saved. It works once.'),
  ];
}

export const HAS_LEFT = 'left';

function personInputs({ name, email, role }: KnownPerson): KnownBlock[] {
  const options = CONTACT_ROLES.map((one) => option(one, ROLE_WORDS[one]));
  return [
    textInput('name', 'Name', name, { max: 100, placeholder: 'Dana Reed' }),
    textInput('email', 'E-mail address', email, { max: 200, optional: true, placeholder: 'dana@example.com' }),
    input('role', 'What they do', { type: 'static_select', options, ...initialOf(options, role) }),
  ];
}

function initialOf(options: PlainTextOption[], value: string | null): { initial_option?: PlainTextOption } {
  const chosen = options.find((one) => one.value === value);
  return chosen ? { initial_option: chosen } : {};
}

export function noteForm(partner: Pick<Partner, 'name'>, metadata: string): Modal {
  return modal(
    NOTE_TITLE,
    [
      textInput('text', 'Note', '', { multiline: true, max: 1000 }),
      context(`For the team only: nobody at ${escapedTo(partner.name, 100)} ever reads it.`),
    ],
    { id: VIEWS.partnerNote, submit: 'Save Note', metadata },
  );
}

/** Says what closes and what stays payable, before it is done. */
export function endForm(partner: Pick<Partner, 'name'>, metadata: string): Modal {
  const name = plainTo(partner.name, 100);
  return modal(
    END_TITLE,
    [
      section(
        `*What ends for ${name}, at once*\n• the Partner Desk in their channel, and every page they have a link to\n• reminders and other messages to them\n• new registrations of deals\n• the registrations they have open and the protection of approved ones; both sides are told`,
      ),
      section(
        '*What stays*\n• what they have earned until now is paid as agreed, and their statements can still be made\n• the record with its history; nothing is deleted\n• they stay out of every list of candidates, unless somebody presses *Reconsider* on the company',
      ),
      textInput('because', 'Why does it end?', '', { max: 300, placeholder: 'They closed their agency' }),
      context(`*${LABELS.takeBackPartner}* on the record brings the partnership back.`),
    ],
    { id: VIEWS.partnerEnd, submit: 'End It', metadata },
  );
}

/** What a person can mend, said beside a field. */
export const CHANGED_MEANWHILE =
  'Somebody changed this partner since you opened the form. Copy what you typed, close this, and open the record again.';
export const NO_COLLEAGUE = 'Choose a colleague: a full member of this workspace';
export const NOBODY_OF_THEIRS = 'That is nobody of their Slack workspace, or another person here';

export function alreadyTheirs({ partner, domain }: Taken): string {
  return `${domain || 'This name'} is ${partner.name}’s, who is on file as a partner. If it is the same company, close this and press Merge.`;
}
