import { PARTNER_TYPES, type PartnerType } from '../../programme/setup/programme.ts';
import { AREA_IDS, type AreaId } from '../fit/areas.ts';
import { compileMatcher } from '../fit/phrase-matcher.ts';
import { ROLES } from '../fit/relation.ts';
import type { Topic } from './request.ts';

/** How well the work must suit a role for a company to be called by its name. */
const CALLED_SO = 0.8;

export type Role = { type: PartnerType; areas: readonly AreaId[]; about: Topic };

export const NO_TOPIC: Topic = { areas: [], segments: [] };

/** Areas that some role does for a living. */
export const ROLE_AREAS: ReadonlySet<AreaId> = new Set(AREA_IDS.filter((id) => PARTNER_TYPES.some((type) => ROLES[type][id])));

/** What people call partners, beside the phrases of the areas. */
export const ROLE_WORDS = compileMatcher<Role>([
  ...called('reseller, resale partner, channel partner, var, value added reseller, dealer', roleOf('reseller')),
  ...called('distributor, vad, value added distributor, wholesaler', workIn('resale')),
  ...called('affiliate, affiliate partner, influencer, publisher, blogger', roleOf('affiliate')),
  ...called('referral partner, referrer, referral', roleOf('referral')),
  ...called('technology partner, tech partner, integration partner, isv, independent software vendor', roleOf('technology')),
  ...called('software vendor, software company, software maker, saas company, saas vendor, tech company', roleOf('technology')),
  ...called('agency, agency partner, studio', roleOf('agency')),
  ...called('consultant, consultancy, consulting partner, consulting firm, advisory firm, adviser', roleOf('consultant')),
  ...called('si, gsi, integrator, system integrator, systems integrator, implementer, implementation partner', workIn('consulting')),
  ...called('msp, mssp, managed service provider, managed services provider', workIn('managed-services')),
  ...called('software house, dev shop, developer shop', workIn('software-services')),
  ...called('accountant, bookkeeper, cpa, accountancy, accounting practice', workIn('advisory', { areas: ['accounting'], segments: [] })),
  ...called('lawyer, attorney, solicitor', workIn('advisory', { areas: ['legal'], segments: ['legal-teams'] })),
  ...called('co-marketing partner, co-marketing, comarketing, marketing partner', roleOf('co-marketing')),
]);

/** The work by itself, with the type of partner it suits best. */
export function workIn(area: AreaId, about: Topic = NO_TOPIC): Role {
  const type = PARTNER_TYPES.reduce((best, next) => ((ROLES[next][area] ?? 0) > (ROLES[best][area] ?? 0) ? next : best));
  return { type, areas: [area], about };
}

function roleOf(type: PartnerType): Role {
  return { type, areas: AREA_IDS.filter((id) => (ROLES[type][id] ?? 0) >= CALLED_SO), about: NO_TOPIC };
}

function called(phrases: string, meaning: Role) {
  return phrases.split(', ').map((phrase) => ({ phrase, meaning, strength: 1 }));
}

/** Words that only join others; none of them changes what is looked for. */
export const GLUE =
  words(`a an the and or & plus of to by at on as is are be it its i we our me my you your they their them there who that which
  whose where what how can could would should have has had do does doing work works working sell sells selling sold offer offers offering
  provide provides providing help helps helping make makes making deal deals need needs want wants looking look find search show list give get please some any
  all good great best top new more potential possible candidate candidates partner partners partnership company companies firm firms
  business businesses organisation organisations organization organizations provider providers supplier suppliers vendor vendors client
  clients customer customers team teams people employee employees staff size sized sizes focus focused focusing focussed
  interested mainly mostly also both either about well ideally preferably services service solutions solution local`);
/** A place follows. */
export const BEFORE_PLACE = words('in near from around based located headquartered across within throughout');
/** Names follow, of products or companies that a text has to speak of. */
export const BEFORE_NAME = words(`know knows knowing use uses using with mention mentions mentioning certified expert experts expertise
  experience experienced specialise specialises specialised specialising specialize specializes specialized specializing specialist
  specialists skilled named called`);
/** Customers follow: who is named behind it is served, not looked for. */
export const BEFORE_CUSTOMERS = words('for serving serve serves targeting towards');
export const BEFORE_LIKE = words('like resembling similar');
export const NEGATIONS = words('not no non except excluding exclude without outside');

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/));
}
