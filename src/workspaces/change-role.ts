import { recordAudit } from '../audit/audit-repository.ts';
import { Refusal } from '../errors.ts';
import { authorise } from './authorise.ts';
import type { Actor, Role } from './role.ts';
import { findRole, listRoles, removeRole, saveRole } from './role-repository.ts';

/** Grants or (with null) revokes a role. Refuses `role-needed`, and `last-admin` when nobody could grant roles any more. */
export async function changeRole(actor: Actor, userId: string, role: Role | null, at: Date): Promise<void> {
  const { workspaceId } = actor;
  await authorise(actor, 'admin', { action: 'role.change', subject: `user:${userId}`, at });
  const before = await findRole(workspaceId, userId);
  if (before === role) return;
  if (before === 'admin') await demandAnotherAdmin(workspaceId, userId);
  await recordAudit({ workspaceId, by: actor.userId, at, action: 'role.change', subject: `user:${userId}`, before, after: role });
  if (role) await saveRole(workspaceId, userId, role);
  else await removeRole(workspaceId, userId);
}

/** Makes the installer the first admin; later installs change nothing. */
export async function grantFirstAdmin(workspaceId: string, userId: string, at: Date): Promise<boolean> {
  if ((await listRoles(workspaceId)).some(({ role }) => role === 'admin')) return false;
  await recordAudit({ workspaceId, by: 'system', at, action: 'role.change', subject: `user:${userId}`, after: 'admin' });
  await saveRole(workspaceId, userId, 'admin');
  return true;
}

async function demandAnotherAdmin(workspaceId: string, userId: string): Promise<void> {
  const admins = (await listRoles(workspaceId)).filter(({ role }) => role === 'admin');
  if (!admins.some((admin) => admin.userId !== userId)) throw new Refusal('last-admin');
}
