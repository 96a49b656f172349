import mongoose from 'mongoose';
import { z } from 'zod';
import { isDuplicateKey, Refusal } from '../../errors.ts';
import { inRounds } from '../../platform/in-rounds.ts';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { settleTrail } from '../../programme/audit/audit-repository.ts';
import { keptData } from '../../programme/privacy/kept-data.ts';
import { isTheirAddress, type Whom } from '../../programme/privacy/whom.ts';
import { PartnerType } from '../../programme/setup/programme.ts';
import { nameKeyOf, type Partner, type PartnerStatus } from './partner.ts';
import { KEEP_OUT_DUE, PartnerModel, toPartner } from './partner-model.ts';
import { userIdOfContact } from './person-of.ts';

/** A partner before it is stored. */
export type NewPartner = Omit<Partner, 'id' | 'rev'>;
/** What may change of one. */
export type PartnerChange = Partial<Omit<NewPartner, 'workspaceId' | 'createdAt' | 'createdBy'>>;

/** Refuses `partner-exists` when its name or one of its domains belongs to another partner. */
export async function insertPartner(partner: NewPartner, entry: (id: string) => AuditEntry): Promise<Partner> {
  const _id = new mongoose.Types.ObjectId();
  const added = entry(String(_id));
  const document = { ...partner, _id, nameKey: nameKeyOf(partner.name), keepOutDue: added.id, keepOutBy: added.by, rev: 1, trail: [added] };
  try {
    await PartnerModel.create(document);
  } catch (error) {
    throw await asTaken(error, { workspaceId: partner.workspaceId }, partner);
  }
  await settleTrail(PartnerModel, { _id });
  return getPartner(partner.workspaceId, String(_id));
}

/** Refuses `partner-unknown`. */
export async function getPartner(workspaceId: string, id: string): Promise<Partner> {
  const stored = mongoose.isObjectIdOrHexString(id) ? await PartnerModel.findOne({ _id: id, workspaceId }).lean() : null;
  if (!stored) throw new Refusal('partner-unknown');
  return toPartner(stored);
}

/** In the order of `ids`; ids the workspace does not have are left out. */
export async function listPartnersByIds(workspaceId: string, ids: readonly string[]): Promise<Partner[]> {
  const known = ids.filter((id) => mongoose.isObjectIdOrHexString(id));
  const stored = await PartnerModel.find({ workspaceId, _id: { $in: known } }).lean();
  const byId = new Map(stored.map((document) => [String(document._id), toPartner(document)]));
  return [...new Set(known)].flatMap((id) => byId.get(id) ?? []);
}

/** What a report of many partners says of each. */
export type PartnerBrief = Pick<Partner, 'id' | 'name' | 'types' | 'tier'>;

/** As `listPartnersByIds`, without all else that is on file of them. */
export async function listPartnerBriefs(workspaceId: string, ids: readonly string[]): Promise<PartnerBrief[]> {
  const known = ids.filter((id) => mongoose.isObjectIdOrHexString(id));
  const stored = await PartnerModel.find({ workspaceId, _id: { $in: known } }, { name: 1, types: 1, tier: 1 }).lean();
  return stored.map(({ _id, name, types, tier }) => ({ id: String(_id), name, types: types ?? [], tier: tier ?? '' }));
}

/** `domain` as `registrableDomain` gives it. */
export async function findPartnerByDomain(workspaceId: string, domain: string): Promise<Partner | null> {
  const stored = await PartnerModel.findOne({ workspaceId, domains: domain }).lean();
  return stored && toPartner(stored);
}

/** Of all workspaces, where this address belongs to somebody who works there, while the partnership lasts: for a person outside who asks for the way
 *  in, and hears nothing but through that mailbox. `email` as `contactAddress` gives it. */
export async function listPagesOfAddress(email: string): Promise<{ workspaceId: string; partnerId: string; contactId: string }[]> {
  const found = await PartnerModel.find({ status: { $ne: 'ended' }, 'people.email': email })
    .limit(20)
    .lean();
  return found
    .map(toPartner)
    .flatMap(({ workspaceId, id, people }) =>
      people.flatMap((one) => (one.email === email && !one.leftAt ? [{ workspaceId, partnerId: id, contactId: one.id }] : [])),
    );
}

