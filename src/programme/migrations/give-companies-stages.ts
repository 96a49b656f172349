import { hash } from 'node:crypto';
import type mongoose from 'mongoose';
import { z } from 'zod';
import { readStored } from './read-stored.ts';

type Db = mongoose.mongo.Db;

const Decision = z.object({
  kind: z.enum(['pursued', 'not-fit', 'later', 'partner']),
  reason: z.string().optional(),
  until: z.date().optional(),
  by: z.string(),
  at: z.date(),
});
const OldCompany = z.object({ _id: z.unknown(), workspaceId: z.string(), domain: z.string(), decision: Decision.nullish() });
type OldCompany = z.infer<typeof OldCompany>;
const OldDraft = z.object({
  _id: z.string(),
  threadId: z.string(),
  status: z.string(),
  open: z.boolean(),
  startedBy: z.string(),
  startedAt: z.date(),
  updatedAt: z.date(),
  sentAt: z.date().nullish(),
});
type OldDraft = z.infer<typeof OldDraft>;
const OldReply = z.object({
  _id: z.string(),
  companyId: z.string(),
  kind: z.string(),
  isAutomatic: z.boolean(),
  bounce: z.object({ hard: z.boolean() }).nullish(),
  correctedBy: z.string().nullish(),
  receivedAt: z.date(),
});
type OldReply = z.infer<typeof OldReply>;
const OldSilence = z.object({
  _id: z.unknown(),
  workspaceId: z.string(),
  hash: z.string(),
  reason: z.string(),
  by: z.string(),
  at: z.date(),
});
type OldSilence = z.infer<typeof OldSilence>;

type Stage = { state: string; at: Date; by: string; how: string; until: Date | null; post: string; rev: number };
const STAGE = { by: '', how: '', until: null, post: '', rev: 1 };

/** Companies to which something has happened get their stage in the pipeline: silence before a decision, that before outreach, and of outreach
 *  what happened last. Those to which nothing has happened have none. */
export async function giveCompaniesStages(db: Db, at: Date): Promise<number> {
  const [silences, replies, written] = [await readSilences(db), await readReplies(db), await readWritten(db)];
  const companies = db.collection('companies');
  const fields = { workspaceId: 1, domain: 1, decision: 1 };
  let changed = 0;
  for await (const stored of companies.find({ stage: { $exists: false } }, { projection: fields })) {
    const company = readStored(OldCompany, 'companies', stored);
    const id = String(stored._id);
    // Most companies have nothing: they are not asked about one by one.
    const isBegun = written.has(id) || company.decision?.kind === 'pursued';
    const stage =
      silenceOf(company, silences) ?? decisionOf(company, at) ?? (isBegun ? await outreachOf(db, company, replies.get(id) ?? []) : null);
    if (!stage) continue;
    const filter = { _id: stored._id, stage: { $exists: false } };
    const { modifiedCount } = await companies.updateOne(filter, { $set: { stage } });
    changed += modifiedCount;
  }
  return changed;
}

async function readSilences(db: Db): Promise<Map<string, OldSilence>> {
  const silences = new Map<string, OldSilence>();
  for await (const stored of db.collection('suppressions').find({ kind: { $in: ['company', 'domain'] }, inForce: true })) {
    const silence = readStored(OldSilence, 'suppressions', stored);
    silences.set(`${silence.workspaceId} ${silence.hash}`, silence);
  }
  return silences;
}

/** What came back, by company, without the texts. */
async function readReplies(db: Db): Promise<Map<string, OldReply[]>> {
  const projection = { companyId: 1, kind: 1, isAutomatic: 1, bounce: 1, correctedBy: 1, receivedAt: 1 };
  const replies = new Map<string, OldReply[]>();
  for await (const stored of db.collection<{ _id: string }>('replies').find({}, { projection })) {
    const reply = readStored(OldReply, 'replies', stored);
    replies.set(reply.companyId, [...(replies.get(reply.companyId) ?? []), reply]);
  }
  return replies;
}

/** The companies that somebody began to write to. */
async function readWritten(db: Db): Promise<Set<string>> {
  const written = new Set<string>();
  for await (const { companyId } of db.collection('drafts').find({}, { projection: { companyId: 1 } })) written.add(String(companyId));
  return written;
}

