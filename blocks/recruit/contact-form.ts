import type { KnownBlock, PlainTextOption } from '@slack/types';
import type { Company } from '../../src/programme/companies/company.ts';
import type { Draft, StoredContact } from '../../src/recruit/outreach/draft.ts';
import { COUNTRIES, countryOf } from '../../src/recruit/policy/countries.ts';
import { BASES, type Basis, RECIPIENTS, type Recipient } from '../../src/recruit/policy/country-policy.ts';
import { input, type Modal, modal, option, text, textInput } from '../elements.ts';
import { VIEWS } from '../ids.ts';
import { escaped, moment, plain, section } from '../mrkdwn.ts';

export const BASIS_WORDS: Record<Basis, string> = {
  published: 'Published on a page for their work',
  given: 'They gave it to us: a card, a form, a talk',
  consent: 'They agreed to get mail from us',
  other: 'Another way',
};

const RECIPIENT_WORDS: Record<Recipient, string> = {
  company: 'A company’s or public body’s',
  individual: 'A sole trader’s or private person’s',
  unknown: 'Not sure: counts as a person’s',
};

/** Asks whom to write to. `before` is the message that has left already, with the way to it; `origin`, where the form was opened from. */
export function contactForm(
  company: Pick<Company, 'id' | 'name' | 'locations'>,
  before: { contact: StoredContact; at: Date; where: string } | null,
  origin: object,
): Modal {
  const earlier = before
    ? [
        section(
          `:information_source: ${escaped(before.contact.name)} was written to ${moment(before.at)}. ${before.where} This starts another message and ends that thread.`,
        ),
      ]
    : [];
  return modal(
    'Draft outreach',
    [
      ...earlier,
      section(`Who at *${plain(company.name)}* should this go to? You read and approve the text before anything leaves.`),
      ...contactInputs(before?.contact ?? null, countryOf(company.locations)),
    ],
    { id: VIEWS.contact, submit: 'Write Draft', metadata: JSON.stringify({ companyId: company.id, origin }) },
  );
}

/** Another person for a draft, or more about the same. */
export function changeContactForm({ id, version, contact, kind }: Draft): Modal {
  return modal(
    'Contact',
    [
      section(
        kind === 'first'
          ? 'The law of their country decides whether they may be written to. Saving voids any approval.'
          : 'Say more about the person. Saving voids any approval.',
      ),
      ...contactInputs(contact, null),
    ],
    { id: VIEWS.contact, submit: 'Save Contact', metadata: JSON.stringify({ draftId: id, version }) },
  );
}

function contactInputs(contact: StoredContact | null, country: string | null): KnownBlock[] {
  const email = { type: 'email_text_input', ...(contact ? { initial_value: contact.email } : {}) } as const;
  const bases = BASES.map((basis) => option(basis, BASIS_WORDS[basis]));
  const recipients = RECIPIENTS.map((recipient) => option(recipient, RECIPIENT_WORDS[recipient]));
  return [
    textInput('name', 'Name', contact?.name ?? '', { max: 100 }),
    input('email', 'E-mail address', { ...email, placeholder: text('dana@example.com') }),
    input(
      'country',
      'Country they are in',
      {
        type: 'static_select',
        option_groups: countryGroups(),
        ...initial(COUNTRY_OPTIONS, contact?.country ?? country ?? undefined),
      },
      { hint: 'Its rules decide. Where there are none on file, only people who agreed are written to.' },
    ),
    input('basis', 'How did we come by the address?', { type: 'radio_buttons', options: bases, ...initial(bases, contact?.basis) }),
    input('recipient', 'Whose mailbox is it?', {
      type: 'radio_buttons',
      options: recipients,
      ...initial(recipients, contact?.recipient ?? 'company'),
    }),
    textInput('source', 'Where is the address from?', contact?.source ?? '', {
      max: 300,
      hint: 'The page, the card or the person; if they agreed, how and when: that is the proof. It is kept and named in the message.',
    }),
  ];
}

function initial(options: PlainTextOption[], value: string | undefined): { initial_option?: PlainTextOption } {
  const chosen = options.find((one) => one.value === value);
  return chosen ? { initial_option: chosen } : {};
}

const COUNTRY_OPTIONS = COUNTRIES.map(({ code, name }) => option(code, name));

/** Groups of at most 100 options, as Slack demands: by first letter. */
function countryGroups(): { label: ReturnType<typeof text>; options: PlainTextOption[] }[] {
  const letters = new Map<string, PlainTextOption[]>();
  for (const one of COUNTRY_OPTIONS) letters.set(letterOf(one), [...(letters.get(letterOf(one)) ?? []), one]);
  return [...letters].map(([letter, options]) => ({ label: text(letter), options }));
}

function letterOf({ text: { text: name } }: PlainTextOption): string {
  return name.normalize('NFD').charAt(0).toUpperCase();
}
