import { isDeepStrictEqual } from 'node:util';
import type mongoose from 'mongoose';
import { AccountModel, OpportunityModel, OwnerModel } from './crm-models.ts';
import { CRM_OBJECTS, CrmAccount, type CrmObject, CrmOpportunity, CrmOwner, type CrmSource, type MirrorDocument } from './crm-record.ts';
import { type Applied, type Gone, type MirrorChange, nothingApplied, ROWS_SHOWN } from './mirror-change.ts';

/** Records written in one go. */
export const BULK = 500;

type Lean = { _id: string } & Record<string, unknown>;
type Place = { workspaceId: string; source: CrmSource; object: CrmObject };

// What is used of the three is the same; their documents differ, and are checked by their own schemas as they are written.
const MODELS = { owners: OwnerModel, accounts: AccountModel, opportunities: OpportunityModel } as unknown as Record<
  CrmObject,
  mongoose.Model<Lean>
>;
const NAMES: Record<CrmObject, string> = { owners: 'name', accounts: 'name', opportunities: 'accountName' };
/** They say when something was, not what it is: alone they are no change. */
const TIMES = new Set(['changedAt', 'meetDue', 'measureDue']);

export function mirrorId({ workspaceId, source }: Omit<Place, 'object'>, sourceId: string): string {
  return `${workspaceId}:${source}:${sourceId}`;
}

/** Brings at most 500 records to what the CRM says. The same again changes nothing, and of two versions the one that the CRM changed later stands.
 *  `dry` only says what would change. `workspaceId` first, as everywhere: no record of another workspace is read or written. */
export async function saveRecords(
  workspaceId: string,
  { source, object }: Omit<Place, 'workspaceId'>,
  documents: readonly MirrorDocument[],
  { dry }: { dry: boolean },
): Promise<Applied> {
  const place = { workspaceId, source, object };
  const model = MODELS[object];
  const stored = await listStored(place, [...new Set(documents.map(({ sourceId }) => sourceId))]);
  const applied = nothingApplied();
  const writes: Parameters<typeof model.bulkWrite>[0] = [];
  for (const document of documents) {
    const _id = mirrorId(place, document.sourceId);
    const known = stored.get(_id);
    const fields = known ? differences(known, document) : [];
    if (known && fields.length === 0) {
      applied.same++;
      continue;
    }
    const kind = known ? 'changed' : 'added';
    applied[kind]++;
    const row = { object, sourceId: document.sourceId, name: String(document[NAMES[object]] || document.name), kind, fields } as const;
    if (applied.rows.length < ROWS_SHOWN) applied.rows.push(row);
    const whole = { ...document, workspaceId, source };
    if (!known) writes.push({ updateOne: { filter: { _id }, update: { $setOnInsert: { ...whole, deletedAt: null } }, upsert: true } });
    else
      writes.push({
        updateOne: { filter: { _id, changedAt: { $lte: document.changedAt } }, update: { $set: { ...whole, deletedAt: null } } },
      });
    // Of one record twice in a page, the second is compared with the first.
    stored.set(_id, { _id, ...known, ...whole, deletedAt: null });
  }
  if (writes.length > 0 && !dry) await model.bulkWrite(writes, { throwOnValidationError: true });
  return applied;
}

async function listStored(place: Place, sourceIds: readonly string[]): Promise<Map<string, Lean>> {
  const ids = sourceIds.map((sourceId) => mirrorId(place, sourceId));
  const found = await MODELS[place.object].find({ _id: { $in: ids }, workspaceId: place.workspaceId }).lean<Lean[]>();
  return new Map(found.map((document) => [document._id, document]));
}

/** Nothing where what is stored is the later version, or was deleted since. */
function differences(known: Lean, document: MirrorDocument): MirrorChange['fields'] {
  const { changedAt } = document;
  if (known.changedAt instanceof Date && known.changedAt > changedAt) return [];
  if (known.deletedAt instanceof Date && known.deletedAt >= changedAt) return [];
  const fields = Object.entries({ ...document, deletedAt: null }).filter(
    ([field, value]) => !TIMES.has(field) && !same(known[field], value),
  );
  return fields.map(([field, value]) => ({ field, old: known[field] ?? null, new: value }));
}

function same(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(a ?? null, b ?? null);
}

/** Notes what is gone from the CRM; it stays on file. One that the CRM changed after that has come back and stands. */
export async function markGone(
  workspaceId: string,
  { source, object }: Omit<Place, 'workspaceId'>,
  gone: readonly Gone[],
  { dry }: { dry: boolean },
): Promise<Applied> {
  const place = { workspaceId, source, object };
  const stored = await listStored(place, [...new Set(gone.map(({ sourceId }) => sourceId))]);
  const applied = nothingApplied();
  const writes: Parameters<mongoose.Model<Lean>['bulkWrite']>[0] = [];
  for (const { sourceId, at } of gone) {
    const known = stored.get(mirrorId(place, sourceId));
    if (!known || known.deletedAt || (known.changedAt instanceof Date && known.changedAt > at)) continue;
    applied.deleted++;
    const row = { object, sourceId, name: String(known[NAMES[object]] || known.name), kind: 'deleted' as const, fields: [] };
    if (applied.rows.length < ROWS_SHOWN) applied.rows.push(row);
    writes.push({ updateOne: { filter: { _id: known._id, deletedAt: null }, update: { $set: goneSince(object, at) } } });
    known.deletedAt = at;
  }
  if (writes.length > 0 && !dry) await MODELS[object].bulkWrite(writes, { throwOnValidationError: true });
  return applied;
}

function goneSince(object: CrmObject, at: Date) {
  return object === 'opportunities' ? { deletedAt: at, meetDue: at, measureDue: at } : { deletedAt: at };
}

