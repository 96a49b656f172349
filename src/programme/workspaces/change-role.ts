import { Refusal } from '../../errors.ts';
import { inRounds } from '../../platform/in-rounds.ts';
import { auditEntry } from '../audit/audit.ts';
import { authorise } from './authorise.ts';
import type { Actor, Role } from './role.ts';
import { getRoleList, type RoleList, saveRoles } from './role-repository.ts';

/** Grants or (with null) revokes a role. Refuses `role-needed`, and `last-admin` when nobody could grant roles any more. */
export async function changeRole(actor: Actor, userId: string, role: Role | null, at: Date): Promise<void> {
  const { workspaceId } = actor;
  await authorise(actor, 'admin', { action: 'role.change', subject: `user:${userId}`, at });
  await settle(workspaceId, { userId, role, by: actor.userId, at }, ({ holders }) => {
    // Somebody may have taken the role away since it was looked at.
    if (!isAdmin(holders, actor.userId)) throw new Refusal('role-needed', { need: 'admin' });
    const isOnlyAdmin = isAdmin(holders, userId) && !holders.some((holder) => holder.role === 'admin' && holder.userId !== userId);
    if (isOnlyAdmin && role !== 'admin') throw new Refusal('last-admin');
    return true;
  });
}

/** Makes the installer the first admin; later installs change nothing. */
export async function grantFirstAdmin(workspaceId: string, userId: string, at: Date): Promise<boolean> {
  const change = { userId, role: 'admin', by: 'system', at } as const;
  return settle(workspaceId, change, ({ holders }) => !holders.some(({ role }) => role === 'admin'));
}

type RoleChange = { userId: string; role: Role | null; by: string; at: Date };

/** Applies one change to the list as it is at that moment, after `allows` has judged that same list. True when something changed. */
async function settle(workspaceId: string, change: RoleChange, allows: (seen: RoleList) => boolean): Promise<boolean> {
  const { userId, role, by, at } = change;
  return inRounds('changing a role', async () => {
    const seen = await getRoleList(workspaceId);
    const before = seen.holders.find((holder) => holder.userId === userId)?.role ?? null;
    if (!allows(seen) || before === role) return { done: false };
    const others = seen.holders.filter((holder) => holder.userId !== userId);
    const holders = role ? [...others, { userId, role }] : others;
    const entry = auditEntry({ workspaceId, by, at, action: 'role.change', subject: `user:${userId}`, before, after: role });
    // Whoever is second reads the new list and is judged by it.
    return (await saveRoles(workspaceId, { ...seen, holders }, entry)) ? { done: true } : null;
  });
}

function isAdmin(holders: RoleList['holders'], userId: string): boolean {
  return holders.some((holder) => holder.userId === userId && holder.role === 'admin');
}
