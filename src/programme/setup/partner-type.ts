import { z } from 'zod';

/** The seven kinds of partner a programme can want; stable in data, code and the command line. */
export const PARTNER_TYPES = ['reseller', 'affiliate', 'referral', 'technology', 'agency', 'consultant', 'co-marketing'] as const;
export const PartnerType = z.enum(PARTNER_TYPES);
export type PartnerType = z.infer<typeof PartnerType>;
