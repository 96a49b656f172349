import type { Button, KnownBlock, StaticSelect } from '@slack/types';
import { type Partner, type PartnerContact, presentPeople } from '../../src/onboard/partners/partner.ts';
import type { AuditEntry } from '../../src/programme/audit/audit.ts';
import { firstThatFits } from '../classic-blocks.ts';
import { actions, button, option, text } from '../elements.ts';
import { ACTIONS, type ActionId } from '../ids.ts';
import { LABELS } from '../labels.ts';
import { context, escaped, escapedTo, moment, person, plainTo, section, shorten, shortenMrkdwn, siteLink } from '../mrkdwn.ts';
import { count } from '../words.ts';
import { partnerHistoryLine, ROLE_WORDS, STATUS_EMOJI, STATUS_WORDS, typeWords } from './partner-words.ts';

/** What other parts say of a partner, a line or a block for each; mrkdwn. What is absent says nothing. */
export type PartnerFacts = {
  /** Who is in the channel, and what can be done about it. */
  channel?: KnownBlock[];
  /** Nobody of them was asked in yet: there is no channel, no invitation and no page link. */
  isUninvited?: boolean;
  agreement?: string;
  checklist?: string;
  certificates?: string;
  /** Buttons that hand out what was accepted and who is certified. */
  papers?: Button[];
  paymentDetails?: string;
};

/** How much of each list is shown: a message has less room than a modal. */
type Room = { people: number; options: number; notes: number; history: number };
const WHOLE: Room = { people: 30, options: 100, notes: 10, history: 5 };
const IN_MESSAGE: Room[] = [
  { people: 10, options: 15, notes: 3, history: 5 },
  { people: 5, options: 5, notes: 1, history: 2 },
  { people: 3, options: 0, notes: 0, history: 0 },
];
const MOST_DOMAINS = 5;
const LONGEST = { name: 100, line: 400, note: 300, fact: 500 } as const;

/** Most entries of its history that the card shows. */
export const HISTORY_SHOWN = WHOLE.history;

/** All that the team knows of a partner, and what can be done, in a modal; for the team's eyes only. `history`: the newest first. */
export function partnerCard(partner: Partner, facts: PartnerFacts, history: readonly AuditEntry[]): KnownBlock[] {
  return cardWithin(partner, { facts, history }, WHOLE);
}

/** The same as a message, with less of what is long; *Open Partner* then has the whole. */
export function partnerMessage(partner: Partner, facts: PartnerFacts, history: readonly AuditEntry[]): KnownBlock[] {
  return firstThatFits(IN_MESSAGE.map((room) => cardWithin(partner, { facts, history }, room)));
}

function cardWithin(partner: Partner, said: { facts: PartnerFacts; history: readonly AuditEntry[] }, room: Room): KnownBlock[] {
  const { agreement, checklist, certificates, paymentDetails, papers = [], channel = [], isUninvited = false } = said.facts;
  const lines = [agreement, checklist, certificates, paymentDetails].flatMap((fact) => (fact ? [shortenMrkdwn(fact, LONGEST.fact)] : []));
  const history = said.history.slice(0, room.history);
  return [
    section(`${titleOf(partner)}\n${stateLine(partner, isUninvited)}\n${aboutLine(partner)}`),
    section(peopleWords(partner, room.people)),
    ...channel,
    ...(lines.length > 0 ? [section(lines.join('\n'))] : []),
    actions(
      `papers:${partner.id}`,
      button(ACTIONS.checklistShow, 'Show Checklist', partner.id),
      button(ACTIONS.earningsShow, 'Earnings', partner.id),
      button(ACTIONS.qbrOpen, 'QBR Pack', partner.id),
      ...papers,
      ...pageLinkOf(partner),
    ),
    ...notesOf(partner, room.notes),
    ...(history.length > 0 ? [context(...history.map(partnerHistoryLine))] : []),
    buttonsOf(partner, room),
  ];
}

function titleOf({ name, domains }: Partner): string {
  const sites = domains.slice(0, MOST_DOMAINS).map(siteLink).join(', ');
  const more = domains.length - MOST_DOMAINS;
  return `*${plainTo(name, LONGEST.name)}* · ${sites}${more > 0 ? ` and ${more} more` : ''}`;
}

function stateLine({ status, statusAt, endedBecause, owner, tier, createdAt }: Partner, isUninvited: boolean): string {
  const because = endedBecause ? `: ${escapedTo(endedBecause, LONGEST.note)}` : '';
  const level = tier ? ` · tier ${escapedTo(tier, 60)}` : '';
  const state =
    status === 'invited' && isUninvited
      ? `Added ${moment(createdAt)}, not invited yet`
      : `${STATUS_WORDS[status]} since ${moment(statusAt)}`;
  return `${STATUS_EMOJI[status]} ${state}${because}${level} · looked after by ${person(owner)}`;
}

