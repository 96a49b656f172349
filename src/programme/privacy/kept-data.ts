import type { Collection } from 'mongoose';
import { createPause } from '../../platform/slices.ts';
import { isTheirAddress, isTheirEntry, type Whom, withoutThem } from './whom.ts';

/** What is kept of people and companies, as it is counted and exported. */
export const KEPT_KINDS = [
  'company',
  'partner',
  'deal',
  'sale',
  'crm',
  'payment',
  'acceptance',
  'attempt',
  'checklist',
  'invitation',
  'channel',
  'contact',
  'silence',
  'setting',
  'website',
  'research',
  'review',
  'digest',
  'draft',
  'sent',
  'thread',
  'reply',
  'bytes',
  'link',
  'style',
  'audit',
] as const;
export type KeptKind = (typeof KEPT_KINDS)[number];

/** A stored document as the driver gives it. */
export type Stored = { _id: unknown } & Record<string, unknown>;

/** One record about somebody (`isTheirs`), or of somebody else and naming them. `subject` as the audit log names it. `shown` is what an export
 *  gives out: the whole of what is theirs, of all else only the passages. `userIds`: what it says that they act under. */
export type KeptRecord = {
  kind: KeptKind;
  subject: string;
  isTheirs: boolean;
  userIds?: readonly string[];
  stored: Stored;
  shown: unknown;
};

export type Erased = { found: number; changed: number };

/** What one collection keeps of people and companies; each stage names its own. */
export type PersonalData = {
  collection: string;
  find: (whom: Whom) => AsyncIterable<KeptRecord>;
  /** `named`: takes them out of what only names them. `theirs`: deletes or empties what is about them. How many records there were, and how many
   *  changed. Safe to repeat and to break off. */
  erase: (whom: Whom, which: 'named' | 'theirs') => Promise<Erased>;
};

type Kept = {
  model: { collection: Collection };
  /** One of them, as the audit log and the posts name it: `draft`. */
  noun: string;
  kind: KeptKind | ((stored: Stored) => KeptKind);
  /** Of one workspace. */
  ours?: (whom: Whom) => Record<string, unknown>;
  isTheirs?: (stored: Stored, whom: Whom) => boolean;
  /** What stays of a record of theirs, by path; null deletes it. Without this, it is deleted. */
  emptied?: (stored: Stored, whom: Whom) => Record<string, unknown> | null;
  /** What they act under, where a record says it. */
  userIdsIn?: (stored: Stored, whom: Whom) => string[];
  /** What comes in the place of their name where they did something under one of `whom.userIds`, by path. */
  signed?: (stored: Stored, whom: Whom) => Record<string, string | undefined>;
  /** Paths of lists whose entries are companies' names or domains: an entry that is theirs goes as a whole. */
  lists?: RegExp;
  /** State that must still hold when it is deleted or emptied. */
  seen?: (stored: Stored) => Record<string, unknown>;
  /** Part of every write. */
  also?: object;
};

/** No company is left whose stage could follow. */
const NO_STAGE = { $unset: { stageDue: '' } };
/** How many documents are read at once: between them others have their turn. */
const BATCH = 100;

export function keptData(kept: Kept): PersonalData {
  const { collection } = kept.model;
  return { collection: collection.name, find: (whom) => findKept(kept, whom), erase: (whom, which) => eraseKept(kept, whom, which) };
}

async function* findKept(kept: Kept, whom: Whom): AsyncGenerator<KeptRecord> {
  const { model, noun, kind, ours, isTheirs } = kept;
  const filter = ours?.(whom) ?? { workspaceId: whom.workspaceId };
  const pause = createPause();
  for await (const found of model.collection.find(filter).batchSize(BATCH)) {
    const wait = pause();
    if (wait) await wait;
    const stored: Stored = found;
    const one = {
      kind: typeof kind === 'string' ? kind : kind(stored),
      subject: `${noun}:${String(stored._id)}`,
      userIds: kept.userIdsIn?.(stored, whom) ?? [],
      stored,
    };
    if (isTheirs?.(stored, whom)) yield { ...one, isTheirs: true, shown: stored };
    else {
      const changes = changesIn(stored, whom, kept);
      if (changes.size > 0) yield { ...one, isTheirs: false, shown: passagesOf(stored, changes) };
    }
  }
}

