import type { Button, KnownBlock } from '@slack/types';
import type { CrmOpportunity } from '../../src/manage/crm/crm-record.ts';
import { type Deal, type DealEvent, type DealNote, isAllowed, isProtected } from '../../src/manage/deals/deal.ts';
import {
  CONFLICT_WORDS,
  codeWords,
  daysLeftWords,
  dealFacts,
  MOVE_WORDS,
  NOTE_WORDS,
  nextWords,
  ROLE_WORDS,
  STATE_WORDS,
} from '../../src/manage/deals/deal-words.ts';
import { whyNoExtension } from '../../src/manage/deals/protection.ts';
import type { Uncovered } from '../../src/measure/commissions/uncovered.ts';
import type { Partner } from '../../src/onboard/partners/partner.ts';
import { moneyWords } from '../../src/platform/money.ts';
import { actions, button, input, type Modal, modal, text, textInput } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { uncoveredBlocks } from '../measure/uncovered.ts';
import { context, day, divider, escaped, escapedTo, moment, person, plainTo, section, shorten, siteLink } from '../mrkdwn.ts';
import { openPartnerButton } from '../onboard/partner-card.ts';
import { withdrawButton } from './deal-news.ts';
import { saleButtons, saleWords } from './sale-question.ts';

export const DEAL_RECORD_TITLE = 'Deal';

/** Who reads it: a colleague sees all, the partner that registered it nothing internal, one with another part its own part alone. */
export type DealReader = 'team' | 'partner' | 'participant';
export type DealRecord = {
  deal: Deal;
  partner: Pick<Partner, 'id' | 'name'>;
  reader: DealReader;
  /** Those that have a part in it and whom the reader may know; the one that registered it is among them. */
  parts: readonly { id: string; name: string; role: Deal['role'] }[];
  /** Of the workspace's own questions, by their id. */
  labels: Readonly<Record<string, string>>;
  /** Of partners that have or had a part in it, by id; empty but for a colleague. */
  names: ReadonlyMap<string, string>;
  /** Closed sales of the CRM that are this deal or may be; empty but for a colleague. */
  sales: readonly CrmOpportunity[];
  /** Parts that earn nothing, once it is won; empty but for a colleague. */
  uncovered: readonly Uncovered[];
  /** The reader's own part, of a participant. */
  role: Deal['role'] | null;
  at: Date;
};

/** Lines in one section, and sections: a modal takes 100 blocks of 3,000 characters. */
const LINES = 8;
const MOST_EVENTS = 80;
const MOST_ACTIVITIES = 20;

/** A deal with all that its reader may know of it, and what they can do. */
export function dealRecord(record: DealRecord): KnownBlock[] {
  const { deal, reader } = record;
  const isTheirs = reader !== 'participant';
  return [
    section(factLines(record)),
    section(stateLines(record)),
    ...buttonRows(record),
    ...(record.parts.length > 1 || reader === 'participant' ? [divider, ...partBlocks(record)] : []),
    ...uncoveredBlocks(record.uncovered, deal.id),
    ...record.sales.flatMap((sale) => saleBlocks(deal, sale)),
    ...(reader === 'team' ? checkBlocks(deal) : []),
    ...(isTheirs ? [divider, ...activityBlocks(record), divider, ...historyBlocks(record)] : []),
  ];
}

function factLines({ deal, partner, reader, labels }: DealRecord): string {
  const { company, domain, note, extra, lines } = deal;
  const site = domain ? [siteLink(domain)] : [];
  const facts = [...site, ...dealFacts({ ...deal, domain: null }).map(escaped)].join(' · ');
  const head = `*${plainTo(company, 200)}*\n${reader === 'participant' ? site.join('') : facts}`;
  if (reader === 'participant') return head;
  const more = [
    ...(reader === 'team' ? [`Registered by *${plainTo(partner.name, 100)}*, ${moment(deal.submittedAt)}`] : []),
    ...Object.entries(extra).map(([field, answer]) => `${escapedTo(labels[field] ?? field, 100)}: ${escapedTo(answer, 200)}`),
    ...lines.map(({ product, quantity, value }) => `• ${escapedTo(product, 100)} × ${quantity}${value ? `, ${moneyWords(value)}` : ''}`),
    ...(note ? [escapedTo(note, 1200)] : []),
  ];
  return [head, ...more].join('\n');
}

