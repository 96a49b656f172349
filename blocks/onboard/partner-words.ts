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

const After = z.object({ name: z.string(), because: z.string() }).partial().catch({});
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
  'partner.merge': ({ before }) => `${named(before)} merged into this record by WHO`,
};

/** One entry of a partner's history as a line: when, what, who; mrkdwn. */
export function partnerHistoryLine(entry: AuditEntry): string {
  const { at, by, action } = entry;
  const words = action.endsWith('-refused')
    ? `WHO tried ${escapedTo(action.replace(/^partner\.|-refused$/g, ''), 60)} and was refused`
    : (SENTENCES[action]?.(entry) ?? `${escapedTo(action, 60)} by WHO`);
  return `${moment(at)} · ${words.replace('WHO', person(by))}`;
}

function named(value: unknown): string {
  return plainTo(After.parse(value).name || 'Somebody', 100);
}

function statusWord(value: unknown): string {
  const status = Moved.parse(value);
  return status ? STATUS_WORDS[status] : 'Moved on';
}
