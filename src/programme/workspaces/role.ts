import { z } from 'zod';

export const ROLES = ['admin', 'manager'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/** A full member of the home workspace; `member` is the role of those who were given none. */
export type Member = { kind: 'member'; workspaceId: string; userId: string; role: Role | 'member' };

/** Somebody of a company that has a partner record; `teamId` is their own Slack workspace. */
export type PartnerPerson = { kind: 'partner'; workspaceId: string; userId: string; teamId: string; partnerId: string };

/** Everybody else. `teamId` is the other company's workspace; null for guests of the home workspace, bots, people who have left, and
 *  whoever Slack does not know. */
export type Stranger = { kind: 'stranger'; workspaceId: string; userId: string; teamId: string | null };

/** Who acts, in which home workspace. Anyone we are not sure about is a stranger. */
export type Actor = Member | PartnerPerson | Stranger;

/** Rises from left to right: an admin may do all that a manager may. */
export type Need = Member['role'];

export function mayAct(actor: Actor, need: Need): boolean {
  if (actor.kind !== 'member') return false;
  return need === 'member' || actor.role === 'admin' || actor.role === need;
}
