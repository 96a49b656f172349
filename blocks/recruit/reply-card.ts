import type { Button, ConfirmationDialog, KnownBlock } from '@slack/types';
import { type CompanyDecision, isOptOut } from '../../src/programme/companies/company.ts';
import { pointedTo, type Reply, type ReplyKind } from '../../src/recruit/replies/reply.ts';
import { decisionWords } from '../discover/company-card.ts';
import { actions, button, text } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { LABELS } from '../labels.ts';
import { context, divider, jsonLength, MOST_JSON, moment, person, plain, plainTo, section, shorten, verbatim } from '../mrkdwn.ts';
import { collapsed } from '../panels.ts';

export const REPLY_WORDS: Record<ReplyKind, string> = {
  interested: 'interested',
  later: 'not now, perhaps later',
  no: 'a no',
  'wrong-person': 'somebody else decides',
  'out-of-office': 'out of office',
  bounce: 'it did not arrive',
  'opt-out': 'they want no more mail',
  complaint: 'a complaint of spam',
  receipt: 'it arrived',
  other: 'not clear',
};

/** Characters of the new and of the quoted part on the card; *Show Whole Mail* has the rest. Letters that Slack wants escaped count several
 *  times, so a card that is too long is tried with the next. */
const ROOM = [
  { ofNew: 6000, ofQuoted: 3000 },
  { ofNew: 3000, ofQuoted: 1000 },
  { ofNew: 1200, ofQuoted: 300 },
] as const;
type Room = { ofNew: number; ofQuoted: number };
const LEAST: Room = { ofNew: 300, ofQuoted: 0 };

/** How things stand around a reply at a moment. `silenced`: the person gets nothing from us any more. */
export type ReplyState = { decision: CompanyDecision | null; silenced: boolean; at: Date };

/** In mrkdwn, as every message text is. */
export function replyTitle({ from, companyName, kind }: Reply): string {
  return `Reply from ${plain(shorten(from.name || from.address, 100))} at ${plain(companyName)}: ${REPLY_WORDS[kind]}`;
}

/** Who wrote what and when, how it was understood by which sentence, what followed, and the next steps. `people`: whose message it
 *  answers. */
export function replyCard(reply: Reply, state: ReplyState, people: readonly string[] = []): KnownBlock[] {
  const mentions = people.length > 0 ? [context(`For ${people.map(person).join(' and ')}`)] : [];
  const cardOf = (one: Room) => [...cardWithin(reply, state, one), ...mentions];
  const room = ROOM.find((one) => jsonLength(cardOf(one)) <= MOST_JSON);
  return cardOf(room ?? LEAST);
}

function cardWithin(reply: Reply, state: ReplyState, { ofNew, ofQuoted }: Room): KnownBlock[] {
  return [
    section(`:incoming_envelope: *${replyTitle(reply)}*`),
    context(`From ${plainTo(senderWords(reply), 400)} · ${moment(reply.receivedAt)}`, `Subject: ${plainTo(reply.subject || 'none', 400)}`),
    ...newPart(reply, ofNew),
    ...quotedPart(reply, ofQuoted),
    divider,
    section(`*Understood as:* ${REPLY_WORDS[reply.kind]}${byWhom(reply)}\n${whatFollowed(reply)}`),
    ...notes(reply, state),
    ...buttons(reply, state, reply.text.length > ofNew || reply.quoted.length > ofQuoted),
  ];
}

export function senderWords({ from }: Pick<Reply, 'from'>): string {
  return from.name ? `${from.name} <${from.address}>` : from.address;
}

