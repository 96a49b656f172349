import type { Button, KnownBlock } from '@slack/types';
import type { AnyWaiting, WholeInbox } from '../../src/manage/deals/all-waiting.ts';
import type { Waiting } from '../../src/recruit/pipeline/waiting.ts';
import { judgeContact } from '../../src/recruit/policy/judge-contact.ts';
import { actions, button } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { LABELS } from '../labels.ts';
import { reviewButton } from '../manage/review-card.ts';
import { context, escaped, moment, person, section, shorten } from '../mrkdwn.ts';
import { paymentReviewButton } from '../onboard/payment-card.ts';
import { HOW_WORDS } from '../stage-words.ts';
import { count } from '../words.ts';
import { draftLink, openDraftButton } from './draft-page.ts';
import { readReplyButton } from './pipeline.ts';

export const INBOX_PAGE = 10;

/** `links` lead to the cards, by the names of the posts: `draft:<id>`, `reply:<id>`, `company:<id>`. */
export type InboxPage = WholeInbox & { links: Map<string, string | null>; from: number; mine: boolean };

/** `3 drafts, 1 reply, 2 deals (1 overdue)`, or nothing. */
export function waitingCount({ drafts, replies, deals = 0, overdue = 0, payments = 0 }: Omit<WholeInbox, 'items'>): string {
  const late = overdue > 0 ? ` (${overdue.toLocaleString('en-GB')} overdue)` : '';
  const parts = [
    ...(drafts > 0 ? [count(drafts, 'draft')] : []),
    ...(replies > 0 ? [count(replies, 'reply', 'replies')] : []),
    ...(deals > 0 ? [`${count(deals, 'deal')}${late}`] : []),
    ...(payments > 0 ? [`payment details of ${count(payments, 'partner')} to confirm`] : []),
  ];
  return parts.length > 0 ? parts.join(', ') : 'nothing';
}

/** What waits for a person, a page at a time, what is due first on top. At most 12 blocks. */
export function inboxPage({ items, drafts, replies, deals = 0, overdue = 0, payments = 0, links, from, mine }: InboxPage): KnownBlock[] {
  const total = drafts + replies + deals + payments;
  const turnTo = (start: number, own = mine) => JSON.stringify({ from: start, mine: own });
  const other = mine ? button(ACTIONS.inboxAll, 'Everybody’s', turnTo(0, false)) : button(ACTIONS.inboxMine, 'Only Mine', turnTo(0, true));
  if (total === 0)
    return mine
      ? [section('*Inbox* · nothing waits for you.'), actions('inbox:mine', other)]
      : [
          section(
            `*Inbox* · nothing waits for anybody. Drafts to approve, replies and deals to review, and payment details to confirm come here. To begin, open a company and press *${LABELS.draftOutreach}*.`,
          ),
          actions('inbox:empty', button(ACTIONS.commandRun, 'Show Candidates', 'list', { style: 'primary' })),
        ];
  const shown =
    items.length > 0 ? `${from + 1}–${from + items.length} of ${total.toLocaleString('en-GB')}, what is due first on top` : 'no more';
  const turn = [
    ...(from > 0 ? [button(ACTIONS.inboxBack, 'Previous', turnTo(Math.max(0, from - INBOX_PAGE)))] : []),
    ...(from + items.length < total && items.length > 0 ? [button(ACTIONS.inboxNext, 'Next', turnTo(from + INBOX_PAGE))] : []),
  ];
  const whose = mine ? 'Waiting for you' : 'Waiting for a person';
  return [
    section(`*Inbox* · ${whose}: ${waitingCount({ drafts, replies, deals, payments, overdue: mine ? 0 : overdue })} · ${shown}`),
    ...items.map((item) => waitingRow(item, links)),
    actions(`inbox:${from}:${mine}`, ...turn, other, button(ACTIONS.inboxRefresh, 'Refresh', turnTo(from))),
  ];
}

