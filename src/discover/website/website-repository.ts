import mongoose, { Schema } from 'mongoose';
import { Website } from './website.ts';

const websiteSchema = new Schema(
  {
    workspaceId: { type: String, required: true },
    domain: { type: String, required: true },
    readAt: { type: Date, required: true },
    problem: { type: String, default: null },
    home: { type: String, default: '' },
    name: { type: String, default: '' },
    oneLiner: { type: String, default: '' },
    description: { type: String, default: '' },
    integrations: { type: [String], default: [] },
    integrationsAt: { type: String, default: '' },
    partnerPage: { type: String, default: '' },
  },
  { strict: 'throw', versionKey: false, collection: 'websites' },
);
websiteSchema.index({ workspaceId: 1, domain: 1 }, { unique: true });

const WebsiteModel = mongoose.model('Website', websiteSchema);

/** What was last read at a company's site, however long ago. */
export async function findWebsite(workspaceId: string, domain: string): Promise<Website | null> {
  const found = await WebsiteModel.findOne({ workspaceId, domain }).lean();
  return found ? Website.parse(found) : null;
}

/** Keeps what was read in place of what was read before. */
export async function saveWebsite(workspaceId: string, { domain, ...read }: Website): Promise<void> {
  await WebsiteModel.updateOne({ workspaceId, domain }, { $set: read }, { upsert: true });
}
