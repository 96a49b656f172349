import type { PartnerType } from '../../programme/setup/programme.ts';
import type { AreaId } from '../fit/areas.ts';
import { compileMatcher } from '../fit/phrase-matcher.ts';
import type { Topic } from './request.ts';

export type Role = { type: PartnerType; areas: readonly AreaId[]; about: Topic };

export const NO_TOPIC: Topic = { areas: [], segments: [] };

/** Work that is done for others, by area: the type of partner who does it, first, and types that show by their own words that they do. */
export const WORK: Partial<Record<AreaId, readonly [PartnerType, ...PartnerType[]]>> = {
  resale: ['reseller'],
  'managed-services': ['reseller', 'consultant'],
  'software-services': ['agency', 'consultant'],
  agency: ['agency'],
  consulting: ['consultant', 'reseller'],
  training: ['consultant', 'affiliate'],
  media: ['affiliate'],
  community: ['affiliate'],
  advisory: ['referral', 'consultant', 'agency'],
};

/** What people call partners, beside the phrases of the areas. */
export const ROLE_WORDS = compileMatcher<Role>([
  ...called('reseller, resale partner, channel partner, var, value added reseller, dealer', roleOf('reseller')),
  ...called('distributor, vad, value added distributor, wholesaler', workIn('resale')),
  ...called('affiliate, affiliate partner, influencer, publisher, blogger, newsletter, magazine, podcast, blog', roleOf('affiliate')),
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

/** The work by itself, with the type of partner who does it. */
export function workIn(area: AreaId, about: Topic = NO_TOPIC): Role {
  const [type] = WORK[area] ?? ['consultant'];
  return { type, areas: [area], about };
}

function roleOf(type: PartnerType): Role {
  return { type, areas: [], about: NO_TOPIC };
}

function called(phrases: string, meaning: Role) {
  return phrases.split(', ').map((phrase) => ({ phrase, meaning, strength: 1 }));
}

/** Words that only join others; none of them changes what is looked for. */
export const GLUE =
  words(`a an the and or & plus of to by at on as is are be it its i we our us me my you your they their them there who that which
  whose where what how can could would should have has had do does doing work works working sell sells selling sold offer offers offering
  provide provides providing help helps helping make makes making build builds create creates deal deals need needs want wants looking look find search show list give get please some any
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

/** Joins others, and means nothing by itself. In lower case. */
export function isGlue(bare: string): boolean {
  return bare === '' || [GLUE, BEFORE_PLACE, BEFORE_NAME, BEFORE_CUSTOMERS, BEFORE_LIKE, NEGATIONS].some((list) => list.has(bare));
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/));
}
