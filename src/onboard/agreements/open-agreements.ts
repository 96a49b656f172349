import type { Partner } from '../partners/partner.ts';
import { eachPartnerRecord } from '../partners/partner-repository.ts';
import { listAllAcceptances } from './acceptance-repository.ts';
import { getVersion, listVersions } from './agreement-repository.ts';
import { type Acceptance, type AgreementState, type AgreementVersion, agreementStates } from './agreement-version.ts';

const DAY_MS = 86_400_000;
/** How long before its day an open agreement is mentioned once more. */
const SOON_DAYS = 7;
/** After that an overdue one is nobody's news any more. */
export const OVER_DAYS = 14;

/** Who accepted a version, newest first, and who of those it holds for has not. */
export type Overview = { version: AgreementVersion; accepted: Acceptance[]; open: (AgreementState & { partner: Partner })[] };

/** Refuses `agreement-unknown`. */
export async function agreementOverview(workspaceId: string, versionId: string): Promise<Overview> {
  const [version, versions, acceptances] = await Promise.all([
    getVersion(workspaceId, versionId),
    listVersions(workspaceId),
    listAllAcceptances(workspaceId),
  ]);
  const byPartner = grouped(acceptances, 'partnerId');
  const open: Overview['open'] = [];
  for await (const partner of eachPartnerRecord(workspaceId, {})) {
    const states = agreementStates(versions, partner.types, byPartner.get(partner.id) ?? []);
    const theirs = states.filter((state) => state.version.id === versionId && !state.acceptance);
    open.push(...theirs.map((state) => ({ ...state, partner })));
  }
  return { version, accepted: acceptances.filter((one) => one.versionId === versionId), open };
}

/** How many accepted each version, by its id. */
export async function countAcceptances(workspaceId: string): Promise<Map<string, number>> {
  const acceptances = await listAllAcceptances(workspaceId);
  return new Map([...grouped(acceptances, 'versionId')].map(([id, of]) => [id, of.length]));
}

function grouped(acceptances: readonly Acceptance[], by: 'partnerId' | 'versionId'): Map<string, Acceptance[]> {
  const groups = new Map<string, Acceptance[]>();
  for (const one of acceptances) groups.set(one[by], [...(groups.get(one[by]) ?? []), one]);
  return groups;
}

/** How far the time to accept has run: `asked` from the start, `soon` in the last week, `over` from the day on; and since when that is so. */
export type AskStage = { stage: 'asked' | 'soon' | 'over'; since: Date };

export function askStage({ createdAt, askBy }: Pick<AgreementVersion, 'createdAt' | 'askBy'>, at: Date): AskStage {
  const soonFrom = askBy && new Date(askBy.getTime() - SOON_DAYS * DAY_MS);
  if (askBy && askBy <= at) return { stage: 'over', since: askBy };
  if (soonFrom && soonFrom <= at && soonFrom > createdAt) return { stage: 'soon', since: soonFrom };
  return { stage: 'asked', since: createdAt };
}
