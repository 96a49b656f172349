import mongoose, { Schema } from 'mongoose';
import { Role } from './role.ts';

const roleSchema = new Schema(
  {
    workspaceId: { type: String, required: true },
    userId: { type: String, required: true },
    role: { type: String, required: true, enum: Role.options },
  },
  { strict: 'throw', versionKey: false, collection: 'roles' },
);
roleSchema.index({ workspaceId: 1, userId: 1 }, { unique: true });

const RoleModel = mongoose.model('Role', roleSchema);

export async function findRole(workspaceId: string, userId: string): Promise<Role | null> {
  const found = await RoleModel.findOne({ workspaceId, userId }).lean();
  return found ? Role.parse(found.role) : null;
}

export async function listRoles(workspaceId: string): Promise<{ userId: string; role: Role }[]> {
  const found = await RoleModel.find({ workspaceId }).sort({ role: 1, userId: 1 }).lean();
  return found.map(({ userId, role }) => ({ userId, role: Role.parse(role) }));
}

export async function saveRole(workspaceId: string, userId: string, role: Role): Promise<void> {
  await RoleModel.updateOne({ workspaceId, userId }, { $set: { role } }, { upsert: true });
}

export async function removeRole(workspaceId: string, userId: string): Promise<void> {
  await RoleModel.deleteOne({ workspaceId, userId });
}