/** By the partner's own Slack workspace. */
export async function findPartnerByTeam(workspaceId: string, teamId: string): Promise<Partner | null> {
  const stored = await PartnerModel.findOne({ workspaceId, teamIds: teamId }).lean();
  return stored && toPartner(stored);
}

/** The partners whose own channel this is, oldest first: usually one. */
export async function listPartnersIn(workspaceId: string, channel: string): Promise<Partner[]> {
  const stored = await PartnerModel.find({ workspaceId, channel }).sort({ createdAt: 1, _id: 1 }).lean();
  return stored.map(toPartner);
}

/** By name, other name or domain, in any spelling of `nameKeyOf`; the exact one first, then those that begin so. At most `limit`. */
export async function findPartnersByName(workspaceId: string, words: string, limit: number): Promise<Partner[]> {
  const key = nameKeyOf(words);
  if (key === '') return [];
  const exact = { workspaceId, $or: [{ nameKey: key }, { domains: words.trim().toLowerCase() }, { aliases: words.trim() }] };
  const stored = await PartnerModel.find(exact).limit(limit).lean();
  if (stored.length > 0) return stored.map(toPartner);
  const near = await PartnerModel.find({ workspaceId, nameKey: { $gte: key, $lt: `${key}\uffff` } })
    .sort({ nameKey: 1 })
    .limit(limit)
    .lean();
  return near.map(toPartner);
}

/** The one partner that somebody means by these words, as `findPartnersByName` finds it. Refuses `partner-unknown` where there is none, or several:
 *  nothing is done for one of them by chance. */
export async function getPartnerNamed(workspaceId: string, words: string): Promise<Partner> {
  const [partner, ...others] = await findPartnersByName(workspaceId, words, 2);
  if (!partner || others.length > 0) throw new Refusal('partner-unknown', { name: words, several: others.length });
  return partner;
}

/** Every domain that a record has, ended ones too. */
export async function listRecordDomains(workspaceId: string): Promise<Set<string>> {
  const stored = await PartnerModel.find({ workspaceId }, { domains: 1 }).lean();
  return new Set(stored.flatMap(({ domains }) => domains ?? []));
}

export type PartnerFilter = { type?: PartnerType; status?: PartnerStatus; owner?: string };

/** Newest first; ended ones only where they are asked for. */
export async function listPartnerRecords(
  workspaceId: string,
  filter: PartnerFilter,
  { from, count }: { from: number; count: number },
): Promise<{ partners: Partner[]; total: number }> {
  const wanted = wantedBy(workspaceId, filter);
  const [stored, total] = await Promise.all([
    PartnerModel.find(wanted).sort({ createdAt: -1, _id: 1 }).skip(from).limit(count).lean(),
    PartnerModel.countDocuments(wanted),
  ]);
  return { partners: stored.map(toPartner), total };
}

function wantedBy(workspaceId: string, { type, status, owner }: PartnerFilter) {
  return {
    workspaceId,
    status: status ?? { $ne: 'ended' as const },
    ...(type ? { types: type } : {}),
    ...(owner ? { owner } : {}),
  };
}

/** All of those that `listPartnerRecords` has pages of, by their ids, the newest first. */
export async function* eachPartnerRecord(workspaceId: string, filter: PartnerFilter): AsyncGenerator<Partner> {
  for await (const stored of PartnerModel.find(wantedBy(workspaceId, filter)).sort({ _id: -1 }).lean().cursor()) yield toPartner(stored);
}

/** Changes the partner that the caller saw; null when somebody changed it first. Refuses `partner-exists` when a new name, domain or Slack
 *  workspace belongs to another partner. The audit entry is part of the same write, and that given domains are to leave the lists of candidates. */
