import type { PartnerType } from '../../programme/setup/partner-type.ts';
import type { AreaId } from './areas.ts';

/** What a partner of each type does for a living, by area, 0–1: how well that work suits the role. Empty: a product that completes
 *  ours is what counts, not a service. */
export const ROLES: Record<PartnerType, Partial<Record<AreaId, number>>> = {
  reseller: { resale: 1, 'managed-services': 0.9, consulting: 0.65, 'software-services': 0.4 },
  affiliate: { media: 1, community: 0.8, training: 0.5, agency: 0.4 },
  referral: { advisory: 1, consulting: 0.8, agency: 0.7, community: 0.6, 'managed-services': 0.5 },
  technology: {},
  agency: { agency: 1, 'software-services': 0.7, consulting: 0.5 },
  consultant: { consulting: 1, 'managed-services': 0.7, training: 0.7, 'software-services': 0.7, agency: 0.3 },
  'co-marketing': {},
};

/** Number of people from which size alone is no obstacle: enough to deliver, or to be heard. */
export const ENOUGH_PEOPLE: Record<PartnerType, number> = {
  reseller: 100,
  affiliate: 10,
  referral: 20,
  technology: 200,
  agency: 40,
  consultant: 80,
  'co-marketing': 200,
};
