import { z } from 'zod';
import type { ContactRole, Partner, PartnerStatus } from '../../src/onboard/partners/partner.ts';
import type { AuditEntry } from '../../src/programme/audit/audit.ts';
import { escapedTo, moment, person, plainTo } from '../mrkdwn.ts';
import { TYPE_WORDS } from '../words.ts';

export const STATUS_WORDS: Record<PartnerStatus, string> = {
  invited: 'Invited',
  onboarding: 'Onboarding',
  active: 'Active',
  quiet: 'Quiet',
  ended: 'Ended',
};

export const STATUS_EMOJI: Record<PartnerStatus, string> = {
  invited: ':envelope_with_arrow:',
  onboarding: ':seedling:',
  active: ':large_green_circle:',
  quiet: ':zzz:',
  ended: ':black_circle:',
};

export const ROLE_WORDS: Record<ContactRole, string> = {
  sales: 'Sales',
  marketing: 'Marketing',
  technical: 'Technical',
  leadership: 'Leadership',
  finance: 'Finance',
  other: 'Other',
};

/** Several types in one line, not escaped. */
export function typeWords({ types }: Pick<Partner, 'types'>): string {
  return types.map((type) => TYPE_WORDS[type]).join(', ');
}

const After = z.object({ name: z.string(), because: z.string(), code: z.string() }).partial().catch({});
const Mailed = z.object({ status: z.string(), reason: z.string() }).partial().catch({});
const Moved = z.enum(['invited', 'onboarding', 'active', 'quiet', 'ended']).nullable().catch(null);

/** `WHO` stands for the person. */
const SENTENCES: Readonly<Record<string, (entry: AuditEntry) => string>> = {
  'partner.add': () => 'Made a partner by WHO',
  'partner.edit': () => 'Changed by WHO',
  'partner.person-add': ({ after }) => `${named(after)} added by WHO`,
  'partner.person-edit': ({ after }) => `${named(after)} changed by WHO`,
  'partner.person-left': ({ after }) => `${named(after)} marked as left by WHO`,
  'partner.note': () => 'Note by WHO',
  'partner.move': ({ after }) => `${statusWord(after)}, noted by WHO`,
  'partner.end': ({ after }) => `Ended by WHO: ${escapedTo(After.parse(after).because ?? '', 120)}`,
  'partner.take-back': () => 'Taken back by WHO',
  'partner.bind': () => 'Their Slack channel and workspace connected',
  'partner.unbind': () => 'Their Slack channel is theirs no more',
  'invitation.send': () => 'Invitation to a channel asked for by WHO',
  'invitation.sent': () => 'Invitation to a channel sent',
  'invitation.failed': () => 'Invitation to a channel refused by Slack',
  'invitation.accepted': () => 'Invitation to a channel accepted',
  'invitation.approval-needed': () => 'Invitation to a channel accepted; an admin is asked',
  'invitation.approved': () => 'Shared channel approved by an admin',
  'invitation.declined': () => 'Invitation to a channel declined',
  'invitation.connected': () => 'Shared channel connected',
  'invitation.disconnected': () => 'Shared channel disconnected',
  'invitation.expired': () => 'Invitation to a channel expired',
  'invitation.withdrawn': () => 'Invitation to a channel withdrawn by WHO',
  'invitation.note': () => 'The team was told why their Slack is not bound yet, or is now',
  'question.ask': () => 'Question asked by WHO',
  'partner-mail.settle': ({ after }) => mailedWords(Mailed.parse(after)),
  'page.enter': () => 'Partner page opened by one of theirs',
  'payment.give': () => 'Payment details entered by WHO',
  'payment.confirm': () => 'Payment details confirmed by WHO',
  'payment.turn-down': () => 'Payment details turned down by WHO',
  'link.make': ({ after }) => `Link ${codeOf(after)} made by WHO`,
  'link.end': ({ after }) => `Link ${codeOf(after)} ended by WHO`,
  'qbr.goal': () => 'Goal of a quarter set by WHO',
  'qbr.share': () => 'QBR pack shared in their channel by WHO',
  'partner.merge': ({ before }) => `${named(before)} merged into this record by WHO`,
};

/** What somebody was refused, by the first word of the action. */
const ATTEMPTS: Readonly<Record<string, string>> = {
  agreement: 'the agreements',
  certificate: 'a certificate',
  checklist: 'the checklist',
  deal: 'a deal',
  earnings: 'the earnings',
  invitation: 'the invitation to a channel',
  link: 'a link',
  links: 'the links',
  page: 'the partner page',
  'page-link': 'the link to the partner page',
  papers: 'the agreements and certificates',
  partner: 'this record',
  payment: 'the payment details',
  qbr: 'the QBR pack',
  question: 'a question',
};

/** One entry of a partner's history as a line: when, what, who; mrkdwn. */
export function partnerHistoryLine(entry: AuditEntry): string {
  const { at, by, action } = entry;
  const [noun = ''] = action.split('.');
  const words = action.endsWith('-refused')
    ? `WHO asked for ${ATTEMPTS[noun] ?? 'something'} and was refused`
    : (SENTENCES[action]?.(entry) ?? 'Changed by WHO');
  return `${moment(at)} · ${words.replace('WHO', person(by))}`;
}

function mailedWords({ status, reason }: z.infer<typeof Mailed>): string {
  if (status === 'sent') return 'A mail to them was sent';
  if (status === 'unknown') return 'Nobody can tell whether a mail to them left';
  return `A mail to them did not leave${reason ? `: ${escapedTo(reason, 120)}` : ''}`;
}

function codeOf(value: unknown): string {
  return escapedTo(After.parse(value).code ?? '', 60);
}

function named(value: unknown): string {
  return plainTo(After.parse(value).name || 'Somebody', 100);
}

function statusWord(value: unknown): string {
  const status = Moved.parse(value);
  return status ? STATUS_WORDS[status] : 'Moved on';
}
