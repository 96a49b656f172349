import type { Deps } from '../../deps.ts';
import { crmOf } from './connect-crm.ts';
import { CRM_SOURCES } from './crm-record.ts';
import { countMirror, listOwners } from './mirror-repository.ts';
import { listPushTroubles } from './push-repository.ts';
import { findSync } from './sync-repository.ts';

/** Deals that are named one by one. */
const TROUBLES_SHOWN = 10;
const UNKNOWN_SHOWN = 5;

/** How it stands between a workspace and its CRM: what is connected, what was read from where, and what needs a look. */
export async function readStanding(workspaceId: string, deps: Pick<Deps, 'crm'>) {
  const [adapter, troubles, { owners: first, total: owners, open: openOwners }] = await Promise.all([
    crmOf(workspaceId, deps),
    listPushTroubles(workspaceId, TROUBLES_SHOWN),
    listOwners(workspaceId, 0, UNKNOWN_SHOWN),
  ]);
  const all = await Promise.all(
    CRM_SOURCES.map(async (source) => ({
      source,
      sync: await findSync(workspaceId, source),
      counts: await countMirror(workspaceId, source),
    })),
  );
  // What is on file of a CRM that is not connected any more is shown for as long as it is there.
  const sources = all.filter(({ source, sync }) => sync || source === adapter?.source);
  return {
    connected: adapter?.source ?? null,
    sources,
    troubles,
    owners,
    openOwners,
    unknown: first.filter(({ slackUserId }) => !slackUserId),
  };
}
