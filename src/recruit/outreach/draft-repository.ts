import { isDuplicateKey, Refusal } from '../../errors.ts';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { settleTrail } from '../../programme/audit/audit-repository.ts';
import { type CompanyRef, companiesOf } from '../../programme/companies/company-stage-repository.ts';
import { findDue, type StageDue, settleDue } from '../../programme/companies/stage-due.ts';
import { DELETED_ADDRESS } from '../../programme/privacy/whom.ts';
import { networkAddress } from '../../programme/suppression/suppression.ts';
import { type Approval, DECIDABLE, type Draft, type DraftStatus, type DraftText, lastDoubted } from './draft.ts';
import { DraftModel, moveDraft, readDraft, UNAPPROVED } from './draft-model.ts';
import type { DraftNote } from './draft-note.ts';

/** Opens a draft, or returns the open one the company already has, with `changed` false. */
export async function insertDraft(draft: Draft, entry: AuditEntry): Promise<{ draft: Draft; changed: boolean }> {
  const { id, ...rest } = draft;
  try {
    await DraftModel.create({ _id: id, ...rest, open: true, stageDue: entry.id, trail: [entry] });
  } catch (error) {
    const open = isDuplicateKey(error) ? await findOpenDraft(draft.workspaceId, draft.companyId) : null;
    if (!open) throw error;
    return { draft: open, changed: false };
  }
  await settleTrail(DraftModel, { _id: id });
  return { draft, changed: true };
}

export async function findDraft(workspaceId: string, id: string): Promise<Draft | null> {
  const found = await DraftModel.findOne({ _id: id, workspaceId }).lean();
  return found ? readDraft(found) : null;
}

export async function getDraft(workspaceId: string, id: string): Promise<Draft> {
  const draft = await findDraft(workspaceId, id);
  if (!draft) throw new Refusal('draft-unknown');
  return draft;
}

export async function findOpenDraft(workspaceId: string, companyId: string): Promise<Draft | null> {
  const found = await DraftModel.findOne({ workspaceId, companyId, open: true }).lean();
  return found ? readDraft(found) : null;
}

/** The company's newest draft, open or not; it knows the contact that was used last. */
export async function findLatestDraft(workspaceId: string, companyId: string): Promise<Draft | null> {
  const found = await DraftModel.findOne({ workspaceId, companyId }).sort({ startedAt: -1 }).lean();
  return found ? readDraft(found) : null;
}

/** The company's newest message that left. */
export async function findLatestSent(workspaceId: string, companyId: string): Promise<Draft | null> {
  const found = await DraftModel.findOne({ workspaceId, companyId, status: 'sent' }).sort({ updatedAt: -1 }).lean();
  return found ? readDraft(found) : null;
}

/** Whose opt-out link it is; of any workspace, because nobody logs in to say no. */
export async function findDraftByToken(optOutToken: string): Promise<Draft | null> {
  const found = await DraftModel.findOne({ optOutToken }).lean();
  return found ? readDraft(found) : null;
}

/** The draft that left, or may have left, under one of these Message-IDs (without angle brackets), of any workspace; the newest. */
export async function findDraftByMessageId(messageIds: string[]): Promise<Draft | null> {
  const named = { $in: messageIds };
  const found = await DraftModel.findOne({ $or: [{ messageId: named }, { 'doubts.messageId': named }] })
    .sort({ updatedAt: -1 })
    .lean();
  return found ? readDraft(found) : null;
}

/** The newest draft that left, or may have left, in a span of time from one of these senders to one of these addresses. Null when several
 *  workspaces wrote to it: whose answer it is cannot be told, and it must not be shown to the other; `workspaces` counts them. Addresses are
 *  compared as `networkAddress` gives them. */
