import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../../errors.ts';
import { PART } from '../../platform/stored-part.ts';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { settleTrail, trailPath } from '../../programme/audit/audit-repository.ts';
import { DECIDERS, defaultLinkRules, LinkRules } from './link-rules.ts';

const name = { type: String, required: true } as const;
const sealedPart = new Schema({ sealed: name, by: name, at: { type: Date, required: true } }, PART);

const linkRulesSchema = new Schema(
  {
    _id: name,
    domains: [String],
    decider: { ...name, enum: DECIDERS },
    hookId: { type: String, default: null },
    secret: { type: sealedPart, default: null },
    stripe: { type: sealedPart, default: null },
    rev: { type: Number, required: true },
    trail: trailPath,
  },
  { strict: 'throw', minimize: false, versionKey: false, collection: 'link-rules' },
);
linkRulesSchema.index({ hookId: 1 }, { unique: true, partialFilterExpression: { hookId: { $type: 'string' } } });

const LinkRulesModel = mongoose.model('LinkRules', linkRulesSchema);

function toRules({ _id, trail, ...stored }: { _id: string } & Record<string, unknown>): LinkRules {
  return LinkRules.parse({ ...stored, workspaceId: _id });
}

/** As the workspace decided, or as it is by default. */
export async function getLinkRules(workspaceId: string): Promise<LinkRules> {
  const found = await LinkRulesModel.findById(workspaceId).lean();
  return found ? toRules(found) : defaultLinkRules(workspaceId);
}

/** By the last part of the address that somebody outside sends conversions to. */
export async function findRulesOfHook(hookId: string): Promise<LinkRules | null> {
  const found = await LinkRulesModel.findOne({ hookId }).lean();
  return found && toRules(found);
}

/** Null when somebody else has changed them since `seen`. The audit entry is part of the same write. */
export async function saveLinkRules(
  seen: LinkRules,
  change: Partial<Omit<LinkRules, 'workspaceId' | 'rev'>>,
  entry: AuditEntry,
): Promise<LinkRules | null> {
  const { workspaceId, rev, ...rest } = { ...seen, ...change };
  try {
    const saved = await LinkRulesModel.findOneAndUpdate(
      { _id: workspaceId, rev },
      { $set: { ...rest, rev: rev + 1 }, $push: { trail: entry } },
      { upsert: rev === 0, returnDocument: 'after' },
    ).lean();
    await settleTrail(LinkRulesModel, { _id: workspaceId });
    return saved && { ...rest, workspaceId, rev: rev + 1 };
  } catch (error) {
    if (isDuplicateKey(error)) return null;
    throw error;
  }
}

/** Of every workspace, for whoever runs the app to seal anew. */
export async function* eachLinkRules(): AsyncGenerator<LinkRules> {
  for await (const stored of LinkRulesModel.find({}).lean().cursor()) yield toRules(stored);
}

/** Replaces a sealed text that is still the one that was read. */
export async function replaceSecret(
  workspaceId: string,
  which: 'secret' | 'stripe',
  { from, to }: { from: string; to: string },
): Promise<boolean> {
  const path = `${which}.sealed`;
  return (await LinkRulesModel.updateOne({ _id: workspaceId, [path]: from }, { $set: { [path]: to } })).modifiedCount === 1;
}

export async function settleLinkRulesTrails(): Promise<number> {
  return settleTrail(LinkRulesModel, {});
}
