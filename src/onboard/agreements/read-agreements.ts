import { Refusal } from '../../errors.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { demandPartner } from '../partners/demand-partner.ts';
import type { Partner } from '../partners/partner.ts';
import { listAcceptances } from './acceptance-repository.ts';
import { getVersion, listVersions } from './agreement-repository.ts';
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

/** Whether nothing is left to accept of what there is: then onboarding goes on. */
export function isSettled(states: readonly AgreementState[]): boolean {
  return states.length > 0 && states.every(({ isAsked }) => !isAsked);
}
