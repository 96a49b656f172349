import mongoose, { Schema } from 'mongoose';
import { PART } from '../../platform/stored-part.ts';
import { trailPath, WAITING_TRAIL } from '../../programme/audit/audit-repository.ts';
import { PARTNER_TYPES } from '../../programme/setup/programme.ts';
import { CONTACT_ROLES, PARTNER_STATUSES, Partner } from './partner.ts';

/** Where the companies of a partner have not been kept out of the lists yet. */
export const KEEP_OUT_DUE = { keepOutDue: { $exists: true } };
/** Where another record is being taken over. */
export const ABSORBING = { 'absorbing.id': { $exists: true } };

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

const fields = {
  name,
  domains: [String],
  aliases: [String],
  types: [{ type: String, enum: PARTNER_TYPES }],
  countries: [String],
  people: [contactPart],
  teamIds: [String],
  channel: { type: String, default: null },
  notes: [notePart],
  firstRegistrationAt: { type: Date, default: null },
} as const;
const absorbedPart = new Schema(
  { ...fields, id: name, rev: { type: Number, required: true }, by: name, at: { type: Date, required: true } },
  PART,
);

const partnerSchema = new Schema(
  {
    workspaceId: name,
    ...fields,
    nameKey: name,
    tier: text,
    status: { type: String, enum: PARTNER_STATUSES, required: true },
    statusAt: { type: Date, required: true },
    owner: name,
    companyId: name,
    endedBecause: text,
    createdBy: name,
    createdAt: { type: Date, required: true },
    /** Set in the same write as domains that are to leave every list of candidates, to the id of its audit entry; gone once they have. */
    keepOutDue: { type: String, default: undefined },
    /** Who gave those domains. */
    keepOutBy: { type: String, default: undefined },
    /** Another record of the same company that this one is taking over. */
    absorbing: { type: absorbedPart, default: undefined },
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
partnerSchema.index({ 'people.email': 1 });
partnerSchema.index({ statusAt: 1 });
partnerSchema.index({ workspaceId: 1, owner: 1 });
partnerSchema.index({ keepOutDue: 1 }, { partialFilterExpression: KEEP_OUT_DUE });
partnerSchema.index({ 'absorbing.id': 1 }, { partialFilterExpression: ABSORBING });
partnerSchema.index({ 'trail.at': 1 }, { partialFilterExpression: WAITING_TRAIL });

/** Stored partners. Only the repositories of this folder use the model; everyone else gets a plain `Partner`. */
export const PartnerModel = mongoose.model('Partner', partnerSchema);

/** Reads a stored (lean) document: everything is checked, and what only the repositories need is left out. */
export function toPartner({
  _id,
  nameKey,
  trail,
  keepOutDue,
  keepOutBy,
  absorbing,
  ...stored
}: { _id: unknown } & Record<string, unknown>): Partner {
  return Partner.parse({ ...stored, id: String(_id) });
}