/** In lists of other things: how much waits, the oldest of it, and the way to the rest. */
export function waitingBlocks(inbox: WholeInbox, links: InboxPage['links']): KnownBlock[] {
  const total = inbox.drafts + inbox.replies + (inbox.deals ?? 0) + (inbox.payments ?? 0);
  const rest = total - inbox.items.length;
  return [
    section(`*Waiting for a person:* ${waitingCount(inbox)}`),
    ...inbox.items.map((item) => waitingRow(item, links)),
    ...(rest > 0 ? [context(`and ${rest.toLocaleString('en-GB')} more: \`/partners inbox\` shows all`)] : []),
  ];
}

/** Who, what, since when and whose; the button decides it also where the card behind the link is gone. */
function waitingRow(item: AnyWaiting, links: InboxPage['links']): KnownBlock {
  if (item.kind === 'deal') return dealRow(item, links);
  if (item.kind === 'payment') return paymentRow(item, links);
  if (item.kind === 'draft') {
    const { draft } = item;
    const { startedBy, companyName } = draft;
    const name = draftLink(shorten(companyName, 100), links.get(`draft:${draft.id}`) ?? null);
    return row(`${name} · ${draftWords(draft)}`, item.since, startedBy, openDraftButton(draft));
  }
  const { company, stage } = item;
  const link = links.get(stage.post) ?? links.get(`company:${company.id}`) ?? null;
  const name = `Reply from ${escaped(shorten(company.name, 100))}`;
  const shown = link ? `<${link}|${name.replaceAll('|', '¦')}>` : name;
  return row(`${shown} · ${HOW_WORDS[stage.how] ?? HOW_WORDS.other}`, item.since, stage.by, replyButton(company, stage));
}

function dealRow({ deal, partnerName, since }: Extract<AnyWaiting, { kind: 'deal' }>, links: InboxPage['links']): KnownBlock {
  const link = links.get(`deal:${deal.id}`);
  const name = `Deal ${escaped(shorten(deal.company, 100))}`;
  const shown = link ? `<${link}|${name.replaceAll('|', '¦')}>` : name;
  const whose = deal.reviewer ? ` · ${person(deal.reviewer)}` : '';
  const words = `• ${shown} of ${escaped(shorten(partnerName, 100))} · ${deal.appealedAt && deal.status === 'in-review' ? '*Appeal* to review' : 'to review'}\n${deal.dueAt ? 'due' : 'since'} ${moment(since)}${whose}`;
  return { ...section(words), accessory: reviewButton(deal) };
}

function paymentRow(item: Extract<AnyWaiting, { kind: 'payment' }>, links: InboxPage['links']): KnownBlock {
  const link = links.get(`payment:${item.entryId}`);
  const name = `Payment details of ${escaped(shorten(item.partnerName, 100))}`;
  const shown = link ? `<${link}|${name.replaceAll('|', '¦')}>` : name;
  return row(`${shown} · a second person confirms them`, item.since, '', paymentReviewButton(item, 'Review'));
}

function row(words: string, since: Date, by: string, accessory: Button): KnownBlock {
  const whose = by && by !== 'system' ? ` · ${person(by)}` : '';
  return { ...section(`• ${words}\nsince ${moment(since)}${whose}`), accessory };
}

function draftWords(draft: Extract<Waiting, { kind: 'draft' }>['draft']): string {
  if (draft.status === 'unknown') return 'nobody can tell whether it left: look into the mailbox';
  if (draft.status === 'failed') return 'it did not leave';
  const verdict = judgeContact(draft.contact);
  if (verdict.allowed) return 'to approve';
  return verdict.block.missing === 'country' ? 'the contact’s country is missing' : 'blocked: something about the contact is missing';
}

/** The mail, or where there is nobody to answer, the form for another person. */
function replyButton({ id, name }: { id: string; name: string }, { how, post }: { how: string; post: string }): Button {
  const [kind, replyId = ''] = post.split(':');
  const needsOther = how === 'bounce' || how === 'wrong-person' || kind !== 'reply';
  if (!needsOther) return readReplyButton(replyId, name);
  return button(ACTIONS.companyDraft, 'Name Another Person', id, {
    accessibility_label: shorten(`Name another person at ${name}`, 75),
  });
}
