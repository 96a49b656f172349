import { completeFound, followAccounts, moveOpportunities } from './complete-found.ts';
import type { CrmPage } from './crm-adapter.ts';
import type { CrmObject, CrmSource } from './crm-record.ts';
import { withoutErased } from './leave-out-erased.ts';
import { type Applied, type Gone, nothingApplied, ROWS_SHOWN } from './mirror-change.ts';
import { BULK, markGone, saveRecords } from './mirror-repository.ts';
import { movePushes } from './push-repository.ts';

type Whose = { workspaceId: string; source: CrmSource };

/** Brings the mirror to what one page of the CRM says; at most 500 records in one write. May be repeated, and be broken off anywhere. With `dry` it
 *  writes nothing and only says what it would do. */
export async function applyPage<O extends CrmObject>(
  whose: Whose,
  object: O,
  { records, deleted, merged }: Pick<CrmPage<O>, 'records' | 'deleted' | 'merged'>,
  { at, dry = false }: { at: Date; dry?: boolean },
): Promise<Applied> {
  const { workspaceId, source } = whose;
  const place = { source, object };
  let applied = nothingApplied();
  // First, so that the one that stays finds our deal when it is saved.
  for (const { from, into } of dry ? [] : merged) {
    if (object === 'accounts') {
      await moveOpportunities(whose, from, into);
      await followAccounts(whose, [into], at);
    }
    if (object === 'opportunities') await movePushes(workspaceId, source, from, into);
  }
  for (let from = 0; from < records.length; from += BULK) {
    const some = await withoutErased(whose, object, records.slice(from, from + BULK));
    applied = sumOf(applied, await saveRecords(workspaceId, place, await completeFound(whose, object, some, at), { dry }));
    if (object !== 'accounts' || dry) continue;
    await followAccounts(
      whose,
      some.map(({ sourceId }) => sourceId),
      at,
    );
  }
  const gone: Gone[] = [...deleted, ...merged.map(({ from, at: since }) => ({ sourceId: from, at: since }))];
  for (let from = 0; from < gone.length; from += BULK)
    applied = sumOf(applied, await markGone(workspaceId, place, gone.slice(from, from + BULK), { dry }));
  return applied;
}

export function sumOf(a: Applied, b: Applied): Applied {
  return {
    added: a.added + b.added,
    changed: a.changed + b.changed,
    deleted: a.deleted + b.deleted,
    same: a.same + b.same,
    rows: [...a.rows, ...b.rows].slice(0, ROWS_SHOWN),
  };
}
