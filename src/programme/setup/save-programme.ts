import { auditEntry } from '../audit/audit.ts';
import { authorise } from '../workspaces/authorise.ts';
import type { Actor } from '../workspaces/role.ts';
import { digestDueDay, nextDigestAt } from './digest-clock.ts';
import { DigestSettings, type Programme, type SetupStep } from './programme.ts';
import { getProgramme, saveProgrammePart } from './programme-repository.ts';

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
  const settings = step === 'digest' ? DigestSettings.parse(part) : before.digest;
  return saveProgrammePart(workspaceId, step, part, settings && nextDigest(before, settings, at), entry);
}

/** A digest that is due and not yet posted stays due, whatever is saved in that minute. */
function nextDigest(before: Programme, settings: DigestSettings, at: Date): Date {
  const { nextDigestAt: planned, digest } = before;
  const isDue = planned !== null && planned <= at && digest !== null && digestDueDay(digest, at) !== null;
  return isDue ? planned : nextDigestAt(settings, at);
}