export async function findDraftToAddress(
  emails: string[],
  senders: string[],
  left: { after: Date; before: Date },
): Promise<{ draft: Draft | null; workspaces: number }> {
  const to = { $in: emails.flatMap((email) => mailboxPattern(email) ?? []) };
  if (to.$in.length === 0) return { draft: null, workspaces: 0 };
  const found = await DraftModel.find({
    $or: [{ 'contact.email': to, status: 'sent' satisfies DraftStatus }, { 'doubts.to': to }],
    updatedAt: { $gte: left.after, $lte: left.before },
  })
    .sort({ updatedAt: -1 })
    .lean();
  const ours = new Set(senders.map(networkAddress));
  const drafts = found.map(readDraft).filter(({ sender }) => ours.has(networkAddress(sender.address)));
  const workspaces = new Set(drafts.map(({ workspaceId }) => workspaceId)).size;
  return { draft: (workspaces === 1 && drafts[0]) || null, workspaces };
}

/** Null for what is no address, or stands in the place of one that was deleted. */
function mailboxPattern(email: string): RegExp | null {
  if (email === DELETED_ADDRESS) return null;
  const mailbox = /^([^\s@\p{C}]+)@([^\s@\p{C}]+)$/u.exec(networkAddress(email));
  if (!mailbox) return null;
  const [, local = '', domain = ''] = mailbox;
  return new RegExp(`^${literally(local)}(\\+[^@]*)?@${literally(domain)}$`);
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

export async function listThreadDrafts(workspaceId: string, threadId: string): Promise<Draft[]> {
  const found = await DraftModel.find({ workspaceId, threadId }).sort({ startedAt: 1 }).lean();
  return found.map(readDraft);
}

export async function listOpenDrafts(workspaceId: string): Promise<Draft[]> {
  const found = await DraftModel.find({ workspaceId, open: true }).lean();
  return found.map(readDraft);
}

export async function listDrafts(workspaceId: string, statuses: DraftStatus[], limit = 50): Promise<Draft[]> {
  const found = await DraftModel.find({ workspaceId, status: { $in: statuses } })
    .sort({ updatedAt: 1 })
    .limit(limit)
    .lean();
  return found.map(readDraft);
}

/** Which of these companies a message has left for. */
export async function listWrittenTo(workspaceId: string, companyIds: string[]): Promise<string[]> {
  return DraftModel.distinct('companyId', { workspaceId, companyId: { $in: companyIds }, status: 'sent' });
}

/** The companies to which something has left that this person approved. */
export async function listApprovedBy(workspaceId: string, by: string): Promise<string[]> {
  return DraftModel.distinct('companyId', { workspaceId, status: 'sent', decidedBy: by });
}

/** Drafts of the workspace whose text a person changed, the latest change first; deciding on a draft moves it nowhere. */
export async function listEditedDrafts(workspaceId: string, limit = 200): Promise<Draft[]> {
  const found = await DraftModel.find({ workspaceId, editedBy: { $ne: null }, written: { $ne: null } })
    .sort({ writtenAt: -1, _id: 1 })
    .limit(limit)
    .lean();
  return found.map(readDraft);
}

/** Of one person: what they started, changed or approved, and what waits at these companies. */
type Own = { by: string; companyIds: string[] };

function decidableOf(workspaceId: string, own: Own | null): object {
  const mine = own && [{ startedBy: own.by }, { editedBy: own.by }, { decidedBy: own.by }, { companyId: { $in: own.companyIds } }];
  return { workspaceId, status: { $in: DECIDABLE }, ...(mine ? { $or: mine } : {}) };
}

/** Drafts that wait for a decision, what has waited longest first. */
export async function listDecidable(workspaceId: string, own: Own | null, limit: number): Promise<Draft[]> {
  const found = await DraftModel.find(decidableOf(workspaceId, own)).sort({ updatedAt: 1, _id: 1 }).limit(limit).lean();
  return found.map(readDraft);
}

export async function countDecidable(workspaceId: string, own: Own | null): Promise<number> {
  return DraftModel.countDocuments(decidableOf(workspaceId, own));
}

/** Drafts of every workspace that changed in a span of time, in these states or in any, however many; for the sweeps, which read them one by
 *  one. */
export async function* changedDrafts(
  after: Date,
  before: Date,
  statuses?: DraftStatus[],
): AsyncGenerator<DraftRef & { status: string; updatedAt: Date }> {
  const states = statuses ? { status: { $in: statuses } } : {};
  const found = DraftModel.find({ ...states, updatedAt: { $gt: after, $lt: before } }, { workspaceId: 1, status: 1, updatedAt: 1 });
  for await (const { _id: id, workspaceId, status, updatedAt } of found.sort({ updatedAt: 1 }).lean().cursor())
    yield { id, workspaceId, status, updatedAt };
}

export type DraftRef = Pick<Draft, 'id' | 'workspaceId'>;

/** Drafts of every workspace that have been in a state for longer than they should, the oldest first; for the sweeps. */
export async function listStuckDrafts(status: DraftStatus, before: Date, limit = 200): Promise<DraftRef[]> {
  const found = await DraftModel.find({ status, updatedAt: { $lt: before } }, { workspaceId: 1 })
    .sort({ updatedAt: 1 })
    .limit(limit)
    .lean();
  return found.map(({ _id: id, workspaceId }) => ({ id, workspaceId }));
}

/** Fills in the written text; null when the draft is no longer being written. */
export async function finishWriting(
  draft: Draft,
  text: DraftText &
    Pick<Draft, 'footer' | 'notice' | 'english' | 'language' | 'claims' | 'writer' | 'note'> &
    Partial<Pick<Draft, 'written'>>,
  entry: AuditEntry,
): Promise<Draft | null> {
  return moveDraft(draft, ['writing'], { ...text, status: 'waiting', writtenAt: entry.at, updatedAt: entry.at }, entry);
}

/** What a revision may change; who was asked to rewrite is the text's author. */
export type Revision = DraftText &
  Pick<Draft, 'contact' | 'sender' | 'claims' | 'footer' | 'notice' | 'english' | 'language' | 'optOutToken' | 'writer' | 'note'> &
  Partial<Pick<Draft, 'written'>>;

/** Where nobody has to say first whether it left. */
const CERTAIN = { doubts: { $not: { $elemMatch: { cleared: false } } } };

/** Saves a change as the next version and takes back any approval; null when another version or a send came first, or it may have left: who
 *  got what stays on record as it was. With fewer states in `from`, also when somebody decided first. */
export async function reviseDraft(
  draft: Draft,
  revised: Revision,
  editedBy: string | null,
  entry: AuditEntry,
  from: DraftStatus[] = ['waiting', 'failed', 'approved'],
): Promise<Draft | null> {
  const state = {
    status: 'waiting',
    version: draft.version + 1,
    ...UNAPPROVED,
    messageId: lastDoubted(draft),
    editedBy,
    writtenAt: entry.at,
    updatedAt: entry.at,
  } as const;
  return moveDraft(draft, from, { ...revised, ...state }, entry, CERTAIN);
}

/** Settles the decision on this version; null when somebody decided, edited or rejected it first. The filter is the lock. */
export async function approveVersion(draft: Draft, approval: Approval, entry: AuditEntry): Promise<Draft | null> {
  const decided = { decidedBy: approval.by, decidedAt: approval.at, updatedAt: approval.at };
  return moveDraft(draft, [...DECIDABLE], { status: 'approved', ...UNAPPROVED, approval, note: null, ...decided }, entry);
}

/** Closes the draft unsent; null when it was decided or changed first. */
export async function rejectVersion(draft: Draft, from: DraftStatus[], note: DraftNote | null, entry: AuditEntry): Promise<Draft | null> {
  const decided = { decidedBy: entry.by, decidedAt: entry.at, updatedAt: entry.at };
  return moveDraft(draft, from, { status: 'rejected', open: false, approval: null, hold: null, note, ...decided }, entry);
}

/** The changes of a company's drafts that its stage has to follow. */
export async function findDraftsDue(workspaceId: string, companyId: string): Promise<StageDue[]> {
  return findDue(DraftModel, { workspaceId, companyId });
}

export async function settleDraftsDue(workspaceId: string, due: readonly StageDue[]): Promise<void> {
  await settleDue(DraftModel, workspaceId, due);
}

/** Companies of every workspace whose stage has to follow a draft; for the sweep. */
export async function listStagesDueByDrafts(): Promise<CompanyRef[]> {
  return companiesOf(await findDue(DraftModel, {}, ['workspaceId', 'companyId']));
}

export async function settleDraftTrails(): Promise<number> {
  return settleTrail(DraftModel, {});
}