function stateLines({ deal, reader, at }: DealRecord): string {
  const { title } = STATE_WORDS[deal.status];
  const until = protectionWords(deal, at) || (deal.closedOn ? day(new Date(deal.closedOn)) : '');
  const due =
    reader === 'team' && deal.dueAt
      ? `\nTo be decided by ${moment(deal.dueAt)}${deal.reviewer ? `, ${person(deal.reviewer)} has it` : ''}`
      : '';
  return `*${title}*${until ? ` · ${until}` : ''}${reader === 'team' ? '' : `\n${nextWords(deal)}`}${due}`;
}

/** How long the account is the partner's, with the days that are left. */
export function protectionWords(deal: Pick<Deal, 'status' | 'protectedUntil'>, at: Date): string {
  const { protectedUntil } = deal;
  if (!protectedUntil || deal.status !== 'approved') return '';
  if (!isProtected(deal, at)) return `protected until ${day(protectedUntil)}`;
  return `protected until ${day(protectedUntil)}, ${daysLeftWords(protectedUntil, at)}`;
}

function buttonRows({ deal, partner, reader, at }: DealRecord): KnownBlock[] {
  if (reader === 'participant') return [];
  const { id, status } = deal;
  const isLive = isAllowed(status, 'withdraw');
  const why = whyNoExtension(deal, at);
  const mayExtend = why === null || (reader === 'team' && why === 'too-early' && deal.activities.length > 0);
  const shared: Button[] = [
    ...(isLive ? [button(ACTIONS.dealLog, 'Log Activity', id, { style: 'primary' })] : []),
    ...(reader === 'partner' && why === null ? [button(ACTIONS.dealExtend, 'Ask for More Time', id)] : []),
    ...(reader === 'team' && mayExtend && deal.status === 'approved' ? [button(ACTIONS.dealGrant, 'Extend', id)] : []),
    ...(isLive && reader === 'partner' ? [withdrawButton(deal)] : []),
  ];
  const ours: Button[] =
    reader === 'team'
      ? [
          ...(isAllowed(status, 'win') ? [button(ACTIONS.dealWin, 'Won…', id), lostButton(deal)] : []),
          ...(isAllowed(status, 'revoke') ? [button(ACTIONS.dealRevoke, 'Take Back…', id)] : []),
          ...(isLive ? [withdrawButton(deal)] : []),
        ]
      : [];
  const isSale = deal.history.some(({ move }) => move === 'approve');
  const touch = isSale ? [button(ACTIONS.touchNote, 'Note a Touch', `deal:${id}`)] : [];
  const money = status === 'won' ? [button(ACTIONS.moneyOpen, 'Record Money', `deal:${id}`)] : [];
  const more: Button[] =
    reader === 'team' ? [button(ACTIONS.dealShare, 'Add Partner', id), ...touch, ...money, openPartnerButton(partner)] : [];
  const rows = [
    actions(`deal-record:${id}:${deal.rev}`, ...shared, ...more),
    actions(`deal-record-team:${id}:${deal.rev}`, ...ours),
  ].filter(({ elements }) => elements.length > 0);
  return ours.length > 1 ? [...rows, context(END_WORDS)] : rows;
}

const END_WORDS =
  '*Won* and *Lost*: the sale is over. *Take Back*: you end the protection, and the partner reads why. *Withdraw*: the partner asked you to take its registration back.';

function lostButton({ id, company }: Deal): Button {
  return button(ACTIONS.dealLose, 'Lost', id, {
    confirm: {
      title: text('Close as lost?'),
      text: text(`${company.slice(0, 150)} is closed as lost, and the partner is told. This cannot be taken back.`, 300),
      confirm: text('Close as Lost', 30),
      deny: text('Leave Open', 30),
    },
  });
}

