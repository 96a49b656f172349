import type { Button, KnownBlock } from '@slack/types';
import { type Deal, MOST_TURNED_AWAY, TURNED_AWAY_DAYS } from '../../src/manage/deals/deal.ts';
import { speedWords } from '../../src/manage/deals/deal-words.ts';
import type { DecisionTimes } from '../../src/manage/deals/decision-times.ts';
import type { MetRecord, Review } from '../../src/manage/deals/read-review.ts';
import { moneyWords } from '../../src/platform/money.ts';
import type { Actor } from '../../src/programme/workspaces/role.ts';
import { actions, button, type Modal, modal, text } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { context, divider, escaped, escapedTo, moment, person, plainTo, section, shorten, shortenMrkdwn, siteLink } from '../mrkdwn.ts';
import { openPartnerButton } from '../onboard/partner-card.ts';
import { pressable } from '../pressable.ts';
import { count } from '../words.ts';
import { dealLines } from './deal-card.ts';
import { eventWords, FOUND_WORDS, RECORD_WORDS, REVIEW_STATES, WEIGHT_WORDS } from './review-words.ts';

export const REVIEW_TITLE = 'Review';
export const REVIEW_NOTICE = 'A partner registered a deal';
export const WHY_TITLE = 'Why';

/** Steps of the history that a card has room for: the last ones. */
const MOST_EVENTS = 8;

/** To the team alone: what a partner registered, until when it is to be decided, what the check found, and what was said so far. Once it is decided it
 *  says by whom. */
export function reviewCard(review: Review): { text: string; blocks: KnownBlock[] } {
  const { deal, partner } = review;
  return {
    text: `${escapedTo(partner.name, 200)} registered a deal: ${escapedTo(deal.company, 200)}`,
    blocks: [
      section(`*${plainTo(partner.name, 200)}* registered a deal\n${stateWords(review)}`),
      section(shortenMrkdwn(factLines(review), 2900)),
      checkBlock(review),
      ...turnedAwayNote(review),
      ...historyBlocks(deal),
      ...endedNote(review),
      actions(`review:${deal.id}:${deal.rev}`, ...decisionButtons(review), ...lookButtons(review), openPartnerButton(partner)),
    ],
  };
}

/** The same where a list or a reminder leads to it. */
export function reviewModal(review: Review, actor: Actor, times: DecisionTimes, outcome = ''): Modal {
  const blocks = pressable(reviewCard(review).blocks, actor);
  return modal(REVIEW_TITLE, [...(outcome ? [section(outcome), divider] : []), ...blocks, context(escaped(speedWords(times)))]);
}

function stateWords({ deal, at }: Review): string {
  const { status, reviewer, dueAt } = deal;
  const who = reviewer && status !== 'submitted' ? ` · ${person(reviewer)}` : '';
  const due = dueAt ? (dueAt < at ? ` · :warning: overdue since ${moment(dueAt)}` : ` · decide by ${moment(dueAt)}`) : '';
  return `${REVIEW_STATES[status]}${who}${due}`;
}

function factLines({ deal, labels }: Review): string {
  const more = Object.entries(deal.extra).map(([id, answer]) => `${escapedTo(labels[id] ?? id, 100)}: ${escapedTo(answer, 200)}`);
  const { submittedAt, by, byName } = deal;
  const who = byName ? escapedTo(byName, 100) : person(by);
  return [dealLines(deal), ...more, `_Submitted ${moment(submittedAt)} by ${who}_`].join('\n');
}

function checkBlock({ deal, met }: Review): KnownBlock {
  const { check } = deal;
  if (!check) return section('*Conflict check:* it has not run yet.');
  if (check.code === null) return section('*Conflict check:* :white_check_mark: nothing on record is like it.');
  const block = section(`*Conflict check:* :warning: ${FOUND_WORDS[check.code]}.${met ? `\n${metWords(met)}` : ''}`);
  return check.weights.length > 0 ? { ...block, accessory: button(ACTIONS.dealWhy, 'Why?', deal.id) } : block;
}

/** From half of what stops them on. */
function turnedAwayNote({ turnedAway }: Review): KnownBlock[] {
  if (turnedAway < MOST_TURNED_AWAY / 2) return [];
  return [
    context(
      `:warning: ${turnedAway} registrations of theirs were turned away in the last ${TURNED_AWAY_DAYS} days. At ${MOST_TURNED_AWAY} they are asked to speak with you first.`,
    ),
  ];
}

function metWords({ kind, name, domain, partner, owner, state, crm }: MetRecord): string {
  const parts = [
    `*${plainTo(name, 200)}*`,
    ...(domain ? [siteLink(domain)] : []),
    RECORD_WORDS[kind],
    ...(partner ? [`of ${escapedTo(partner, 100)}`] : []),
    ...(state ? [REVIEW_STATES[state].toLowerCase()] : []),
    ...(crm
      ? [escapedTo(crm.id, 60), ...(crm.stage ? [escapedTo(crm.stage, 60)] : []), ...(crm.value ? [moneyWords(crm.value)] : [])]
      : []),
    ...(owner ? [person(owner)] : crm?.owner ? [escapedTo(crm.owner, 100)] : []),
  ];
  return `On record: ${parts.join(' · ')}`;
}