function aboutLine(partner: Partner): string {
  const { countries, aliases, firstRegistrationAt } = partner;
  const parts = [
    escaped(typeWords(partner)),
    ...(countries.length > 0 ? [escapedTo(countries.join(', '), LONGEST.line)] : []),
    firstRegistrationAt ? `first registration ${moment(firstRegistrationAt)}` : 'no registration yet',
    ...(aliases.length > 0 ? [`also called ${escapedTo(aliases.join(', '), LONGEST.line)}`] : []),
  ];
  return parts.join(' · ');
}

function peopleWords(partner: Partner, most: number): string {
  const present = presentPeople(partner);
  const left = partner.people.filter(({ leftAt }) => leftAt !== null);
  if (partner.people.length === 0)
    return '*People*\nNobody yet. Add a person: without one, nobody of theirs gets what only they may see by mail.';
  const shown = present.slice(0, most).map((one, place) => personLine(one, place === 0));
  const more = present.length - shown.length;
  const gone = left.slice(0, most).map((one) => plainTo(one.name || one.email, 60));
  return [
    '*People*',
    ...(present.length === 0 ? ['Nobody is there any more. Add a person.'] : shown),
    ...(more > 0 ? [`and ${count(more, 'more person', 'more people')}`] : []),
    ...(gone.length > 0 ? [`_Left:_ ${gone.join(', ')}${left.length > gone.length ? ` and ${left.length - gone.length} more` : ''}`] : []),
  ].join('\n');
}

function personLine({ name, email, role, slack }: PartnerContact, isMain: boolean): string {
  const reached = [...(slack ? ['in Slack'] : []), ...(email ? [escapedTo(email, 80)] : [])];
  const how = reached.length > 0 ? reached.join(', ') : 'no address';
  return `• ${plainTo(name || email, 60)}, ${ROLE_WORDS[role].toLowerCase()} · ${how}${isMain ? ' · main contact' : ''}`;
}

/** For a main contact who has no Slack with us; the others' is in their form. */
function pageLinkOf(partner: Partner): Button[] {
  const [main] = presentPeople(partner);
  if (!main?.email || main.slack || partner.status === 'ended') return [];
  return [pageLinkButton(partner.id, main)];
}

/** Mails a person the link to their partner page. */
export function pageLinkButton(partnerId: string, { id: contactId, name, email }: PartnerContact): Button {
  const value = JSON.stringify({ partnerId, contactId });
  return button(ACTIONS.pageSend, 'Send Page Link', value, { accessibility_label: shorten(`Send page link: ${name || email}`, 75) });
}

/** The newest first. Nobody outside ever reads them. */
function notesOf({ notes }: Partner, most: number): KnownBlock[] {
  if (notes.length === 0 || most === 0) return [];
  const newest = notes.slice(-most).reverse();
  const lines = newest.map(({ text: words, by, at }) => `• ${escapedTo(words, LONGEST.note)} _(${person(by)}, ${moment(at)})_`);
  const more = notes.length - newest.length;
  return [section(`*Notes*, for the team only\n${lines.join('\n')}${more > 0 ? `\nand ${count(more, 'earlier note')}` : ''}`)];
}

function buttonsOf(partner: Partner, room: Room): KnownBlock {
  const { id, rev, status, people, notes } = partner;
  const press = (action: ActionId, label: string) =>
    button(action, label, id, { accessibility_label: shorten(`${label}: ${partner.name}`, 75) });
  const way = status === 'ended' ? press(ACTIONS.partnerTakeBack, LABELS.takeBackPartner) : press(ACTIONS.partnerEnd, 'End…');
  const isWhole = room === WHOLE || (people.length <= room.people && people.length <= room.options && notes.length <= room.notes);
  const row: Button[] = [
    ...(isWhole ? [] : [openPartnerButton(partner)]),
    press(ACTIONS.partnerEdit, 'Edit'),
    press(ACTIONS.partnerNote, 'Add Note'),
    press(ACTIONS.partnerPerson, 'Add Person'),
    press(ACTIONS.partnerMerge, 'Merge…'),
    way,
  ];
  const select = peopleSelect(partner, room.options);
  return { ...actions(`partner:${id}:${rev}`), elements: [...row, ...(select ? [select] : [])] };
}

/** A person to change or to mark as left. */
function peopleSelect(partner: Partner, most: number): StaticSelect | null {
  const left = partner.people.filter(({ leftAt }) => leftAt !== null);
  const options = [...presentPeople(partner), ...left]
    .slice(0, most)
    .map(({ id, name, email }) => option(`${partner.id}|${id}`, name || email || 'Without a name'));
  if (options.length === 0) return null;
  return { type: 'static_select', action_id: ACTIONS.partnerPersonChange, placeholder: text('Change a person …', 150), options };
}

/** Opens a partner's record. */
export function openPartnerButton({ id, name }: Pick<Partner, 'id' | 'name'>): Button {
  return button(ACTIONS.partnerOpen, LABELS.openPartner, id, { accessibility_label: shorten(`${LABELS.openPartner}: ${name}`, 75) });
}