function partBlocks({ deal, parts, role, reader }: DealRecord): KnownBlock[] {
  const own = reader === 'participant' && role ? [`Your part: *${ROLE_WORDS[role]}*`] : [];
  const all = parts.length > 0 ? parts.map(({ name, role: part }) => `• ${plainTo(name, 100)}: ${ROLE_WORDS[part]}`) : [];
  const remove = ({ id, name }: DealRecord['parts'][number]) =>
    button(ACTIONS.dealUnshare, `Remove ${name}`, JSON.stringify({ dealId: deal.id, partnerId: id }));
  const others = reader === 'team' ? parts.filter(({ id }) => id !== deal.partnerId) : [];
  return [
    section([...own, ...(all.length > 0 ? ['*Partners*', ...all] : [])].join('\n') || '*Partners*'),
    ...others.map((part) => actions(`deal-part:${deal.id}:${part.id}`, remove(part))),
  ];
}

function saleBlocks(deal: Deal, sale: CrmOpportunity): KnownBlock[] {
  const isOpen = deal.status === 'approved' && deal.sales.some(({ id, answer }) => id === sale.id && answer === 'open');
  const words = `:grey_question: The CRM says that ${saleWords(sale)}. Is it this deal?`;
  if (!isOpen) return [context(`In the CRM ${saleWords(sale)}.`)];
  return [section(words), actions(`deal-record-sale:${shorten(sale.id, 200)}`, ...saleButtons(deal, sale))];
}

/** What the check found; its weights are behind *Why?* of the review. */
function checkBlocks({ check }: Deal): KnownBlock[] {
  if (!check) return [context('The conflict check has not run yet.')];
  const against = check.against
    ? ` · met ${check.against.kind} *${plainTo(check.against.name || check.against.domain || check.against.id, 150)}*`
    : '';
  const code = check.code ? CONFLICT_WORDS[check.code] : 'Nothing on record stands against it.';
  return [context(`Check, ${moment(check.at)}: ${code}${against}${check.score ? ` · ${Math.round(check.score)} points` : ''}`)];
}

function activityBlocks({ deal, reader }: DealRecord): KnownBlock[] {
  const seen = deal.activities.filter(({ isTeam }) => reader === 'team' || !isTeam);
  if (seen.length === 0) return [section('*Activities*\nNothing is logged yet.')];
  const shown = seen.slice(-MOST_ACTIVITIES).toReversed();
  const lines = shown.map(
    ({ at, by, byName, words }) => `• ${day(at)}, ${byName ? escapedTo(byName, 60) : person(by)}: ${escapedTo(words, 300)}`,
  );
  return [
    ...chunked('*Activities*', lines),
    ...(seen.length > shown.length ? [context(`The newest ${shown.length} of ${seen.length}.`)] : []),
  ];
}

/** The partner reads of others' parts nothing. */
function historyBlocks({ deal, reader, names }: DealRecord): KnownBlock[] {
  const notes = deal.notes.filter(({ what }) => reader === 'team' || what === 'time-asked');
  const events = [
    ...deal.history.map((event) => ({ at: event.at, words: `*${MOVE_WORDS[event.move]}* ${byWords(event, reader)}${eventWords(event)}` })),
    ...notes.map((note) => ({ at: note.at, words: `*${NOTE_WORDS[note.what]}* ${byWords(note, reader)}${noteWords(note, names)}` })),
  ].sort((one, other) => one.at.getTime() - other.at.getTime());
  const shown = events.slice(-MOST_EVENTS).toReversed();
  return [
    ...chunked(
      '*History*',
      shown.map(({ at, words }) => `• ${moment(at)} · ${words}`),
    ),
    ...(events.length > shown.length ? [context(`The newest ${shown.length} of ${events.length}.`)] : []),
  ];
}

function noteWords({ partnerId, role }: DealNote, names: DealRecord['names']): string {
  if (!partnerId) return '';
  return `: ${plainTo(names.get(partnerId) ?? 'a partner that is gone', 100)}${role ? ` ${ROLE_WORDS[role]}` : ''}`;
}