function dayInWords(day: Date): string {
  return day.toLocaleDateString('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });
}

function newPart({ text }: Reply, most: number): KnownBlock[] {
  if (!text.trim()) return [context('There is nothing new in it, only what it quotes.')];
  const shown = verbatim(wholeTo(text, most));
  const rest = text.length - most;
  return rest > 0
    ? [...shown, context(`:scissors: ${rest.toLocaleString('en-GB')} more characters: press *${LABELS.showWholeMail}*.`)]
    : shown;
}

function quotedPart({ quoted }: Reply, most: number): KnownBlock[] {
  if (!quoted.trim()) return [];
  if (most === 0) return [context(`:scissors: What they quote: press *${LABELS.showWholeMail}*.`)];
  const rest = quoted.length - most;
  const more = rest > 0 ? [context(`:scissors: ${rest.toLocaleString('en-GB')} more characters: press *${LABELS.showWholeMail}*.`)] : [];
  return [collapsed('What they quote', [...verbatim(wholeTo(quoted, most)), ...more])];
}

/** Up to `max`, never half a character. */
function wholeTo(text: string, max: number): string {
  return text.slice(0, max).replace(/[\ud800-\udbff]$/, '');
}

function byWhom({ correctedBy, sentence }: Reply): string {
  if (correctedBy) return `, says ${person(correctedBy)}`;
  return sentence ? `, by: “${plainTo(sentence, 600)}”` : '';
}

function whatFollowed(reply: Reply): string {
  const { kind, laterUntil, bounce, correctedBy, isAutomatic } = reply;
  const to = pointedTo(reply);
  switch (kind) {
    case 'interested':
      return 'Nothing more is planned: answer them.';
    case 'later':
      return laterUntil
        ? `They name ${dayInWords(laterUntil)}. Nothing more is planned.`
        : 'I could read no day in it. Nothing more is planned.';
    case 'no':
      return 'Nothing more is planned.';
    case 'wrong-person':
      return to
        ? `They point to ${plain(shorten([to.name, to.email].filter(Boolean).join(', '), 200))}.`
        : 'I could read no name in it. Nothing more is planned.';
    case 'out-of-office':
      return laterUntil
        ? `Nothing is planned before ${dayInWords(laterUntil)}. Then follow-ups go on, if nobody has answered and the thread has not ended.`
        : 'I could read no day in it. Follow-ups go on as planned, if nobody has answered and the thread has not ended.';
    case 'bounce':
      return bounce?.hard || correctedBy
        ? 'There is no such mailbox, so this address gets nothing more. Name another person.'
        : bounce?.action === 'delayed'
          ? 'It has not arrived yet, and their mail server is still tried; nothing was changed. Look again tomorrow, or name another person.'
          : 'The mail server reports trouble; nothing was changed. Look again tomorrow, or name another person.';
    case 'opt-out':
      return 'They get nothing more from us, by any path. Nothing is left to do.';
    case 'complaint':
      return 'They told their mail provider that our mail is spam. This address gets nothing more from us, by any path. Many complaints keep all our mail from arriving: look at what we wrote to them, and why.';
    case 'receipt':
      return bounce?.action === 'displayed'
        ? 'Our message was opened, says their mail program. That is no answer: the thread goes on.'
        : 'Our message arrived, says their mail server. That is no answer: the thread goes on.';
    case 'other':
      return isAutomatic && !correctedBy ? 'A program sent this; the thread goes on.' : 'Nothing more is planned: read it and decide.';
  }
}

/** Always sent by a machine: that goes without saying. */
const FROM_MACHINES = new Set<ReplyKind>(['bounce', 'complaint', 'receipt']);
/** What followed says that they get nothing more. */
const SAYS_SILENCE = new Set<ReplyKind>(['opt-out', 'bounce', 'complaint']);

function notes({ matchedBy, attachments, isAutomatic, isCut, kind }: Reply, { decision, silenced }: ReplyState): KnownBlock[] {
  const lines = [
    ...(matchedBy === 'address' ? [':mag: It names none of our messages: only the address says that it belongs here.'] : []),
    ...(isAutomatic && !FROM_MACHINES.has(kind) ? [':robot_face: Sent by a program, say its headers.'] : []),
    ...(attachments > 0 ? [`:paperclip: ${attachments} attached, left in the sender’s mailbox.`] : []),
    ...(isCut ? [':scissors: Not all of it could be kept. The whole is in the sender’s mailbox.'] : []),
    ...(silenced && !SAYS_SILENCE.has(kind) ? [':mute: This person gets nothing from us any more.'] : []),
    ...(decision && decision.kind !== 'pursued' ? [decisionWords(decision)] : []),
  ];
  return lines.map((line) => context(line));
}

type Step = 'answer' | 'partner' | 'later' | 'other-person' | 'not-fit' | 'silence';

/** The next steps of each kind, the likeliest first. */
const STEPS: Record<ReplyKind, Step[]> = {
  interested: ['answer', 'partner', 'later'],
  later: ['later', 'answer', 'silence'],
  no: ['not-fit', 'answer', 'silence'],
  'wrong-person': ['other-person', 'answer', 'silence'],
  'out-of-office': ['other-person'],
  bounce: ['other-person', 'silence'],
  'opt-out': [],
  complaint: ['other-person', 'silence'],
  receipt: [],
  other: ['answer', 'partner', 'later', 'silence'],
};

/** Whom they name is offered whatever else they say. */
function stepsOf(reply: Reply): Step[] {
  const steps = STEPS[reply.kind];
  if (steps.length === 0 || steps.includes('other-person') || !pointedTo(reply)) return steps;
  return [...steps.slice(0, 1), 'other-person', ...steps.slice(1)];
}

function buttons(reply: Reply, state: ReplyState, isShortened: boolean): KnownBlock[] {
  const row = `reply:${reply.id}:${reply.kind}:${reply.updatedAt.getTime()}`;
  const steps = stepsOf(reply).flatMap((step) => stepButtons(step, reply, state));
  const others = [
    button(ACTIONS.replyCorrect, 'It Is Something Else', reply.id),
    ...(isShortened ? [button(ACTIONS.replyShow, LABELS.showWholeMail, `${reply.id}|0`)] : []),
  ];
  const [first, ...rest] = steps;
  const marked = first && first.action_id !== ACTIONS.companyReject ? [{ ...first, style: 'primary' as const }, ...rest] : steps;
  return [...(steps.length > 0 ? [actions(row, ...marked)] : []), actions(`${row}:more`, ...others)];
}

function stepButtons(step: Step, reply: Reply, { decision, silenced, at }: ReplyState): Button[] {
  const { id, companyId, laterUntil: named } = reply;
  const to = pointedTo(reply);
  const laterUntil = named && named > at ? named : null;
  const isPartner = decision?.kind === 'partner';
  const isPutOff = decision?.kind === 'later' && decision.until > at && (!laterUntil || decision.until.getTime() === laterUntil.getTime());
  switch (step) {
    case 'answer':
      return silenced || isPartner ? [] : [button(ACTIONS.replyAnswer, 'Draft Answer', id)];
    case 'partner':
      return isPartner
        ? [button(ACTIONS.companyPartner, LABELS.openPartner, companyId)]
        : [button(ACTIONS.replyPartner, LABELS.makePartner, id)];
    case 'later':
      return isPartner || isPutOff ? [] : [button(ACTIONS.replyLater, laterUntil ? `Later, Until ${dayInWords(laterUntil)}` : 'Later', id)];
    case 'other-person':
      return isPartner
        ? []
        : [button(ACTIONS.companyDraft, to?.name ? `Write to ${shorten(to.name, 40)}` : 'Write to Another Person', companyId)];
    case 'not-fit':
      return isPartner ? [] : [button(ACTIONS.companyReject, 'Not a Fit', companyId)];
    case 'silence':
      return [
        ...(silenced ? [] : [button(ACTIONS.replySilencePerson, 'Silence This Person', id, { confirm: SILENCE_PERSON })]),
        ...(isOptOut(decision) ? [] : [button(ACTIONS.replySilenceCompany, 'Silence the Company', id, { confirm: SILENCE_COMPANY })]),
      ];
  }
}

const SILENCE_PERSON: ConfirmationDialog = {
  title: text('Silence this person?'),
  text: text('They get nothing from us any more, by any path. Only an admin can take it back.', 300),
  confirm: text('Silence', 30),
  deny: text('Leave It', 30),
};

const SILENCE_COMPANY: ConfirmationDialog = {
  title: text('Silence the company?'),
  text: text('Nobody there gets anything from us any more, and it leaves every list. Only an admin can take it back.', 300),
  confirm: text('Silence', 30),
  deny: text('Leave It', 30),
};
