import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey, Refusal } from '../../errors.ts';
import { PART } from '../../platform/stored-part.ts';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { settleTrail, trailPath, WAITING_TRAIL } from '../../programme/audit/audit-repository.ts';
import { keptData } from '../../programme/privacy/kept-data.ts';
import { PARTNER_TYPES, type PartnerType } from '../../programme/setup/programme.ts';
import { CONTACT_ROLES, nameKeyOf, PARTNER_STATUSES, Partner, type PartnerStatus } from './partner.ts';

const name = { type: String, required: true } as const;
const text = { type: String, default: '' } as const;

const slackPart = new Schema({ userId: name, teamId: name }, PART);
const contactPart = new Schema(
  {
    id: name,
    name: text,
    email: text,
    role: { type: String, enum: CONTACT_ROLES, required: true },
    slack: { type: slackPart, default: null },
    leftAt: { type: Date, default: null },
  },
  PART,
);
const notePart = new Schema({ id: name, text, by: name, at: { type: Date, required: true } }, PART);

const partnerSchema = new Schema(
  {
    workspaceId: name,
    name,
    nameKey: name,
    domains: [String],
    aliases: [String],
    types: [{ type: String, enum: PARTNER_TYPES }],
    tier: text,
    status: { type: String, enum: PARTNER_STATUSES, required: true },
    statusAt: { type: Date, required: true },
    countries: [String],
    owner: name,
    people: [contactPart],
    teamIds: [String],
    channel: { type: String, default: null },
    companyId: name,
    notes: [notePart],
    firstRegistrationAt: { type: Date, default: null },
    endedBecause: text,
    createdBy: name,
    createdAt: { type: Date, required: true },
    rev: { type: Number, required: true },
    trail: trailPath,
  },
  { strict: 'throw', minimize: false, versionKey: false, collection: 'partners' },
);
partnerSchema.index({ workspaceId: 1, domains: 1 }, { unique: true });
partnerSchema.index({ workspaceId: 1, nameKey: 1 }, { unique: true });
// Most partners have no team yet, and an empty list would be one value that only one of them may have.
partnerSchema.index({ workspaceId: 1, teamIds: 1 }, { unique: true, partialFilterExpression: { 'teamIds.0': { $exists: true } } });
partnerSchema.index({ workspaceId: 1, status: 1, createdAt: -1 });
partnerSchema.index({ workspaceId: 1, channel: 1 });
partnerSchema.index({ 'trail.at': 1 }, { partialFilterExpression: WAITING_TRAIL });

const PartnerModel = mongoose.model('Partner', partnerSchema);

/** A partner before it is stored. */
export type NewPartner = Omit<Partner, 'id' | 'rev'>;
/** What may change of one. */
export type PartnerChange = Partial<Omit<NewPartner, 'workspaceId' | 'createdAt' | 'createdBy'>>;

function toPartner({ _id, nameKey, trail, ...stored }: { _id: unknown } & Record<string, unknown>): Partner {
  return Partner.parse({ ...stored, id: String(_id) });
}

/** Refuses `partner-exists` when its name or one of its domains belongs to another partner. */
export async function insertPartner(partner: NewPartner, entry: (id: string) => AuditEntry): Promise<Partner> {
  const _id = new mongoose.Types.ObjectId();
  const document = { ...partner, _id, nameKey: nameKeyOf(partner.name), rev: 1, trail: [entry(String(_id))] };
  try {
    await PartnerModel.create(document);
  } catch (error) {
    throw await asTaken(error, partner.workspaceId, partner);
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

/** `domain` as `registrableDomain` gives it. */
export async function findPartnerByDomain(workspaceId: string, domain: string): Promise<Partner | null> {
  const stored = await PartnerModel.findOne({ workspaceId, domains: domain }).lean();
  return stored && toPartner(stored);
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

export type PartnerFilter = { type?: PartnerType; status?: PartnerStatus; owner?: string };

/** Newest first; ended ones only where they are asked for. */
export async function listPartnerRecords(
  workspaceId: string,
  { type, status, owner }: PartnerFilter,
  { from, count }: { from: number; count: number },
): Promise<{ partners: Partner[]; total: number }> {
  const wanted = {
    workspaceId,
    status: status ?? { $ne: 'ended' as const },
    ...(type ? { types: type } : {}),
    ...(owner ? { owner } : {}),
  };
  const [stored, total] = await Promise.all([
    PartnerModel.find(wanted).sort({ createdAt: -1, _id: 1 }).skip(from).limit(count).lean(),
    PartnerModel.countDocuments(wanted),
  ]);
  return { partners: stored.map(toPartner), total };
}

/** Changes the partner that the caller saw; null when somebody changed it first. Refuses `partner-exists` when a new name, domain or Slack
 *  workspace belongs to another partner. The audit entry is part of the same write. */
export async function changePartner(seen: Partner, change: PartnerChange, entry: AuditEntry): Promise<Partner | null> {
  const { id, workspaceId, rev } = seen;
  const named = change.name === undefined ? {} : { nameKey: nameKeyOf(change.name) };
  try {
    const saved = await PartnerModel.findOneAndUpdate(
      { _id: id, workspaceId, rev },
      { $set: { ...change, ...named, rev: rev + 1 }, $push: { trail: entry } },
      { returnDocument: 'after' },
    ).lean();
    if (!saved) return null;
    await settleTrail(PartnerModel, { _id: saved._id });
    return toPartner(saved);
  } catch (error) {
    throw await asTaken(error, workspaceId, change);
  }
}

/** Deletes the partner that the caller saw, once another has taken everything over; false when somebody changed it first. */
export async function deletePartner({ id, workspaceId, rev }: Partner): Promise<boolean> {
  return (await PartnerModel.deleteOne({ _id: id, workspaceId, rev })).deletedCount === 1;
}

/** Names the partner that has it already, so that a person can open that one. */
async function asTaken(error: unknown, workspaceId: string, { name: given, domains = [] }: PartnerChange): Promise<unknown> {
  if (!isDuplicateKey(error)) return error;
  const taken = await PartnerModel.findOne({
    workspaceId,
    $or: [{ domains: { $in: domains } }, ...(given === undefined ? [] : [{ nameKey: nameKeyOf(given) }])],
  }).lean();
  return new Refusal('partner-exists', { name: taken?.name ?? '', partnerId: taken ? String(taken._id) : '' }, { cause: error });
}

export async function settlePartnerTrails(): Promise<number> {
  return settleTrail(PartnerModel, {});
}

/** Of somebody who asks to be forgotten, their entry in the list of people goes with them; the company's own record goes as a whole. */
export const partnerData = keptData({
  model: PartnerModel,
  noun: 'partner',
  kind: 'partner',
  isTheirs: ({ domains }, { key }) => key.kind === 'company' && Array.isArray(domains) && domains.includes(key.value),
});