/** Whom the partner does not know is the team. */
function byWords(event: DealEvent | DealNote, reader: DealReader): string {
  const { by, byName } = event;
  if (byName) return `by ${escapedTo(byName, 60)}`;
  if (by === 'rule' || by === 'system') return 'by itself';
  if (by.startsWith('crm:')) return reader === 'team' ? `by the CRM (${escapedTo(by.slice(4), 60)})` : '';
  if (reader === 'team') return `by ${person(by)}`;
  return 'what' in event || THEIR_MOVES.has(event.move) ? '' : 'by the team';
}

const THEIR_MOVES = new Set<DealEvent['move']>(['submit', 'answer', 'appeal', 'withdraw']);

function eventWords({ code, words, protectedUntil }: DealEvent): string {
  const known = codeWords(code);
  const parts = [...(known ? [known] : []), ...(words ? [escapedTo(words, 300)] : [])];
  const until = protectedUntil ? [`protected until ${day(protectedUntil)}`] : [];
  const said = [...parts, ...until].join(' · ');
  return said ? `: ${said}` : '';
}

function chunked(title: string, lines: readonly string[]): KnownBlock[] {
  const chunks = Array.from({ length: Math.ceil(lines.length / LINES) }, (_, place) => lines.slice(place * LINES, (place + 1) * LINES));
  return chunks.map((chunk, place) => section([...(place === 0 ? [title] : []), ...chunk].join('\n')));
}

export const LOG_TITLE = 'Log activity';

/** One sentence on what was done. `metadata` is the deal's id. */
export function logForm({ id, company }: Pick<Deal, 'id' | 'company'>, isTeam: boolean): Modal {
  const who = isTeam ? 'Your team alone reads it.' : 'The team that runs the programme reads it too.';
  return modal(
    LOG_TITLE,
    [
      section(`*${plainTo(company, 150)}*`),
      textInput('words', 'What was done?', '', {
        max: 500,
        multiline: true,
        placeholder: 'Demo with their head of IT; they want an offer by Friday',
        hint: `One sentence is enough. It shows that somebody is on it, and more time rests on it. ${who}`,
      }),
    ],
    { id: VIEWS.dealLog, submit: 'Log It', metadata: JSON.stringify({ dealId: id }) },
  );
}

export const REVOKE_TITLE = 'Take protection back';

export function revokeForm({ id, company, protectedUntil }: Pick<Deal, 'id' | 'company' | 'protectedUntil'>): Modal {
  return modal(
    REVOKE_TITLE,
    [
      section(
        `*${plainTo(company, 150)}*${protectedUntil ? ` is protected until ${day(protectedUntil)}` : ''}. Taken back, it is free at once.`,
      ),
      textInput('because', 'Why?', '', { max: 500, multiline: true, hint: 'The partner reads this, word for word.' }),
    ],
    { id: VIEWS.dealRevoke, submit: 'Take It Back', metadata: JSON.stringify({ dealId: id }) },
  );
}

export const WON_TITLE = 'Close as won';

/** What it was worth in the end, and when it was won: both are booked. */
export function wonForm({ id, company, value }: Pick<Deal, 'id' | 'company' | 'value'>, at: Date): Modal {
  return modal(
    WON_TITLE,
    [
      section(`*${plainTo(company, 150)}* is closed as won, and the partner is told. This cannot be taken back.`),
      textInput('value', 'What is it worth in the end?', value ? moneyWords(value) : '', {
        ...{ max: 60, optional: true, placeholder: '12,000 EUR' },
        hint: 'With its currency. It is what revenue and commissions are worked out of; empty leaves what was expected.',
      }),
      input('day', 'Won on', { type: 'datepicker', initial_date: at.toISOString().slice(0, 10) }),
    ],
    { id: VIEWS.dealWon, submit: 'Close as Won', metadata: JSON.stringify({ dealId: id }) },
  );
}