export async function changePartner(seen: Partner, change: PartnerChange, entry: AuditEntry): Promise<Partner | null> {
  const { id, workspaceId, rev } = seen;
  const also = {
    ...(change.name === undefined ? {} : { nameKey: nameKeyOf(change.name) }),
    ...(change.domains ? { keepOutDue: entry.id, keepOutBy: entry.by } : {}),
  };
  try {
    const saved = await PartnerModel.findOneAndUpdate(
      { _id: id, workspaceId, rev },
      { $set: { ...change, ...also, rev: rev + 1 }, $push: { trail: entry } },
      { returnDocument: 'after' },
    ).lean();
    if (!saved) return null;
    await settleTrail(PartnerModel, { _id: saved._id });
    return toPartner(saved);
  } catch (error) {
    throw await asTaken(error, seen, change);
  }
}

/** Changes a partner as it stands at this moment, whoever changed it before: `change` is asked again each time somebody was quicker, and gives
 *  null where nothing is to be done. Refuses `partner-unknown` and what `changePartner` refuses. */
export async function changePartnerNow(
  workspaceId: string,
  id: string,
  change: (current: Partner) => { set: PartnerChange; entry: AuditEntry } | null,
): Promise<{ partner: Partner; changed: boolean }> {
  return inRounds<{ partner: Partner; changed: boolean }>('changing a partner', async () => {
    const current = await getPartner(workspaceId, id);
    const wanted = change(current);
    if (!wanted) return { done: { partner: current, changed: false } };
    const partner = await changePartner(current, wanted.set, wanted.entry);
    return partner && { done: { partner, changed: true } };
  });
}

/** A partner whose domains have not all left the lists of candidates; `due` names the change. */
export type KeepOutDue = { workspaceId: string; id: string; due: string };

/** Of all workspaces, for the sweep. */
export async function listKeepOutDue(): Promise<KeepOutDue[]> {
  const found = await PartnerModel.find(KEEP_OUT_DUE, { workspaceId: 1, keepOutDue: 1 }).limit(1000).lean();
  return found.map(({ _id, workspaceId, keepOutDue }) => ({ workspaceId, id: String(_id), due: keepOutDue ?? '' }));
}

/** `by`: who gave the domains, and had the role for it then. */
export async function findKeepOutDue(workspaceId: string, id: string): Promise<(KeepOutDue & { by: string }) | null> {
  const found = mongoose.isObjectIdOrHexString(id)
    ? await PartnerModel.findOne({ _id: id, workspaceId, ...KEEP_OUT_DUE }, { keepOutDue: 1, keepOutBy: 1, createdBy: 1 }).lean()
    : null;
  return found && { workspaceId, id, due: found.keepOutDue ?? '', by: found.keepOutBy ?? found.createdBy };
}

/** Done; what has changed since stays due. */
export async function settleKeepOut({ workspaceId, id, due }: KeepOutDue): Promise<void> {
  await PartnerModel.updateOne({ _id: id, workspaceId, keepOutDue: due }, { $unset: { keepOutDue: '', keepOutBy: '' } });
}

type Held = Partial<Pick<Partner, 'name' | 'domains' | 'teamIds'>>;

/** The partner that has this name, one of these domains, or one of these Slack workspaces already; `domain` is the one it has, else empty. `exceptId`:
 *  of the partner that is to have them. */
export async function findHolder(
  workspaceId: string,
  { name = '', domains = [], teamIds = [] }: Held,
  exceptId?: string,
): Promise<{ partner: Partner; domain: string } | null> {
  const stored = await PartnerModel.findOne({
    workspaceId,
    ...(exceptId ? { _id: { $ne: exceptId } } : {}),
    $or: [{ domains: { $in: domains } }, { teamIds: { $in: teamIds } }, { nameKey: nameKeyOf(name) }],
  }).lean();
  const partner = stored && toPartner(stored);
  return partner && { partner, domain: partner.domains.find((one) => domains.includes(one)) ?? '' };
}

/** Names the partner that has it already, and by what, so that a person can open that one. */
async function asTaken(error: unknown, own: { workspaceId: string; id?: string }, change: Held): Promise<unknown> {
  if (!isDuplicateKey(error)) return error;
  const holder = await findHolder(own.workspaceId, change, own.id);
  const details = { name: holder?.partner.name ?? '', partnerId: holder?.partner.id ?? '', domain: holder?.domain ?? '' };
  return new Refusal('partner-exists', details, { cause: error });
}

