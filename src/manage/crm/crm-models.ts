import mongoose, { Schema } from 'mongoose';
import { PART } from '../../platform/stored-part.ts';
import { keptData } from '../../programme/privacy/kept-data.ts';
import { isTheirAddress } from '../../programme/privacy/whom.ts';
import { CRM_SOURCES, OPPORTUNITY_STATES } from './crm-record.ts';

const needed = { type: String, required: true } as const;
const text = { type: String, default: '' } as const;
const maybe = { type: String, default: null } as const;
const date = { type: Date, default: null } as const;
const list = { type: [String], default: [] };

const OPTIONS = { strict: 'throw', minimize: false, versionKey: false } as const;
const mirrored = {
  /** Workspace, source and id there: the same record is never kept twice. */
  _id: needed,
  workspaceId: needed,
  source: { type: String, enum: CRM_SOURCES, required: true },
  sourceId: needed,
  name: text,
  changedAt: { type: Date, required: true },
  deletedAt: date,
};
const found = { domains: list, aliases: list, country: maybe, city: maybe, ownerId: maybe, lastActivityAt: date, keys: list };

const ownerSchema = new Schema({ ...mirrored, email: text, slackUserId: maybe }, { ...OPTIONS, collection: 'crm_owners' });
ownerSchema.index({ workspaceId: 1, slackUserId: 1, name: 1 });

const accountSchema = new Schema(
  /** `erased`: deleted on request; only that there was one is left. */
  { ...mirrored, ...found, isCustomer: { type: Boolean, required: true }, isNamed: { type: Boolean, required: true }, erased: Boolean },
  { ...OPTIONS, collection: 'crm_accounts' },
);
accountSchema.index({ workspaceId: 1, keys: 1 });

const valuePart = new Schema({ minor: { type: Number, required: true }, currency: needed }, PART);
const opportunitySchema = new Schema(
  {
    ...mirrored,
    ...found,
    accountId: maybe,
    accountName: text,
    stage: text,
    state: { type: String, enum: OPPORTUNITY_STATES, required: true },
    value: { type: valuePart, default: null },
    createdAt: date,
    closeOn: maybe,
    closedAt: date,
    partnerDealId: maybe,
    meetDue: date,
    measureDue: date,
  },
  { ...OPTIONS, collection: 'crm_opportunities' },
);
opportunitySchema.index({ workspaceId: 1, keys: 1 });
opportunitySchema.index({ workspaceId: 1, source: 1, accountId: 1 });
opportunitySchema.index({ workspaceId: 1, source: 1, ownerId: 1 }, { partialFilterExpression: { state: 'open' } });
opportunitySchema.index({ workspaceId: 1, partnerDealId: 1 }, { partialFilterExpression: { partnerDealId: { $type: 'string' } } });
opportunitySchema.index({ measureDue: 1 }, { partialFilterExpression: { measureDue: { $type: 'date' } } });
opportunitySchema.index({ meetDue: 1 }, { partialFilterExpression: { meetDue: { $type: 'date' } } });

/** Only the repositories of this folder use the models. */
export const OwnerModel = mongoose.model('CrmOwner', ownerSchema);
export const AccountModel = mongoose.model('CrmAccount', accountSchema);
export const OpportunityModel = mongoose.model('CrmOpportunity', opportunitySchema);

/** The mirror of a company goes with it, but for the id of its account, so that its opportunities do not come back either. The CRM keeps its own. */
export const crmAccountData = keptData({
  model: AccountModel,
  noun: 'crm-account',
  kind: 'crm',
  isTheirs: ({ domains }, { key }) => key.kind === 'company' && Array.isArray(domains) && domains.includes(key.value),
  emptied: ({ changedAt }) => ({
    ...{ name: '', domains: [], aliases: [], keys: [], country: null, city: null, ownerId: null, lastActivityAt: null },
    ...{ isCustomer: false, isNamed: false, erased: true, deletedAt: changedAt },
  }),
});

export const crmOpportunityData = keptData({
  model: OpportunityModel,
  noun: 'crm-opportunity',
  kind: 'crm',
  isTheirs: ({ domains }, { key }) => key.kind === 'company' && Array.isArray(domains) && domains.includes(key.value),
});

export const crmOwnerData = keptData({
  model: OwnerModel,
  noun: 'crm-owner',
  kind: 'crm',
  isTheirs: ({ email }, whom) => typeof email === 'string' && isTheirAddress(whom, email),
});
