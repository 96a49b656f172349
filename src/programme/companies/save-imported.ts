import mongoose from 'mongoose';
import type { CompanyFacts } from './company.ts';
import { CompanyModel, STAMPED, toCompany } from './company-repository.ts';
import { changedFacts, type ImportedCompany, originsOf } from './merge-facts.ts';

export type SaveResult = 'added' | 'updated' | 'unchanged';
type Operation = mongoose.AnyBulkWriteOperation;

const DUPLICATE_KEY = 11_000;
/** Each round settles every domain that nobody else inserts in that very moment. */
const MAX_ROUNDS = 10;

/**
 * Writes facts of different domains, one result each, in order. A known company only gets the facts that changed, with their origins; its
 * decision is never touched and `updatedAt` moves only with a change. A domain somebody else inserts meanwhile is updated instead.
 */
export async function saveImported(workspaceId: string, batch: ImportedCompany[], at: Date): Promise<SaveResult[]> {
  const results = new Map<string, SaveResult>();
  let open = batch;
  for (let round = 0; open.length > 0; round++) {
    if (round === MAX_ROUNDS) throw new Error('companies keep changing while they are imported');
    const settled = await saveRound(workspaceId, open, at);
    for (const [domain, result] of settled) results.set(domain, result);
    open = open.filter(({ domain }) => !settled.has(domain));
  }
  return batch.map(({ domain }) => results.get(domain) ?? 'unchanged');
}

async function saveRound(workspaceId: string, batch: ImportedCompany[], at: Date): Promise<Map<string, SaveResult>> {
  const stored = await CompanyModel.find({ workspaceId, domain: { $in: batch.map(({ domain }) => domain) } }).lean();
  const known = new Map(stored.map((document) => [document.domain, toCompany(document)]));
  const settled = new Map<string, SaveResult>();
  const operations: Operation[] = [];
  const inserted: (string | null)[] = [];
  for (const imported of batch) {
    const company = known.get(imported.domain);
    const changed = company && changedFacts(company, imported.facts);
    if (changed && Object.keys(changed).length === 0) {
      settled.set(imported.domain, 'unchanged');
      continue;
    }
    if (changed) settled.set(imported.domain, 'updated');
    operations.push(changed ? update(workspaceId, imported, changed, at) : insert(workspaceId, imported, at));
    inserted.push(changed ? null : imported.domain);
  }
  if (operations.length === 0) return settled;
  for (const index of await writeAll(operations)) {
    const domain = inserted[index];
    if (domain) settled.set(domain, 'added');
  }
  return settled;
}

/**
 * Runs every operation; returns the indexes of those that inserted. One that lost a race for its domain is not among them: the server
 * finds the winner's document and changes nothing, or, where it cannot try again by itself, answers with a duplicate key.
 */
async function writeAll(operations: Operation[]): Promise<number[]> {
  try {
    const done = await CompanyModel.bulkWrite(operations, { ordered: false, throwOnValidationError: true, timestamps: false });
    return Object.keys(done.upsertedIds).map(Number);
  } catch (error) {
    if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) throw error;
    const failures = [error.writeErrors].flat();
    if (failures.length === 0 || failures.some((failure) => failure.code !== DUPLICATE_KEY)) throw error;
    return Object.keys(error.upsertedIds).map(Number);
  }
}

function insert(workspaceId: string, { domain, facts, origin, origins }: ImportedCompany, at: Date): Operation {
  const company = { ...facts, name: facts.name || domain, origin, origins, decision: null, createdAt: at, updatedAt: at };
  return { updateOne: { filter: { workspaceId, domain }, update: { $setOnInsert: company, ...STAMPED }, upsert: true } };
}

function update(workspaceId: string, imported: ImportedCompany, changed: Partial<CompanyFacts>, at: Date): Operation {
  const origins = Object.fromEntries(Object.entries(originsOf(changed, imported)).map(([fact, origin]) => [`origins.${fact}`, origin]));
  const update = { $set: { ...changed, ...origins, updatedAt: at }, ...STAMPED };
  return { updateOne: { filter: { workspaceId, domain: imported.domain }, update } };
}
