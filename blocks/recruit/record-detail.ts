import type { KnownBlock } from '@slack/types';
import { DECIDABLE } from '../../src/recruit/outreach/draft.ts';
import { countryName } from '../../src/recruit/policy/countries.ts';
import { judgeContact } from '../../src/recruit/policy/judge-contact.ts';
import type { RecordDetail } from '../../src/recruit/records/outreach-record.ts';
import { historyLine } from '../audit-words.ts';
import { actions, button, type Modal, modal } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { context, divider, escapedTo, moment, person, plainTo, section, verbatim } from '../mrkdwn.ts';
import { envelope } from './draft-card.ts';
import { openDraftButton } from './draft-page.ts';
import { recordReason } from './outreach-records.ts';
import { blockWords } from './policy-words.ts';
import { REPLY_WORDS } from './reply-card.ts';

export const RECORD_TITLE = 'Message';
export const BYTES_TITLE = 'Exact bytes';
/** Sections of bytes in one modal; Slack takes 100 blocks and 250 KB. */
const MOST_PARTS = 40;
/** Replies in one section. */
const MOST_REPLIES = 5;

/** One message with everything on record: who approved what, under which rule, what became of it, and its history. */
export function recordModal(detail: RecordDetail): Modal {
  const { draft, history, hasBytes } = detail;
  const buttons = [
    ...(isUndecided(draft) ? [openDraftButton(draft)] : []),
    ...(hasBytes ? [button(ACTIONS.recordsBytes, 'Exact Bytes', draft.id)] : []),
  ];
  return modal(RECORD_TITLE, [
    section(`*${plainTo(draft.companyName, 200)}* · ${kindWords(detail)}\n${recordReason(detail, 1500)}`),
    section(envelope(draft)),
    section(approvalWords(detail)),
    section(policyWords(detail)),
    section(resultWords(detail)),
    ...replyBlocks(detail),
    ...(buttons.length > 0 ? [actions(`record:${draft.id}`, ...buttons)] : []),
    divider,
    ...historyBlocks(history),
  ]);
}

/** Where somebody can still decide: on the draft's page, also when its card is gone. */
function isUndecided({ status, hold }: RecordDetail['draft']): boolean {
  return DECIDABLE.some((open) => open === status) || (status === 'approved' && hold !== null);
}

function kindWords({ draft: { kind, touch, version } }: RecordDetail): string {
  const what = { first: 'first message', 'follow-up': `follow-up, message ${touch} of the thread`, answer: 'answer to their mail' }[kind];
  return `${what} · version ${version}`;
}

function approvalWords({ approval, draft }: RecordDetail): string {
  if (!approval) return '*Approval:* none';
  const { status } = draft;
  const use = status === 'approved' ? `single use, until ${moment(approval.expiresAt)}` : 'used up';
  return `*Approval:* ${person(approval.by)}, ${moment(approval.at)} (${use})\n*Hash of recipient, sender, subject, text and page:* \`${approval.hash}\``;
}

function policyWords({ draft: { policy, contact } }: RecordDetail): string {
  if (policy) {
    const { version, country, rule, legalBasis } = policy;
    return `*Rule it left under:* ${rule}, ${countryName(country)}, policy ${version}\n*Legal basis:* ${escapedTo(legalBasis, 500)}`;
  }
  const verdict = judgeContact(contact);
  if (!verdict.allowed) return `*Rule today:* ${verdict.block.rule}: e-mail is blocked. ${escapedTo(blockWords(verdict.block), 1000)}`;
  const { version, country, rule, legalBasis } = verdict.stamp;
  return `*Rule today:* ${rule}, ${countryName(country)}, policy ${version}\n*Legal basis:* ${escapedTo(legalBasis, 500)}`;
}

function resultWords({ draft: { messageId, response, attempts, hold } }: RecordDetail): string {
  const said = response || hold?.said || '';
  return [
    `*Message-ID:* ${messageId ? escapedTo(messageId, 300) : 'none yet'}`,
    `*The mail server said:* ${said ? escapedTo(said, 500) : 'nothing yet'}`,
    ...(attempts > 0 ? [`*Put off:* ${attempts} times`] : []),
  ].join('\n');
}

/** The newest, each with how it was understood and the sentence that decided it; the mails themselves are in the company's thread. */
function replyBlocks({ replies }: RecordDetail): KnownBlock[] {
  if (replies.length === 0) return [];
  const lines = replies.toReversed().map(({ receivedAt, from, kind, sentence }) => {
    const why = sentence ? `: “${escapedTo(sentence, 200)}”` : '';
    return `• ${moment(receivedAt)}, ${escapedTo(from.address, 120)} · ${REPLY_WORDS[kind]}${why}`;
  });
  const left = lines.length - MOST_REPLIES;
  return [
    section(`*Came back:*\n${lines.slice(0, MOST_REPLIES).join('\n')}${left > 0 ? `\nand ${left} more in the company’s thread` : ''}`),
  ];
}

/** Ten lines in each block, so that none is cut. */
function historyBlocks(history: RecordDetail['history']): KnownBlock[] {
  const lines = history.map(historyLine);
  const parts = Array.from({ length: Math.ceil(lines.length / 10) }, (_, index) => lines.slice(10 * index, 10 * index + 10).join('\n'));
  return [section('*History*'), ...(parts.length > 0 ? parts.map((part) => context(part)) : [context('Nothing is recorded.')])];
}

/** The mail as it was handed to the mail server, byte for byte. */
export function bytesModal(bytes: string, draftId: string): Modal {
  const parts = verbatim(bytes);
  const rest = parts.length - MOST_PARTS;
  const cut = `This mail is too long for Slack: ${rest} more parts are not shown. The command line has it whole: \`npm run -s cli -- outreach --bytes ${draftId}\`.`;
  return modal(BYTES_TITLE, [...(rest > 0 ? [section(cut)] : []), ...parts.slice(0, MOST_PARTS)]);
}
