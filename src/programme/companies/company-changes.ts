import { listAudit } from '../audit/audit-repository.ts';
import { CompanyModel } from './company-repository.ts';

/** A stored company as the database gives it, not yet checked. */
export type StoredCompany = { _id: unknown } & Record<string, unknown>;

/** How far somebody has read the companies of a workspace. Nothing is read yet at the beginning, and again when what was read is gone. */
export type ReadSoFar = {
  /** The server's time of the newest change that was read; null where nothing bears one. */
  until: Date | null;
  /** State of each company that changed shortly before `until`: a change may be seen a moment after a later one. */
  recent: Map<string, { at: number; state: string }>;
  /** Moment on our own clock since which nothing newer was seen; once that is long enough ago, nothing older than `until` is to come. */
  quietSince: number;
  isSettled: boolean;
  /** One that was read. When it is there no more, others may be gone too, and all are read anew. */
  witness: string | null;
  /** The last deletion of a company that was known when all were read; null for none. */
  deletion: string | null;
};

/** Written to the audit log once a company is deleted: every process that keeps companies in mind reads all anew. */
export const COMPANY_DELETED = { action: 'company.deleted', subject: 'company:deleted' } as const;

export function nothingRead(): ReadSoFar {
  return { until: null, recent: new Map(), quietSince: performance.now(), isSettled: false, witness: null, deletion: null };
}

/** Read at once: more would keep Slack waiting for its acknowledgement meanwhile. */
const PAGE = 100;
/** Changes are told by their time alone in pages of this size. */
const TOLD = 500;
/** Far more pages than any workspace has companies for; a reading that takes more is at fault and ends with an error, not with a part. */
const MOST_PAGES = 1_000_000;
/** A write is seen no later than this after the moment it bears; servers' clocks agree as well as that. */
const LATE_MS = 5_000;
const STAMP = { changedAt: 1, updatedAt: 1, 'decision.at': 1 } as const;

/** What is new since the last time, in batches: at first every company. `anew` means that nothing of what was read before counts. A
 *  company that changed is in a batch at least once; one that did not may be. `fields`: those that are read; else all but the trail.
 *  After an error the next time reads what is missing. */
export async function* readChanges(
  workspaceId: string,
  readSoFar: ReadSoFar,
  fields: Record<string, 0 | 1> = { trail: 0 },
): AsyncGenerator<{ anew: boolean; companies: StoredCompany[] }> {
  const [isSame, [deleted]] = await Promise.all([isThere(workspaceId, readSoFar.witness), listAudit(workspaceId, COMPANY_DELETED, 1)]);
  const deletion = deleted?.id ?? null;
  if (isSame && readSoFar.deletion === deletion) yield* changedSince(workspaceId, readSoFar, fields);
  else yield* everything(workspaceId, { readSoFar, deletion }, fields);
}

async function isThere(workspaceId: string, id: string | null): Promise<boolean> {
  return id !== null && (await CompanyModel.exists({ _id: id, workspaceId })) !== null;
}

async function* everything(
  workspaceId: string,
  { readSoFar, deletion }: { readSoFar: ReadSoFar; deletion: string | null },
  fields: Record<string, 0 | 1>,
) {
  Object.assign(readSoFar, nothingRead(), { deletion });
  const wanted = 'trail' in fields ? fields : { ...fields, domain: 1, ...STAMP };
  let anew = true;
  let after = '';
  let first: string | null = null;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const companies: StoredCompany[] = await CompanyModel.find({ workspaceId, domain: { $gt: after } }, wanted)
      .sort({ domain: 1 })
      .limit(PAGE)
      .lean();
    const isLast = companies.length < PAGE;
    // What changes while the pages are read is read once more, so the newest change before them counts.
    if (anew && !isLast) readSoFar.until = await newestChange(workspaceId);
    if (anew && isLast) moveOn(readSoFar, companies);
    noteAll(readSoFar, companies);
    yield { anew, companies };
    first ??= companies[0] ? String(companies[0]._id) : null;
    // Only when all are read: after an error in between the next time begins again.
    if (isLast) readSoFar.witness = first;
    if (isLast) return;
    anew = false;
    after = String(companies.at(-1)?.domain);
  }
  throw new Error('a workspace with more companies than can be');
}

