import { Refusal } from '../../errors.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { demandPartner } from '../partners/demand-partner.ts';
import type { Partner } from '../partners/partner.ts';
import { listAcceptances } from './acceptance-repository.ts';
import { getTerms, getVersion, listVersions } from './agreement-repository.ts';
import { type AgreementState, type AgreementVersion, agreementStates, versionsFor } from './agreement-version.ts';

/** What somebody of a partner sees: their own agreements and no other. Refuses `partner-only` and `partner-ended`. */
export async function myAgreements(actor: Actor): Promise<AgreementState[]> {
  return agreementsOf(await demandPartner(actor));
}

/** How things stand between a partner and each version in force for it, newest first. */
export async function agreementsOf({ workspaceId, id, types }: Pick<Partner, 'workspaceId' | 'id' | 'types'>): Promise<AgreementState[]> {
  const [versions, acceptances] = await Promise.all([listVersions(workspaceId), listAcceptances(workspaceId, id)]);
  return agreementStates(versions, types, acceptances);
}

/** A version that somebody of a partner wants to read: one in force for them, or one they accepted. Refuses `partner-only`, `partner-ended` and
 *  `agreement-unknown`. */
export async function readableVersion(actor: Actor, versionId: string): Promise<AgreementVersion> {
  const partner = await demandPartner(actor);
  const [versions, acceptances] = await Promise.all([listVersions(actor.workspaceId), listAcceptances(actor.workspaceId, partner.id)]);
  const isTheirs = versionsFor(versions, partner.types).some(({ id }) => id === versionId);
  if (!isTheirs && !acceptances.some((one) => one.versionId === versionId)) throw new Refusal('agreement-unknown');
  return getVersion(actor.workspaceId, versionId);
}

/** The exact bytes of a version: for an admin of any, for somebody of a partner as `readableVersion` has it. Refuses what it refuses, and
 *  `role-needed` and `internal-only`, which are recorded. */
export async function termsFile(actor: Actor, versionId: string, at: Date): Promise<{ name: string; bytes: Buffer }> {
  const { workspaceId, kind } = actor;
  if (kind !== 'partner') await authorise(actor, 'admin', { action: 'agreement.read', subject: `agreement:${versionId}`, at });
  const { fileName } = kind === 'partner' ? await readableVersion(actor, versionId) : await getVersion(workspaceId, versionId);
  return { name: fileName, bytes: await getTerms(workspaceId, versionId) };
}

/** Whether nothing is left to accept of what there is: then onboarding goes on. */
export function isSettled(states: readonly AgreementState[]): boolean {
  return states.length > 0 && states.every(({ isAsked }) => !isAsked);
}