function read({ _id, ...stored }: Lean) {
  return { ...stored, id: _id };
}

/** In no order; ids that are not on file are left out. */
export async function listAccounts(workspaceId: string, source: CrmSource, sourceIds: readonly string[]): Promise<CrmAccount[]> {
  const stored = await listStored({ workspaceId, source, object: 'accounts' }, sourceIds);
  return [...stored.values()].map((document) => CrmAccount.parse(read(document)));
}

/** Source ids of those of the accounts whose company was deleted on request and has not come back. */
export async function listErasedAccounts(workspaceId: string, source: CrmSource, sourceIds: readonly string[]): Promise<Set<string>> {
  const stored = await listStored({ workspaceId, source, object: 'accounts' }, sourceIds);
  const erased = [...stored.values()].filter(({ erased: isErased, deletedAt }) => isErased === true && deletedAt !== null);
  return new Set(erased.map(({ sourceId }) => String(sourceId)));
}

/** That have not been deleted in the CRM, by their match keys (`matchKeys`). */
export async function listAccountsByKeys(workspaceId: string, keys: readonly string[], limit: number): Promise<CrmAccount[]> {
  const found = await AccountModel.find({ workspaceId, keys: { $in: keys }, deletedAt: null })
    .limit(limit)
    .lean<Lean[]>();
  return found.map((document) => CrmAccount.parse(read(document)));
}

/** Null when it is not on file. */
export async function findOpportunity(workspaceId: string, source: CrmSource, sourceId: string): Promise<CrmOpportunity | null> {
  const [found] = (await listStored({ workspaceId, source, object: 'opportunities' }, [sourceId])).values();
  return found ? CrmOpportunity.parse(read(found)) : null;
}

/** By the mirror's own id; null when it is not on file, or is deleted in the CRM. */
export async function findMirrorRecord(
  workspaceId: string,
  kind: 'opportunity' | 'account',
  id: string,
): Promise<CrmOpportunity | CrmAccount | null> {
  const there = { _id: id, workspaceId, deletedAt: null };
  const found =
    kind === 'opportunity' ? await OpportunityModel.findOne(there).lean<Lean>() : await AccountModel.findOne(there).lean<Lean>();
  if (!found) return null;
  return kind === 'opportunity' ? CrmOpportunity.parse(read(found)) : CrmAccount.parse(read(found));
}

/** Those of accounts, as they are stored, some at a time. */
export async function* eachOpportunityOf(
  workspaceId: string,
  source: CrmSource,
  accountIds: readonly string[],
): AsyncGenerator<CrmOpportunity> {
  for await (const found of OpportunityModel.find({ workspaceId, source, accountId: { $in: accountIds } })
    .lean<Lean>()
    .cursor({ batchSize: 100 }))
    yield CrmOpportunity.parse(read(found));
}

/** What an opportunity takes from its account, of many at once. */
export async function saveAccountFacts(
  workspaceId: string,
  facts: readonly ({ id: string } & Partial<
    Pick<CrmOpportunity, 'accountId' | 'accountName' | 'aliases' | 'domains' | 'country' | 'city' | 'keys' | 'meetDue' | 'measureDue'>
  >)[],
): Promise<void> {
  const writes = facts.map(({ id, ...fact }) => ({ updateOne: { filter: { _id: id, workspaceId }, update: { $set: fact } } }));
  if (writes.length > 0) await OpportunityModel.bulkWrite(writes, { throwOnValidationError: true });
}

/** Ties our deal to the opportunity that it became, where that is on file already; the next page that holds it finds the deal by itself. */
export async function noteDeal(workspaceId: string, source: CrmSource, sourceId: string, dealId: string): Promise<void> {
  await OpportunityModel.updateOne({ _id: mirrorId({ workspaceId, source }, sourceId), workspaceId }, { $set: { partnerDealId: dealId } });
}

/** How many are on file and not deleted, of each kind and source. */
export async function countMirror(workspaceId: string, source: CrmSource): Promise<Record<CrmObject, number>> {
  const counts = await Promise.all(CRM_OBJECTS.map((object) => MODELS[object].countDocuments({ workspaceId, source, deletedAt: null })));
  const [owners = 0, accounts = 0, opportunities = 0] = counts;
  return { owners, accounts, opportunities };
}

/** Owners of a CRM for whom nobody in Slack is named yet come first; then by name. `total` counts all, `open` those without. */
export async function listOwners(
  workspaceId: string,
  from: number,
  count: number,
): Promise<{ owners: CrmOwner[]; total: number; open: number }> {
  const there = { workspaceId, deletedAt: null };
  const [found, total, open] = await Promise.all([
    OwnerModel.find(there).sort({ slackUserId: 1, name: 1, _id: 1 }).skip(from).limit(count).lean<Lean[]>(),
    OwnerModel.countDocuments(there),
    OwnerModel.countDocuments({ ...there, slackUserId: null }),
  ]);
  return { owners: found.map((document) => CrmOwner.parse(read(document))), total, open };
}

/** Null where the CRM has no such owner. */
export async function findOwner(workspaceId: string, source: CrmSource, sourceId: string): Promise<CrmOwner | null> {
  const [found] = (await listStored({ workspaceId, source, object: 'owners' }, [sourceId])).values();
  return found ? CrmOwner.parse(read(found)) : null;
}

/** Who in Slack an owner is; null for nobody. Gives the owner as it was; null when there is none. */
export async function nameOwner(workspaceId: string, id: string, slackUserId: string | null): Promise<CrmOwner | null> {
  const before = await OwnerModel.findOneAndUpdate({ _id: id, workspaceId }, { $set: { slackUserId } }).lean<Lean>();
  return before && CrmOwner.parse(read(before));
}