async function eraseKept(kept: Kept, whom: Whom, which: 'named' | 'theirs'): Promise<Erased> {
  const erased = { found: 0, changed: 0 };
  for await (const { isTheirs, stored } of findKept(kept, whom)) {
    if (isTheirs !== (which === 'theirs')) continue;
    erased.found++;
    erased.changed += isTheirs ? await eraseTheirs(kept, stored, whom) : await redact(kept, stored, whom);
  }
  return erased;
}

async function eraseTheirs({ model: { collection }, emptied, seen, also }: Kept, stored: Stored, whom: Whom): Promise<number> {
  // The driver's type knows of object ids alone.
  const filter = { _id: stored._id, ...seen?.(stored) } as object;
  const left = emptied?.(stored, whom) ?? null;
  if (!left) return (await collection.deleteOne(filter)).deletedCount;
  // What waits to be moved to the audit log still gets there, as empty as what is there.
  const trail = Array.isArray(stored.trail) ? stored.trail.map((entry: object) => ({ ...entry, before: null, after: null })) : [];
  const $set = { ...left, ...(trail.length > 0 ? { trail } : {}) };
  return (await collection.updateOne(filter, { $set, ...(whom.key.kind === 'company' ? NO_STAGE : {}), ...also })).matchedCount;
}

/** Each text and each list is replaced only where it still is what was read: of two who change a document, neither undoes the other. */
async function redact(kept: Kept, stored: Stored, whom: Whom): Promise<number> {
  const { collection } = kept.model;
  const changes = [...changesIn(stored, whom, kept)];
  const filter = { _id: stored._id, ...Object.fromEntries(changes.map(([path, { from }]) => [path, from])) } as object; // as above
  const $set = Object.fromEntries(changes.map(([path, { to }]) => [path, to]));
  return (await collection.updateOne(filter, { $set, ...kept.also })).matchedCount;
}

/** What stood there, what goes of it where it is a list, and what comes in its place. */
type Changes = Map<string, { from: unknown; goes: unknown; to: unknown }>;

/** What has to change in a document for it to name them no more, by path. Elements of lists that are about their company go as a whole. */
function changesIn(stored: Stored, whom: Whom, { lists, signed }: Pick<Kept, 'lists' | 'signed'>): Changes {
  const changes: Changes = new Map();
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string') {
      const to = withoutThem(value, whom);
      if (to !== value) changes.set(path, { from: value, goes: value, to });
    } else if (Array.isArray(value)) {
      const isTheirs = (one: unknown) =>
        typeof one === 'string' ? lists?.test(path) === true && isTheirEntry(one, whom) : isTheirElement(one, whom);
      const goes = value.filter(isTheirs);
      if (goes.length > 0) changes.set(path, { from: value, goes, to: value.filter((one) => !goes.includes(one)) });
      else for (const [index, one] of value.entries()) walk(one, `${path}.${index}`);
    } else if (isPlain(value)) {
      for (const [key, one] of Object.entries(value)) walk(one, path ? `${path}.${key}` : key);
    }
  };
  const { _id, ...rest } = stored;
  walk(rest, '');
  for (const [path, to] of Object.entries(signed?.(stored, whom) ?? {})) {
    const from = path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], stored); // the path is the record's own
    if (typeof from === 'string' && to !== undefined && from !== to) changes.set(path, { from, goes: from, to });
  }
  return changes;
}

/** Somebody in a list of people by their address; what is about their company. */
function isTheirElement(value: unknown, whom: Whom): boolean {
  const { key, companyIds } = whom;
  if (!isPlain(value)) return false;
  if (typeof value.email === 'string' && isTheirAddress(whom, value.email)) return true;
  if (key.kind !== 'company') return false;
  return value.domain === key.value || (typeof value.companyId === 'string' && companyIds.includes(value.companyId));
}

/** No date, no bytes, no id. */
function isPlain(value: unknown): value is Record<string, unknown> {
  return (
    Object.prototype.toString.call(value) === '[object Object]' && typeof value === 'object' && value !== null && !('_bsontype' in value)
  );
}

function passagesOf({ _id }: Stored, changes: Changes): unknown {
  return { _id, passages: Object.fromEntries([...changes].map(([path, { goes }]) => [path, goes])) };
}
