import type { Company } from '../../programme/companies/company.ts';
import { type NewStage, stageOfDecision } from '../../programme/companies/company-stage-repository.ts';
import type { Suppression } from '../../programme/suppression/suppression.ts';
import type { Draft, DraftStatus } from '../outreach/draft.ts';
import type { Thread } from '../outreach/thread.ts';
import { judgeContact } from '../policy/judge-contact.ts';
import type { Reply } from '../replies/reply.ts';

/** All that moves a company. `open`, `sent` and `latest` are drafts: the one that is open, the last that left, the last that was started.
 *  `thread` is that of `sent`, `heard` the last mail from them that says something. */
export type StageFacts = {
  company: Company;
  silence: Suppression | null;
  open: Draft | null;
  sent: Draft | null;
  latest: Draft | null;
  thread: Thread | null;
  heard: Reply | null;
};

const STATE_OF: Record<Exclude<DraftStatus, 'sent' | 'rejected'>, 'drafted' | 'waiting' | 'leaving'> = {
  writing: 'drafted',
  waiting: 'waiting',
  failed: 'waiting',
  unknown: 'waiting',
  approved: 'leaving',
  sending: 'leaving',
};

/** Where a company stands: silence before the team's word, that before outreach, and of outreach what happened last. */
export function stageOfCompany(facts: StageFacts, at: Date): NewStage {
  const { company, silence } = facts;
  const { decision } = company;
  if (silence) return { ...NOTHING, state: 'silenced', at: silence.at, by: silence.by, how: silence.reason };
  const decided = stageOfDecision(decision, at) ?? stageOfOutreach(facts);
  if (decided) return decided;
  // Decided, and the draft is about to be opened, or was never.
  if (decision?.kind === 'pursued') return { ...NOTHING, state: 'drafted', at: decision.at, by: decision.by };
  return { ...NOTHING, state: 'new', at: company.createdAt };
}

const NOTHING = { by: '', how: '', until: null, post: '' };

/** What we have written after a mail came settles it; at the same moment, only what was written as an answer does. */
function isSettledBy(sent: Draft | null, { receivedAt }: Reply): boolean {
  if (!sent?.sentAt || sent.sentAt < receivedAt) return false;
  return sent.sentAt > receivedAt || sent.kind === 'answer';
}

/** Null where none was begun, or what was begun has been taken back. */
function stageOfOutreach({ company, open, sent, latest, thread, heard }: StageFacts): NewStage | null {
  const { decision } = company;
  const ownerOf = ({ startedBy }: Draft) => (startedBy === 'system' ? (decision?.by ?? startedBy) : startedBy);
  if (open && open.status !== 'sent' && open.status !== 'rejected') {
    const { status, startedAt, updatedAt } = open;
    const since = status === 'writing' ? startedAt : updatedAt;
    const isBlocked = status === 'waiting' && !judgeContact(open.contact).allowed;
    const how = isBlocked ? 'blocked' : status === 'failed' || status === 'unknown' ? status : '';
    return { ...NOTHING, state: isBlocked ? 'drafted' : STATE_OF[status], at: since, by: ownerOf(open), how, post: `draft:${open.id}` };
  }
  const by = sent ? ownerOf(sent) : (decision?.by ?? '');
  if (heard && !isSettledBy(sent, heard))
    return { ...NOTHING, state: 'answered', at: heard.receivedAt, by, how: heard.kind, post: `reply:${heard.id}` };
  if (thread?.end?.because === 'opt-out') return { ...NOTHING, state: 'answered', at: thread.end.at, by, how: 'opt-out' };
  if (sent) {
    const how = thread?.end?.because === 'no-answer' ? 'no-answer' : '';
    return { ...NOTHING, state: 'sent', at: sent.sentAt ?? sent.updatedAt, by, how, post: `draft:${sent.id}` };
  }
  if (latest?.status !== 'rejected' || decision?.kind !== 'pursued') return null;
  // Nobody of the team turned it down: the person asked for silence before anything left.
  if (latest.note?.code === 'closed' && latest.note.because === 'opt-out')
    return { ...NOTHING, state: 'answered', at: latest.updatedAt, by: ownerOf(latest), how: 'opt-out', post: `draft:${latest.id}` };
  return { ...NOTHING, state: 'turned-down', at: latest.updatedAt, by: ownerOf(latest), how: 'draft', post: `draft:${latest.id}` };
}