/** What has happened since it was registered. */
function historyBlocks({ history }: Deal): KnownBlock[] {
  const events = history.filter(({ move }) => move !== 'submit');
  if (events.length === 0) return [];
  const earlier = events.length > MOST_EVENTS ? [`_${events.length - MOST_EVENTS} earlier steps are left out._`] : [];
  return [section([...earlier, ...events.slice(-MOST_EVENTS).map((event) => `• ${eventWords(event)}`)].join('\n'))];
}

function endedNote(review: Review): KnownBlock[] {
  const { partner } = review;
  const isOpen = decisionButtons(review).length > 0;
  return partner.status === 'ended' && isOpen ? [context('The partnership has ended: it can be rejected, and not approved any more.')] : [];
}

/** Once it is decided, the deal itself is where one goes on. */
function lookButtons(review: Review): Button[] {
  return decisionButtons(review).length === 0 ? [button(ACTIONS.dealShow, 'Open Deal', review.deal.id)] : [];
}

/** Only what the state allows; the server asks again at each click. */
function decisionButtons(review: Review): Button[] {
  const { id, status, reviewer } = review.deal;
  const isOurs = status === 'submitted' || status === 'in-review';
  if (!isOurs && status !== 'needs-info') return [];
  return [
    button(ACTIONS.dealApprove, 'Approve', id, { style: 'primary', confirm: sure(review) }),
    button(ACTIONS.dealReject, 'Reject…', id),
    ...(isOurs ? [button(ACTIONS.dealAsk, 'Ask…', id)] : []),
    ...(isOurs && !reviewer ? [button(ACTIONS.dealTake, 'Take', id)] : []),
  ];
}

function sure({ deal: { company, check }, partner, days }: Review) {
  const found = check?.code ? `${FOUND_WORDS[check.code]}. ` : '';
  const whose = `${shorten(partner.name, 60)} gets ${shorten(company, 80)} for itself`;
  return {
    title: text(found ? 'Approve all the same?' : 'Approve it?', 100),
    text: text(`${found}${whose} for ${count(days, 'day')}.`, 300),
    confirm: text('Approve', 30),
    deny: text('Go Back', 30),
  };
}

/** *Why?*: what speaks for one account and against it, with its points, as it was when the check ran. Two columns; a modal takes no table of Slack's. */
export function whyModal({ deal, met }: Review): Modal {
  const { check } = deal;
  if (!check) return modal(WHY_TITLE, [section('The check has not run yet.')]);
  const rows = check.weights.slice(0, 20);
  const found = check.code ? `${FOUND_WORDS[check.code]}.` : 'Nothing on record is like it.';
  return modal(WHY_TITLE, [
    section(`${found}${met ? `\n${metWords(met)}` : ''}`),
    section(`*${check.score} points* · from 50 on it is the same account, from 20 on a person compares`),
    divider,
    ...rows.map(({ code, points, ours, theirs, asks }) => ({
      type: 'section' as const,
      fields: [
        fieldOf(`*${WEIGHT_WORDS[code]}*\n${points > 0 ? '+' : ''}${points} points${asks ? ' · a person decides' : ''}`),
        fieldOf(`Said: ${escapedTo(ours || '–', 300)}\nOn record: ${escapedTo(theirs || '–', 300)}`),
      ],
    })),
    context(`Checked ${moment(check.at)} by edition ${check.rules} of the rules. The partner sees none of this.`),
  ]);
}

function fieldOf(words: string) {
  return { type: 'mrkdwn' as const, text: words, verbatim: true };
}

/** Opens the review from a list. */
export function reviewButton({ id, company }: Pick<Deal, 'id' | 'company'>): Button {
  return button(ACTIONS.dealReview, 'Review', id, { accessibility_label: shortenMrkdwn(`Review ${company}`, 75) });
}

/** To the owner and the deal channel, once, when most of the time is over. */
export function escalation({ deal, partner, at }: Review): { text: string; blocks: KnownBlock[] } {
  const due = deal.dueAt ? (deal.dueAt < at ? `was due ${moment(deal.dueAt)}` : `is due ${moment(deal.dueAt)}`) : 'is due';
  const words = `:hourglass_flowing_sand: *${plainTo(deal.company, 200)}* of *${plainTo(partner.name, 200)}* ${due}, and nobody has decided. ${deal.reviewer ? `${person(deal.reviewer)} has it.` : 'Nobody has taken it.'}`;
  return { text: words, blocks: [{ ...section(words), accessory: reviewButton(deal) }] };
}
