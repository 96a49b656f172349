import { z } from 'zod';
import { isCurrency } from '../../platform/money.ts';

/** What a partner and the team set out to do in a quarter. */
export const Goal = z.object({
  workspaceId: z.string(),
  partnerId: z.string(),
  /** The first day of the quarter. */
  quarter: z.iso.date(),
  /** Revenue that the partner sources, as booked. */
  sourcedMinor: z.number().int().min(0),
  currency: z.string().refine(isCurrency),
  registrations: z.number().int().min(0),
  by: z.string(),
  at: z.date(),
});
export type Goal = z.infer<typeof Goal>;
