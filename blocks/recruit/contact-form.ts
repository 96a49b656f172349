import type { KnownBlock } from '@slack/types';
import type { Company } from '../../src/programme/companies/company.ts';
import { ORIGINS, type Origin } from '../../src/recruit/notice/origin.ts';
import type { Draft, StoredContact } from '../../src/recruit/outreach/draft.ts';
import type { SuggestedContact } from '../../src/recruit/outreach/suggest-contacts.ts';
import { countryOf } from '../../src/recruit/policy/countries.ts';
import { BASES, type Basis, RECIPIENTS, type Recipient } from '../../src/recruit/policy/country-policy.ts';
import { countrySelect, initial } from '../country-select.ts';
import { fieldOf, input, type Modal, modal, option, text, textInput } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { escaped, escapedTo, moment, person, plain, section } from '../mrkdwn.ts';

export const BASIS_WORDS: Record<Basis, string> = {
  published: 'Published on a page for their work',
  given: 'They gave it to us: a card, a form, a talk',
  consent: 'They agreed to get mail from us',
  other: 'Another way',
};

/** Asked of whoever names an address; `notice-words.ts` tells the recipient the same in their language. */
export const ORIGIN_LABELS: Record<Origin, string> = {
  website: 'Their own website',
  register: 'A public register or directory',
  event: 'A fair or an event',
  network: 'LinkedIn or another network',
  provider: 'A provider of company data',
  colleague: 'A colleague of theirs',
  acquaintance: 'Somebody we both know',
  given: 'The person',
};

const RECIPIENT_WORDS: Record<Recipient, string> = {
  company: 'A company’s or public body’s',
  individual: 'A sole trader’s or private person’s',
  unknown: 'Not sure: counts as a person’s',
};

/** `before`: the message that has left already, with the way to it. `people`: who is known there; the form is filled with the `chosen` one of
 *  them. `origin`: where it was opened from. */
export type ContactQuestion = {
  company: Pick<Company, 'id' | 'name' | 'locations'>;
  before: { contact: StoredContact; at: Date; where: string } | null;
  people: readonly SuggestedContact[];
  chosen: number;
  origin: object;
};

/** Asks whom to write to, and offers whom we know. */
export function contactForm({ company, before, people, chosen, origin }: ContactQuestion): Modal {
  const earlier = before
    ? [
        section(
          `:information_source: ${escaped(before.contact.name)} was written to ${moment(before.at)}. ${before.where} This starts another message and ends that thread.`,
        ),
      ]
    : [];
  const to = people[chosen];
  const same = to && to.email === before?.contact.email ? before.contact : {};
  const said = to ? sourceOf(to) : {};
  const known = { ...said, ...same, name: to?.name, email: to?.email, country: to?.country ?? countryOf(company.locations) };
  return modal(
    'Draft outreach',
    [
      ...earlier,
      section(`Who at *${plain(company.name)}* should this go to? You read and approve the text before anything leaves.`),
      ...offered(people, chosen),
      ...contactInputs(known, chosen),
    ],
    {
      id: VIEWS.contact,
      submit: 'Write Draft',
      metadata: JSON.stringify({ companyId: company.id, origin, ...(to?.namedBy ? { pointedBy: to.namedBy.replyId } : {}) }),
    },
  );
}

/** What is known of where an address is from. Whoever was named by a colleague gave us nothing themselves. */
function sourceOf({ source, namedBy }: SuggestedContact): Known {
  if (source.kind === 'import' && source.said) return { source: source.said };
  if (!namedBy) return {};
  const day = namedBy.at.toLocaleDateString('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });
  return { basis: 'other', origin: 'colleague', source: `Named in a reply of ${day}` };
}

/** Options that a select holds. */
const MOST_OFFERED = 100;

/** Whom we know there, and where from; the form follows the choice. */
function offered(people: readonly SuggestedContact[], chosen: number): KnownBlock[] {
  const to = people[chosen];
  if (!to) return [];
  const job = to.role ? `, ${escapedTo(to.role, 100)}` : '';
  const words = section(to.namedBy ? namedWords(to, to.namedBy.name) : `*${escaped(nameOf(to))}*${job} is on file: ${sourceWords(to)}.`);
  if (people.length === 1) return [words];
  const options = people
    .slice(0, MOST_OFFERED)
    .map((one, place) => option(String(place), one.role ? `${nameOf(one)}, ${one.role}` : nameOf(one)));
  const select = { type: 'static_select', action_id: ACTIONS.contactPick, options, ...initial(options, String(chosen)) } as const;
  return [{ ...words, block_id: `people:${chosen}`, accessory: select }];
}

/** That the letter says who named them is known before it is written. */
function namedWords(to: SuggestedContact, by: string): string {
  const { name, email, at } = to;
  if (!name && !email) return `${escaped(by)} points to somebody else, ${moment(at)}: fill in whom. The letter says who named them.`;
  const onFile = to.source.kind === 'reply' ? '' : `, who is on file, ${sourceWords(to)}`;
  return `${escaped(by)} names *${escaped(nameOf(to))}*${onFile}. The letter says so.`;
}

function nameOf({ name, email }: SuggestedContact): string {
  return name || email || 'Whom their reply names';
}

function sourceWords({ source, at }: SuggestedContact): string {
  if (source.kind === 'import') return `from your file ${escapedTo(source.file, 100)}, line ${source.line}`;
  return source.kind === 'typed' ? `named by ${person(source.by)}, ${moment(at)}` : `from a reply, ${moment(at)}`;
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
      ...contactInputs(contact, 0),
    ],
    { id: VIEWS.contact, submit: 'Save Contact', metadata: JSON.stringify({ draftId: id, version }) },
  );
}

type Known = Partial<Pick<StoredContact, 'name' | 'email' | 'country' | 'basis' | 'recipient' | 'origin' | 'source'>>;

/** `place`: of the person the fields are filled with; Slack keeps what stands in a field that keeps its id. */
function contactInputs(contact: Known, place: number): KnownBlock[] {
  const email = { type: 'email_text_input', ...(contact.email ? { initial_value: contact.email } : {}) } as const;
  const bases = BASES.map((basis) => option(basis, BASIS_WORDS[basis]));
  const origins = ORIGINS.map((origin) => option(origin, ORIGIN_LABELS[origin]));
  const recipients = RECIPIENTS.map((recipient) => option(recipient, RECIPIENT_WORDS[recipient]));
  return [
    textInput(fieldOf('name', place), 'Name', contact.name ?? '', { max: 100 }),
    input(fieldOf('email', place), 'E-mail address', { ...email, placeholder: text('dana@example.com') }),
    input(fieldOf('country', place), 'Country they are in', countrySelect(contact.country ?? undefined), {
      hint: 'Its rules decide. Where there are none on file, only people who agreed are written to.',
    }),
    input('basis', 'How did we come by the address?', { type: 'radio_buttons', options: bases, ...initial(bases, contact.basis) }),
    input('recipient', 'Whose mailbox is it?', {
      type: 'radio_buttons',
      options: recipients,
      ...initial(recipients, contact.recipient ?? 'company'),
    }),
    input(
      'origin',
      'Where is the address from?',
      { type: 'static_select', options: origins, ...initial(origins, contact.origin) },
      { hint: 'The message says so in its language.' },
    ),
    textInput('source', 'Which one, exactly?', contact.source ?? '', {
      max: 300,
      hint: 'The web address of the page, or the name alone of the register, fair, network or provider: the message gives it, too. If they agreed, how and when: that is the proof. That, and who told us, is kept and not sent.',
    }),
  ];
}