/** Of the partners that a colleague looks after, of any status. */
export async function listPartnerIdsOf(workspaceId: string, owner: string): Promise<string[]> {
  return (await PartnerModel.find({ workspaceId, owner }, { _id: 1 }).lean()).map(({ _id }) => String(_id));
}

/** The tiers that partners have, as they are written. */
export async function listTiers(workspaceId: string): Promise<string[]> {
  return (await PartnerModel.distinct('tier', { workspaceId, tier: { $nin: ['', null] } })).sort();
}

/** What figures need of a partner, of any status. */
export type PartnerPace = Pick<Partner, 'id' | 'types' | 'owner' | 'companyId' | 'createdAt' | 'firstRegistrationAt'> & {
  /** When the partnership ended; null while it goes on. */
  endedAt: Date | null;
};

export async function listPartnerPaces(workspaceId: string): Promise<PartnerPace[]> {
  const fields = { types: 1, owner: 1, companyId: 1, createdAt: 1, firstRegistrationAt: 1, status: 1, statusAt: 1 };
  const stored = await PartnerModel.find({ workspaceId }, fields).lean();
  return stored.map(({ _id, types, owner, companyId, createdAt, firstRegistrationAt, status, statusAt }) => ({
    ...{ id: String(_id), types: PartnerType.array().parse(types), owner, companyId, createdAt },
    endedAt: status === 'ended' ? statusAt : null,
    firstRegistrationAt: firstRegistrationAt ?? null,
  }));
}

/** Those of these, of all workspaces, that have a channel and have not ended, and those whose record is gone: it may have become part of another.
 *  For the sweep of what is to be posted there. */
export async function listReachableDue(ids: readonly string[]): Promise<string[]> {
  const known = ids.filter((id) => mongoose.isObjectIdOrHexString(id));
  const silent = { _id: { $in: known }, $or: [{ channel: null }, { status: 'ended' as const }] };
  const left = new Set((await PartnerModel.find(silent, { _id: 1 }).lean()).map(({ _id }) => String(_id)));
  return known.filter((id) => !left.has(id));
}

/** Of all workspaces, those that came or whose status changed since then; for the sweep of their checklists. */
export async function listPartnersSince(since: Date): Promise<{ workspaceId: string; id: string }[]> {
  const stored = await PartnerModel.find({ statusAt: { $gte: since } }, { workspaceId: 1 }).lean();
  return stored.map(({ _id, workspaceId }) => ({ workspaceId, id: String(_id) }));
}

/** Of all workspaces, the partners that are one no more. */
export async function* listEndedPartners(): AsyncGenerator<{ workspaceId: string; id: string }> {
  const found = PartnerModel.find({ status: 'ended' }, { workspaceId: 1 });
  for await (const { _id, workspaceId } of found.lean().cursor()) yield { workspaceId, id: String(_id) };
}

export async function settlePartnerTrails(): Promise<number> {
  return settleTrail(PartnerModel, {});
}

const Known = z.object({ id: z.string(), email: z.string(), slack: z.object({ userId: z.string() }).nullish() });
/** A list of people, or a record with one. */
const KnownPeople = z.union([z.array(Known), z.object({ people: z.array(Known) }).transform(({ people }) => people)]).catch([]);

function userIdsOfThem(list: unknown, whom: Whom): string[] {
  const theirs = KnownPeople.parse(list).filter(({ email }) => isTheirAddress(whom, email));
  return theirs.flatMap(({ id, slack }) => [userIdOfContact(id), ...(slack ? [slack.userId] : [])]);
}

/** Of somebody who asks to be forgotten, their entry in the list of people goes with them; the company's own record goes as a whole. */
export const partnerData = keptData({
  model: PartnerModel,
  noun: 'partner',
  kind: 'partner',
  isTheirs: ({ domains }, { key }) => key.kind === 'company' && Array.isArray(domains) && domains.includes(key.value),
  userIdsIn: ({ people, absorbing }, whom) => [people, absorbing].flatMap((list) => userIdsOfThem(list, whom)),
  // Who changes the record at this moment must not write back whom it named before.
  also: { $inc: { rev: 1 } },
});
