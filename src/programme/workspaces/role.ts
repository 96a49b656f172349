import { z } from 'zod';

export const ROLES = ['admin', 'manager'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/** Who acts. `internal` is true only for a full member of the home workspace; anyone we are not sure about is external. */
export type Actor = { workspaceId: string; userId: string; internal: boolean; role: Role | null };

/** Rises from left to right: an admin may do all that a manager may. */
export type Need = 'internal' | Role;

export function mayAct(actor: Actor, need: Need): boolean {
  if (!actor.internal) return false;
  if (need === 'internal' || actor.role === 'admin') return true;
  return actor.role === need;
}
