import { z } from 'zod';
import { PartnerType } from '../../programme/setup/programme.ts';
import { ShownReason } from '../fit/finding.ts';

/** One suggestion as it stood when the digest was made: later imports change no posted figure. */
export const DigestItem = z.object({
  companyId: z.string(),
  name: z.string(),
  domain: z.string(),
  oneLiner: z.string(),
  type: PartnerType,
  score: z.number().min(0).max(100),
  known: z.number().min(0).max(1),
  /** The strongest reasons, best first. */
  reasons: z.array(ShownReason),
  /** The share (0–1) of every criterion that was known; a decision on what was shown is learned from these. */
  shares: z.record(z.string(), z.number()).optional(),
});
export type DigestItem = z.infer<typeof DigestItem>;

export const Digest = z.object({
  id: z.string(),
  workspaceId: z.string(),
  /** 1, 2, 3 … in a workspace: each digest is chosen knowing all before it, so no company is posted twice. */
  number: z.number().int(),
  /** Local day `YYYY-MM-DD`. */
  day: z.string(),
  /** 0 is the day's digest; 1, 2 … are asked for on top. */
  round: z.number().int(),
  requestedBy: z.string(),
  /** Companies that were ranked. */
  candidates: z.number().int(),
  items: z.array(DigestItem),
  /** Wanted types for which there was nobody to suggest. */
  unserved: z.array(PartnerType).optional(),
  createdAt: z.date(),
  postedAt: z.date().nullable(),
});
export type Digest = z.infer<typeof Digest>;
