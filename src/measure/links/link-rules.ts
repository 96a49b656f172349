import { z } from 'zod';

/** Which of two partners brought a customer who came by the link of one and with the coupon of the other. */
export const DECIDERS = ['coupon', 'last-click'] as const;

/** A secret that signs what is sent to us, as it is stored: only `DATA_KEY` opens it. */
const Sealed = z.object({ sealed: z.string(), by: z.string(), at: z.date() });

/** What a workspace decided about links, and how conversions reach it. */
export const LinkRules = z.object({
  workspaceId: z.string(),
  /** Registrable domains that links may lead to besides the company's website. */
  domains: z.array(z.string()),
  decider: z.enum(DECIDERS),
  /** The last part of the webhook's address; null until somebody asked for it. */
  hookId: z.string().nullable(),
  /** What our own events are signed with. */
  secret: Sealed.nullable(),
  /** What Stripe signs its events with. */
  stripe: Sealed.nullable(),
  /** Rises with every change: the filter of the next one. */
  rev: z.number().int(),
});
export type LinkRules = z.infer<typeof LinkRules>;

export function defaultLinkRules(workspaceId: string): LinkRules {
  return { workspaceId, domains: [], decider: 'coupon', hookId: null, secret: null, stripe: null, rev: 0 };
}

/** What a sealed secret belongs to: in another's place it does not open. */
export const aboutSecret = (workspaceId: string, which: 'secret' | 'stripe') => `conversions:${workspaceId}:${which}`;
