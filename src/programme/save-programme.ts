import { auditEntry } from '../audit/audit.ts';
import { authorise } from '../workspaces/authorise.ts';
import type { Actor } from '../workspaces/role.ts';
import { nextDigestAt } from './digest-clock.ts';
import type { Programme, SetupStep } from './programme.ts';
import { getProgramme, saveProgrammePart, setNextDigest } from './programme-repository.ts';

/** Saves one part of the set-up and records what changed. Refuses `role-needed` to anyone but an admin. */
export async function saveProgramme<Step extends SetupStep>(
  actor: Actor,
  step: Step,
  part: NonNullable<Programme[Step]>,
  at: Date,
): Promise<Programme> {
  const { workspaceId } = actor;
  const subject = `programme:${step}`;
  await authorise(actor, 'admin', { action: 'programme.save', subject, at });
  const before = await getProgramme(workspaceId);
  const entry = auditEntry({ workspaceId, by: actor.userId, at, action: 'programme.save', subject, before: before[step], after: part });
  const saved = await saveProgrammePart(workspaceId, step, part, entry);
  if (step !== 'digest' || !saved.digest) return saved;
  const next = nextDigestAt(saved.digest, at);
  await setNextDigest(workspaceId, next);
  return { ...saved, nextDigestAt: next };
}