function silenceOf({ workspaceId, domain }: OldCompany, silences: Map<string, OldSilence>): Stage | null {
  if (silences.size === 0) return null;
  for (const kind of ['company', 'domain']) {
    const key = hash('sha256', JSON.stringify([workspaceId, kind, domain.toLowerCase()]), 'hex');
    const silence = silences.get(`${workspaceId} ${key}`);
    if (silence) return { ...STAGE, state: 'silenced', at: silence.at, by: silence.by, how: silence.reason };
  }
  return null;
}

function decisionOf({ decision }: OldCompany, now: Date): Stage | null {
  if (!decision || decision.kind === 'pursued') return null;
  const { kind, reason = '', until = now, by, at } = decision;
  if (kind === 'partner') return { ...STAGE, state: 'partner', at, by };
  if (kind === 'later') return until > now ? { ...STAGE, state: 'later', at, by, until } : null;
  return { ...STAGE, state: reason === 'no-contact' ? 'silenced' : 'turned-down', at, by, how: reason };
}

const STATE_OF: Record<string, string> = {
  writing: 'drafted',
  waiting: 'waiting',
  failed: 'waiting',
  unknown: 'waiting',
  approved: 'leaving',
  sending: 'leaving',
};

async function outreachOf(db: Db, { _id, workspaceId, decision }: OldCompany, replies: OldReply[]): Promise<Stage | null> {
  const of = { workspaceId, companyId: String(_id) };
  const drafts: OldDraft[] = [];
  for await (const stored of db.collection<{ _id: string }>('drafts').find(of)) drafts.push(readStored(OldDraft, 'drafts', stored));
  const ownerOf = ({ startedBy }: OldDraft) => (startedBy === 'system' ? (decision?.by ?? startedBy) : startedBy);
  const open = drafts.find((draft) => draft.open && STATE_OF[draft.status]);
  if (open) {
    const { status, updatedAt, startedAt } = open;
    const how = status === 'failed' || status === 'unknown' ? status : '';
    const since = status === 'writing' ? startedAt : updatedAt;
    return { ...STAGE, state: STATE_OF[status] ?? 'waiting', at: since, by: ownerOf(open), how, post: `draft:${open._id}` };
  }
  const sent = drafts.filter(({ status }) => status === 'sent').sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime())[0];
  const by = sent ? ownerOf(sent) : (decision?.by ?? '');
  const heard = lastHeard(replies);
  if (heard && (!sent?.sentAt || sent.sentAt < heard.receivedAt))
    return { ...STAGE, state: 'answered', at: heard.receivedAt, by, how: heard.kind, post: `reply:${heard._id}` };
  if (sent) return { ...STAGE, ...(await sentAs(db, sent)), by };
  if (decision?.kind !== 'pursued') return null;
  const last = drafts.sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime())[0];
  return last?.status === 'rejected'
    ? { ...STAGE, state: 'turned-down', at: last.updatedAt, by: ownerOf(last), how: 'draft', post: `draft:${last._id}` }
    : { ...STAGE, state: 'drafted', at: decision.at, by: decision.by };
}

const OldEnd = z.object({ _id: z.string(), end: z.object({ because: z.string(), at: z.date() }).nullish() });

async function sentAs(db: Db, { _id, threadId, sentAt, updatedAt }: OldDraft): Promise<Pick<Stage, 'state' | 'at' | 'how' | 'post'>> {
  const stored = await db.collection<{ _id: string }>('threads').findOne({ _id: threadId });
  const end = stored && readStored(OldEnd, 'threads', stored).end;
  if (end?.because === 'opt-out') return { state: 'answered', at: end.at, how: 'opt-out', post: '' };
  return { state: 'sent', at: sentAt ?? updatedAt, how: end?.because === 'no-answer' ? 'no-answer' : '', post: `draft:${_id}` };
}

/** The last mail that says something: an absence, a delay and a program's word do not. */
function lastHeard(replies: OldReply[]): OldReply | null {
  const heard = replies.filter(({ kind, isAutomatic, bounce, correctedBy }) => {
    if (kind === 'out-of-office') return false;
    if (kind === 'bounce') return bounce?.hard === true || Boolean(correctedBy);
    return kind === 'opt-out' || kind === 'wrong-person' || !isAutomatic || Boolean(correctedBy);
  });
  return heard.sort((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime())[0] ?? null;
}
