import mongoose, { Schema } from 'mongoose';
import { z } from 'zod';
import { isDuplicateKey } from '../../errors.ts';
import { shareReads } from '../../platform/shared-reads.ts';
import { PART } from '../../platform/stored-part.ts';
import type { AuditEntry } from '../audit/audit.ts';
import { settleTrail, trailPath } from '../audit/audit-repository.ts';
import { ROLES, Role } from './role.ts';

/** All roles of a workspace are one document: MongoDB writes one document atomically, so two changes at once are settled one after
 *  the other and the rule about the last admin holds without a transaction. */
const roleSchema = new Schema(
  {
    _id: { type: String, required: true },
    /** Rises with every change. */
    revision: { type: Number, required: true },
    holders: {
      type: [new Schema({ userId: { type: String, required: true }, role: { type: String, enum: ROLES, required: true } }, PART)],
      required: true,
    },
    trail: trailPath,
  },
  { strict: 'throw', versionKey: false, collection: 'roles' },
);

const RoleModel = mongoose.model('Role', roleSchema);

/** Everybody who holds a role, admins first, as it was at `revision`. */
export const RoleList = z.object({ revision: z.number().int(), holders: z.array(z.object({ userId: z.string(), role: Role })) });
export type RoleList = z.infer<typeof RoleList>;

export const getRoleList = shareReads(async (workspaceId): Promise<RoleList> => {
  const found = await RoleModel.findById(workspaceId).lean();
  const { revision, holders } = RoleList.parse(found ?? { revision: 0, holders: [] });
  const byRole = holders.toSorted((a, b) => a.role.localeCompare(b.role) || a.userId.localeCompare(b.userId));
  return { revision, holders: byRole };
});

export async function findRole(workspaceId: string, userId: string): Promise<Role | null> {
  return (await listRoles(workspaceId)).find((holder) => holder.userId === userId)?.role ?? null;
}

export async function listRoles(workspaceId: string): Promise<RoleList['holders']> {
  return (await getRoleList(workspaceId)).holders;
}

/** Replaces the list the caller saw; false when somebody changed it first. The audit entry is part of the same write. */
export async function saveRoles(workspaceId: string, { revision, holders }: RoleList, entry: AuditEntry): Promise<boolean> {
  const change = { $set: { holders, revision: revision + 1 }, $push: { trail: entry } };
  try {
    // Only the first change may create the document; a later one that finds another revision must not.
    const saved = await RoleModel.updateOne({ _id: workspaceId, revision }, change, { upsert: revision === 0 });
    if (saved.modifiedCount + saved.upsertedCount === 0) return false;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
  await settleTrail(RoleModel, { _id: workspaceId });
  return true;
}

export async function settleRoleTrails(): Promise<number> {
  return settleTrail(RoleModel, {});
}
