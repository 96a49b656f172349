import mongoose, { Schema } from 'mongoose';
import { z } from 'zod';
import { keptData } from '../../programme/privacy/kept-data.ts';
import { PAGE_PROBLEMS } from './network.ts';

/** What a company's own website says, each fact with the page it stands on. Empty text and lists are unknown. */
export const Website = z.object({
  domain: z.string(),
  readAt: z.date(),
  /** Why nothing could be read; null when it was. */
  problem: z.enum(PAGE_PROBLEMS).nullable(),
  /** The front page in the end, after redirects. */
  home: z.string(),
  name: z.string(),
  oneLiner: z.string(),
  description: z.string(),
  integrations: z.array(z.string()),
  integrationsAt: z.string(),
  partnerPage: z.string(),
});
export type Website = z.infer<typeof Website>;

/** A site is not asked again for this long; one that could not be read a little sooner. */
const KEPT_DAYS = { read: 7, failed: 1 } as const;

/** Whether what was read may still be used instead of asking the site again. */
export function isKept({ readAt, problem }: Website, now: Date): boolean {
  const days = (now.getTime() - readAt.getTime()) / 86_400_000;
  return days < (problem ? KEPT_DAYS.failed : KEPT_DAYS.read);
}

const websiteSchema = new Schema(
  {
    workspaceId: { type: String, required: true },
    domain: { type: String, required: true },
    readAt: { type: Date, required: true },
    problem: { type: String, enum: [...PAGE_PROBLEMS, null], default: null },
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

export const websiteData = keptData({
  model: WebsiteModel,
  noun: 'website',
  kind: 'website',
  isTheirs: ({ domain }, { key }) => key.kind === 'company' && domain === key.value,
});
