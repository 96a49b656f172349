import mongoose from 'mongoose';
import { z } from 'zod';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { settleTrail } from '../../programme/audit/audit-repository.ts';
import { Partner } from './partner.ts';
import { ABSORBING, PartnerModel, toPartner } from './partner-model.ts';
import type { PartnerChange } from './partner-repository.ts';

/** What one record takes over from another: kept in the record that stays until all of it is there, because a name, a domain and a Slack
 *  workspace can stand in one record only, and the process may die in between. `rev`: of the other as it was read. */
export const Absorbed = Partner.pick({
  id: true,
  name: true,
  domains: true,
  aliases: true,
  types: true,
  countries: true,
  people: true,
  teamIds: true,
  channel: true,
  notes: true,
  firstRegistrationAt: true,
  rev: true,
}).extend({ by: z.string(), at: z.date() });
export type Absorbed = z.infer<typeof Absorbed>;

/** Begins to take over another record, both as the caller saw them; false when somebody changed this one, or it is taking over another already. */
export async function claimMerge(into: Partner, from: Partner, { by, at }: { by: string; at: Date }): Promise<boolean> {
  const { id: _id, workspaceId, rev } = into;
  const absorbing = Absorbed.parse({ ...from, by, at });
  const claimed = await PartnerModel.updateOne(
    { _id, workspaceId, rev, 'absorbing.id': { $exists: false } },
    { $set: { absorbing, rev: rev + 1 } },
  );
  return claimed.matchedCount === 1;
}

/** A record that is taking over another, and what of it. */
export type Merge = { into: Partner; absorbed: Absorbed };

/** Null when nothing is being taken over. */
export async function findMerge(workspaceId: string, intoId: string): Promise<Merge | null> {
  if (!mongoose.isObjectIdOrHexString(intoId)) return null;
  const stored = await PartnerModel.findOne({ _id: intoId, workspaceId, ...ABSORBING }).lean();
  return stored && { into: toPartner(stored), absorbed: Absorbed.parse(stored.absorbing) };
}

/** The id of the record that is taking over this one at the moment; null when none is. */
export async function findAbsorbing(workspaceId: string, id: string): Promise<string | null> {
  const found = await PartnerModel.findOne({ workspaceId, 'absorbing.id': id }, { _id: 1 }).lean();
  return found && String(found._id);
}

/** Of all workspaces, for the sweep. */
export async function listMergesDue(): Promise<{ workspaceId: string; id: string }[]> {
  const found = await PartnerModel.find(ABSORBING, { workspaceId: 1 }).limit(1000).lean();
  return found.map(({ _id, workspaceId }) => ({ workspaceId, id: String(_id) }));
}

/** The other record has changed since it was read: this is what it is now. */
export async function renewAbsorbed({ into, absorbed }: Merge, from: Partner): Promise<void> {
  const renewed = Absorbed.parse({ ...from, by: absorbed.by, at: absorbed.at });
  const { id: _id, workspaceId } = into;
  const seen = { 'absorbing.id': absorbed.id, 'absorbing.rev': absorbed.rev };
  await PartnerModel.updateOne({ _id, workspaceId, ...seen }, { $set: { absorbing: renewed } });
}

/** Takes the other record away as it was read; false when somebody changed it since, or it is taking over one itself. */
export async function deleteAbsorbed({ into: { workspaceId }, absorbed: { id: _id, rev } }: Merge): Promise<boolean> {
  const gone = await PartnerModel.deleteOne({ _id, workspaceId, rev, 'absorbing.id': { $exists: false } });
  return gone.deletedCount === 1;
}

/** The record as it is with all that it took over; null when somebody changed it since it was read. */
export async function settleMerge({ into, absorbed }: Merge, change: PartnerChange, entry: AuditEntry): Promise<Partner | null> {
  const { id: _id, workspaceId, rev } = into;
  const saved = await PartnerModel.findOneAndUpdate(
    { _id, workspaceId, rev, 'absorbing.id': absorbed.id },
    { $set: { ...change, keepOutDue: entry.id, keepOutBy: entry.by, rev: rev + 1 }, $unset: { absorbing: '' }, $push: { trail: entry } },
    { returnDocument: 'after' },
  ).lean();
  if (!saved) return null;
  await settleTrail(PartnerModel, { _id: saved._id });
  return toPartner(saved);
}

/** Gives a merge up before anything was taken. */
export async function dropMerge({ into: { id: _id, workspaceId }, absorbed }: Merge): Promise<void> {
  await PartnerModel.updateOne({ _id, workspaceId, 'absorbing.id': absorbed.id }, { $unset: { absorbing: '' } });
}
