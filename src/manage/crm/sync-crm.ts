import { addMilliseconds, subMilliseconds } from 'date-fns';
import type { Deps } from '../../deps.ts';
import { applyPage, sumOf } from './apply-page.ts';
import { type CrmAdapter, type CrmPage, CrmTrouble } from './crm-adapter.ts';
import { CRM_OBJECTS, type CrmObject } from './crm-record.ts';
import { type CrmSync, NO_TOTALS, type Round } from './crm-sync.ts';
import { type Applied, nothingApplied } from './mirror-change.ts';
import { claimSync, findSync, type SyncChange, type SyncClaim, saveSync } from './sync-repository.ts';

/** Read once more with every run: clocks differ, and a CRM's search lags behind its records. */
const OVERLAP_MS = 10 * 60_000;
/** A worker that says nothing for so long is dead. Longer than one call of a CRM, and writing what it gave, can take. */
const LEASE_MS = 2 * 60_000;
/** Pages in one go; then the job makes room and comes again. */
const MOST_PAGES = 40;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 10 * 60_000;

/** `done`: all is read. `more`: go on at once. `waits`: come again after `waitMs`. `taken`: another worker is at it. */
export type Synced = { state: 'done' | 'more' | 'taken' } | { state: 'waits'; waitMs: number; failures: number };

type Tools = Pick<Deps, 'now'> & { onPage?: () => Promise<unknown>; mostPages?: number };

/** Reads what changed in the CRM into the mirror: owners, accounts, opportunities. Each page is kept before the place behind it is, so that whoever is
 *  killed is followed by one who reads that page again, which changes nothing. One worker at a time. What a CRM turns down is noted, for people to see. */
export async function syncCrm(workspaceId: string, adapter: CrmAdapter, tools: Tools): Promise<Synced> {
  const at = tools.now();
  const claim = await claimSync(workspaceId, adapter.source, at, addMilliseconds(at, LEASE_MS));
  if (!claim) return { state: 'taken' };
  const { notBefore, failures } = claim.sync;
  if (notBefore && notBefore > at) {
    await saveSync(claim, {}, at);
    return { state: 'waits', waitMs: notBefore.getTime() - at.getTime(), failures };
  }
  try {
    const state = await readPages(claim, adapter, tools);
    if (state !== 'taken') await saveSync(claim, { problem: null, failures: 0, notBefore: null }, tools.now());
    return { state };
  } catch (error) {
    if (!(error instanceof CrmTrouble)) {
      await saveSync(claim, {}, tools.now());
      throw error;
    }
    return await noteTrouble(claim, error, tools.now());
  }
}

async function noteTrouble(claim: SyncClaim, error: CrmTrouble, at: Date): Promise<Synced> {
  const failures = claim.sync.failures + 1;
  const waitMs = error.waitMs || Math.min(FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 10), LONGEST_WAIT_MS);
  await saveSync(claim, { problem: { code: error.kind, at }, failures, notBefore: addMilliseconds(at, waitMs) }, at);
  return { state: 'waits', waitMs, failures };
}

async function readPages(claim: SyncClaim, adapter: CrmAdapter, tools: Tools): Promise<'done' | 'more' | 'taken'> {
  const { now, onPage, mostPages = MOST_PAGES } = tools;
  const { sync } = claim;
  // Nothing pending: the last run ended, and this is the next.
  let pending: CrmObject[] = sync.pending.length > 0 ? sync.pending : [...CRM_OBJECTS];
  for (let page = 0; page < mostPages; page++) {
    const [object] = pending;
    if (!object) return 'done';
    const read = await readOn(claim, adapter, object, now());
    const isEnd = read.round === null;
    if (isEnd) pending = pending.slice(1);
    sync[object] = read;
    const change: SyncChange = { [object]: read, pending };
    if (!(await saveSync(claim, change, addMilliseconds(now(), LEASE_MS)))) return 'taken';
    await onPage?.();
  }
  return pending.length === 0 ? 'done' : 'more';
}

/** Reads one page of one kind; the round is null behind the last. */
async function readOn(
  { workspaceId, source, sync }: SyncClaim,
  adapter: CrmAdapter,
  object: CrmObject,
  at: Date,
): Promise<CrmSync[CrmObject]> {
  const { watermark, round: begun, ...last } = sync[object];
  const round: Round = begun ?? {
    startedAt: at,
    since: watermark && subMilliseconds(watermark, OVERLAP_MS),
    cursor: null,
    totals: NO_TOTALS,
  };
  const page = await adapter.readPage(object, round);
  if (page.next !== null && page.next === round.cursor) throw new CrmTrouble('down', { cause: new Error('a page leads to itself') });
  const applied = await applyPage({ workspaceId, source }, object, page, { at });
  const totals = totalsWith(round, applied, { read: page.records.length, unread: page.unread.length });
  if (page.next === null) return { watermark: round.startedAt, doneAt: at, totals, round: null };
  return { ...last, watermark, round: { ...round, cursor: page.next, totals } };
}

function totalsWith({ totals }: Round, { added, changed, deleted }: Applied, { read, unread }: { read: number; unread: number }) {
  return {
    read: totals.read + read,
    added: totals.added + added,
    changed: totals.changed + changed,
    deleted: totals.deleted + deleted,
    unread: totals.unread + unread,
  };
}

/** Pages that a dry run reads of each kind; what is beyond is left to the run itself. */
const DRY_PAGES = 200;

/** What the next run would change, with the first rows; stores nothing. `isWhole` false: there is more than a dry run reads. */
export async function dryRunCrm(
  workspaceId: string,
  adapter: CrmAdapter,
  at: Date,
): Promise<{ found: Record<CrmObject, Applied>; isWhole: boolean }> {
  const sync = await findSync(workspaceId, adapter.source);
  const found = { owners: nothingApplied(), accounts: nothingApplied(), opportunities: nothingApplied() };
  let isWhole = true;
  for (const object of CRM_OBJECTS) {
    const watermark = sync?.[object].watermark ?? null;
    const since = watermark && subMilliseconds(watermark, OVERLAP_MS);
    let cursor: string | null = null;
    for (let page = 0; page < DRY_PAGES; page++) {
      const read: CrmPage<typeof object> = await adapter.readPage(object, { since, cursor });
      found[object] = sumOf(found[object], await applyPage({ workspaceId, source: adapter.source }, object, read, { at, dry: true }));
      cursor = read.next;
      if (cursor === null) break;
    }
    if (cursor !== null) isWhole = false;
  }
  return { found, isWhole };
}