async function newestChange(workspaceId: string): Promise<Date | null> {
  const newest = await CompanyModel.findOne({ workspaceId }, { changedAt: 1 }).sort({ changedAt: -1 }).lean();
  return newest?.changedAt ?? null;
}

async function* changedSince(workspaceId: string, readSoFar: ReadSoFar, fields: Record<string, 0 | 1>) {
  const began = performance.now();
  const until = readSoFar.until?.getTime() ?? 0;
  let since: { $gt: Date } | { $gte: Date } = readSoFar.isSettled ? { $gt: new Date(until) } : { $gte: new Date(until - LATE_MS) };
  let limit = TOLD;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const told: StoredCompany[] = await CompanyModel.find({ workspaceId, changedAt: since }, STAMP)
      .sort({ changedAt: 1 })
      .limit(limit)
      .lean();
    const unread = told.filter((one) => readSoFar.recent.get(String(one._id))?.state !== stateOf(one));
    for (let first = 0; first < unread.length; first += PAGE) {
      const batch = unread.slice(first, first + PAGE);
      const companies: StoredCompany[] = await CompanyModel.find({ workspaceId, _id: { $in: batch.map(({ _id }) => _id) } }, fields).lean();
      yield { anew: false, companies };
      moveOn(readSoFar, batch);
      noteAll(readSoFar, batch);
    }
    if (told.length < limit) return settle(readSoFar, began);
    // Many at the same instant: as many more must be asked for.
    const [first, last] = [changedAt(told[0]), changedAt(told.at(-1))];
    if (last === first) limit *= 2;
    since = { $gte: new Date(last) };
  }
  throw new Error('more changes than can be');
}

/** The newest change among those read. */
function moveOn(readSoFar: ReadSoFar, stored: readonly StoredCompany[]): void {
  const newest = Math.max(0, ...stored.map(changedAt));
  if (newest <= (readSoFar.until?.getTime() ?? 0)) return;
  Object.assign(readSoFar, { until: new Date(newest), quietSince: performance.now(), isSettled: false });
}

/** Remembers those that will be told of again. */
function noteAll({ until, recent }: ReadSoFar, stored: readonly StoredCompany[]): void {
  const oldest = (until?.getTime() ?? 0) - LATE_MS;
  for (const one of stored) {
    const at = changedAt(one);
    if (at >= oldest && at > 0) recent.set(String(one._id), { at, state: stateOf(one) });
  }
}

/** After a look that began when all late changes must have been there, only newer ones are asked for. */
function settle(readSoFar: ReadSoFar, began: number): void {
  if (began - readSoFar.quietSince > LATE_MS) {
    readSoFar.isSettled = true;
    readSoFar.recent.clear();
  }
  const oldest = (readSoFar.until?.getTime() ?? 0) - LATE_MS;
  for (const [id, { at }] of readSoFar.recent) if (at < oldest) readSoFar.recent.delete(id);
}

function stateOf(stored: StoredCompany): string {
  const { updatedAt, decision } = stored as { updatedAt?: unknown; decision?: { at?: unknown } | null }; // compared, not used
  return `${changedAt(stored)} ${Number(updatedAt)} ${Number(decision?.at ?? 0)}`;
}

function changedAt(stored: StoredCompany | undefined): number {
  return stored?.changedAt instanceof Date ? stored.changedAt.getTime() : 0;
}

/** `run`, one at a time: who asks while it runs waits for the next run, and shares that with all others who wait. What was written before
 *  the question is therefore always seen. */
export function shareRuns(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const start = (): Promise<void> => {
    const current = run().finally(() => {
      running = null;
    });
    running = current;
    return current;
  };
  return () => {
    // Also in the moment after the running one has ended, before this begins: a second beside it would work on the same state.
    if (next) return next;
    if (!running) return start();
    next = running
      .catch(() => {})
      .then(() => {
        next = null;
        return start();
      });
    return next;
  };
}
