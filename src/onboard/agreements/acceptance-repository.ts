import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey, Refusal } from '../../errors.ts';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { settleTrail, trailPath, WAITING_TRAIL } from '../../programme/audit/audit-repository.ts';
import { keptData } from '../../programme/privacy/kept-data.ts';
import { DELETED, isTheirAddress } from '../../programme/privacy/whom.ts';
import { moverOf } from '../partners/move-records.ts';
import { Acceptance } from './agreement-version.ts';

const text = { type: String, required: true } as const;
/** A text that may be empty is not `required`: mongoose takes an empty one for none. */
const maybe = { type: String, default: '' } as const;

const acceptanceSchema = new Schema(
  {
    ...{ workspaceId: text, partnerId: text, companyId: text, versionId: text },
    number: { type: Number, required: true },
    ...{
      title: text,
      hash: text,
      partnerName: text,
      ourName: maybe,
      name: text,
      jobTitle: text,
      email: maybe,
      userId: text,
      teamId: maybe,
    },
    at: { type: Date, required: true },
    filedAt: { type: Date, default: null },
    trail: trailPath,
  },
  { strict: 'throw', versionKey: false, collection: 'acceptances' },
);
acceptanceSchema.index({ workspaceId: 1, partnerId: 1, versionId: 1 }, { unique: true });
acceptanceSchema.index({ workspaceId: 1, versionId: 1 });
acceptanceSchema.index({ filedAt: 1 });
acceptanceSchema.index({ 'trail.at': 1 }, { partialFilterExpression: WAITING_TRAIL });

const AcceptanceModel = mongoose.model('Acceptance', acceptanceSchema);

function toAcceptance({ _id, trail, ...stored }: { _id: unknown } & Record<string, unknown>): Acceptance {
  return Acceptance.parse({ ...stored, id: String(_id) });
}

/** A partner accepts a version once: the first record stays, and `isNew` is false for whoever comes second. */
export async function insertAcceptance(
  acceptance: Omit<Acceptance, 'id'>,
  entry: (id: string) => AuditEntry,
): Promise<{ acceptance: Acceptance; isNew: boolean }> {
  const { workspaceId, partnerId, versionId } = acceptance;
  const _id = new mongoose.Types.ObjectId();
  try {
    await AcceptanceModel.create({ ...acceptance, _id, trail: [entry(String(_id))] });
  } catch (error) {
    const first = isDuplicateKey(error) ? await AcceptanceModel.findOne({ workspaceId, partnerId, versionId }).lean() : null;
    if (!first) throw error;
    return { acceptance: toAcceptance(first), isNew: false };
  }
  await settleTrail(AcceptanceModel, { _id });
  return { acceptance: { ...acceptance, id: String(_id) }, isNew: true };
}

/** Refuses `agreement-unknown`. */
export async function getAcceptance(workspaceId: string, id: string): Promise<Acceptance> {
  const found = await findAcceptance(workspaceId, id);
  if (!found) throw new Refusal('agreement-unknown');
  return found;
}

export async function findAcceptance(workspaceId: string, id: string): Promise<Acceptance | null> {
  const stored = mongoose.isObjectIdOrHexString(id) ? await AcceptanceModel.findOne({ _id: id, workspaceId }).lean() : null;
  return stored && toAcceptance(stored);
}

/** Of one partner, newest first. */
export async function listAcceptances(workspaceId: string, partnerId: string): Promise<Acceptance[]> {
  const stored = await AcceptanceModel.find({ workspaceId, partnerId }).sort({ at: -1, _id: -1 }).lean();
  return stored.map(toAcceptance);
}

/** Of all partners, newest first. */
export async function listAllAcceptances(workspaceId: string): Promise<Acceptance[]> {
  const stored = await AcceptanceModel.find({ workspaceId }).sort({ at: -1, _id: -1 }).lean();
  return stored.map(toAcceptance);
}

/** Whether the caller is the one who files the copy: a file that was sent cannot be sent only once by Slack. */
export async function claimFiling(workspaceId: string, id: string, at: Date): Promise<boolean> {
  const { matchedCount } = await AcceptanceModel.updateOne({ _id: id, workspaceId, filedAt: null }, { $set: { filedAt: at } });
  return matchedCount === 1;
}

/** The partners of which a copy was not filed yet, of all workspaces, for the sweep. */
export async function listFilingPartnersDue(): Promise<string[]> {
  return (await AcceptanceModel.distinct('partnerId', { filedAt: null })).map(String);
}

/** What was not filed yet of these partners, of all workspaces, for the sweep. */
export async function listFilingsDue(partnerIds: readonly string[]): Promise<{ workspaceId: string; id: string }[]> {
  const stored = await AcceptanceModel.find({ filedAt: null, partnerId: { $in: partnerIds } }, { workspaceId: 1 })
    .limit(1000)
    .lean();
  return stored.map(({ workspaceId, _id }) => ({ workspaceId, id: String(_id) }));
}

/** When two records of one partner become one, what either accepted is accepted. Where both accepted the same version, the other's record stays under
 *  its own id. Safe to repeat. */
export const moveAcceptances = moverOf(AcceptanceModel, 'userId');

export async function settleAcceptanceTrails(): Promise<number> {
  return settleTrail(AcceptanceModel, {});
}

/** With the company its acceptances go. When one person goes, it stays that the company accepted, when and what: both companies rest on it. */
export const acceptanceData = keptData({
  model: AcceptanceModel,
  noun: 'acceptance',
  kind: 'acceptance',
  isTheirs: ({ companyId, email, partnerId }, whom) =>
    whom.companyIds.includes(String(companyId)) ||
    whom.subjects.includes(`partner:${String(partnerId)}`) ||
    isTheirAddress(whom, String(email)),
  signed: ({ userId }, { userIds }) => (userIds.includes(String(userId)) ? { name: DELETED, jobTitle: DELETED } : {}),
  emptied: (_stored, { key }) => (key.kind === 'company' ? null : { name: DELETED, jobTitle: DELETED, email: '' }),
});
