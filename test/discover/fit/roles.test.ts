import { describe, expect, test } from 'vitest';
import { reasonWords } from '../../../blocks/discover/reason-words.ts';
import { rankCompanies } from '../../../src/discover/fit/rank-companies.ts';
import { PARTNER_TYPES, type PartnerType } from '../../../src/programme/setup/programme.ts';
import { aCandidate, aProfile } from './candidates.ts';

const profile = aProfile({ partnerTypesWanted: [...PARTNER_TYPES] });

/** What keeps a company with such a text from being suggested as the type. */
function heldAs(type: PartnerType, oneLiner: string, facts: Parameters<typeof aCandidate>[0] = {}): string[] {
  const { ranked } = rankCompanies(profile, [aCandidate({ oneLiner, ...facts })], { type, top: 1 });
  return ranked.flatMap(({ holds }) => holds.map(({ hold }) => hold)).filter((hold) => hold !== 'weak');
}

describe('is it one at all?', () => {
  test.each<[PartnerType, string]>([
    ['agency', 'A full-service digital agency from Leeds'],
    ['agency', 'Berlin-based web agency'],
    ['agency', 'A design studio building shops'],
    ['agency', 'We are a web development company. We design and build websites for our clients.'],
    ['consultant', 'An independent cloud consultancy'],
    ['consultant', 'Acme provides Kubernetes consulting and training.'],
    ['reseller', 'A value-added reseller and managed service provider'],
    ['affiliate', 'A weekly newsletter for product managers, with 40,000 subscribers'],
    ['technology', 'A CRM platform for small teams'],
    ['referral', 'A firm of accountants for start-ups'],
  ])('%s: %s', (type, text) => {
    expect(heldAs(type, text)).not.toContain('noRole');
  });

  test.each<[PartnerType, string]>([
    ['agency', 'Project management software for agencies'],
    ['agency', 'Agency management software'],
    ['agency', 'Case management for federal agencies'],
    ['consultant', 'A marketplace app used by consultants'],
    ['reseller', 'The platform that helps resellers sell more'],
    ['affiliate', 'Affiliate tracking software for publishers'],
    ['technology', 'A full-service design agency. We build websites for our clients.'],
    ['agency', 'Replaces marketing agencies with AI'],
    ['agency', 'Acme makes studio-quality video ads for brands'],
    ['affiliate', 'Acme measures the effect of podcast advertising'],
    ['consultant', 'An identity platform by a team of developers'],
    ['agency', 'Flowers'],
  ])('not a %s: %s', (type, text) => {
    expect(heldAs(type, text)).toContain('noRole');
  });

  test('the reason quotes the words that say so', () => {
    const { ranked } = rankCompanies(profile, [aCandidate({ oneLiner: 'A full-service digital agency' })], { type: 'agency', top: 1 });
    const reason = ranked[0]?.reasons.find(({ criterion }) => criterion === 'role');
    expect(reason && reasonWords(reason)).toBe('Says of itself that it is one: “digital agency” in its one-liner.');
  });
});

describe('held back', () => {
  test('who sells what we sell looks like a competitor, in its own words; who works with it does not', () => {
    const rival = aCandidate({ oneLiner: 'Product analytics with session replay' });
    const { ranked } = rankCompanies(profile, [rival], { type: 'technology', top: 1 });
    expect(ranked[0]?.holds).toContainEqual({ hold: 'rival', phrase: { field: 'oneLiner', words: 'Product analytics' } });
    expect(heldAs('agency', 'A digital agency for product analytics')).not.toContain('rival');
    expect(heldAs('technology', 'A CRM for product teams')).not.toContain('rival');
  });

  test('household names and large companies are too large for a first mail, and are told apart', () => {
    const crm = 'A CRM platform for developers and product teams';
    const companies = [
      aCandidate({ id: 'small', domain: 'a.example', oneLiner: crm, teamSize: 40 }),
      aCandidate({ id: 'large', domain: 'b.example', oneLiner: crm, teamSize: 5_001 }),
      aCandidate({ id: 'known', domain: 'c.example', name: 'Salesforce, Inc.', oneLiner: crm }),
      aCandidate({ id: 'bought', domain: 'd.example', oneLiner: crm, status: 'Acquired' }),
      aCandidate({ id: 'closed', domain: 'e.example', oneLiner: crm, status: 'Inactive' }),
    ];
    const ids = (among: 'suggested' | 'too-large' | 'all') =>
      rankCompanies(profile, companies, { type: 'technology', top: 9, among })
        .ranked.map(({ id }) => id)
        .sort();
    expect([ids('suggested'), ids('too-large')]).toEqual([['small'], ['known', 'large']]);
    expect(ids('all')).toEqual(['bought', 'closed', 'known', 'large', 'small']);
  });
});

describe('where it works', () => {
  const inBritain = aProfile({ partnerTypesWanted: [...PARTNER_TYPES], geography: 'United Kingdom' });
  const heldIn = (type: PartnerType, facts: Parameters<typeof aCandidate>[0]) =>
    rankCompanies(inBritain, [aCandidate(facts)], { type, top: 1 }).ranked.flatMap(({ holds }) => holds.map(({ hold }) => hold));

  test.each([
    [true, ['Fairfax, VA'], ''],
    [true, ['Denver, CO 80202'], ''],
    [true, [], 'An accredited FedRAMP assessor'],
    [true, ['Lagos, Nigeria'], ''],
    [false, ['Berlin'], 'Works for clients in Lagos'],
    [false, ['Cali, CO'], ''],
  ])('who works on the spot, held back: %j, in %j %s', (expected, locations, description) => {
    const facts = { oneLiner: 'A cloud consultancy', locations, description };
    expect(heldIn('consultant', facts).includes('elsewhere')).toBe(expected);
    expect(heldIn('technology', facts)).not.toContain('elsewhere');
  });

  test('an unknown place is none of ours, and says so; of a product it is not asked', () => {
    const facts = { oneLiner: 'A cloud consultancy platform' };
    const placeOf = (type: PartnerType) =>
      rankCompanies(inBritain, [aCandidate(facts)], { type, top: 1 }).ranked[0]?.reasons.find(({ criterion }) => criterion === 'geography');
    expect(placeOf('consultant')).toMatchObject({ points: 0, max: 20, finding: { code: 'no-place' } });
    expect(placeOf('technology')).toBeUndefined();
    expect(heldIn('consultant', facts)).not.toContain('elsewhere');
    expect(rankCompanies(inBritain, [aCandidate(facts)], { type: 'consultant', top: 1 }).ranked[0]?.known).toBeLessThanOrEqual(0.8);
  });
});

describe('whose words count', () => {
  const clinics = aProfile({
    sells: 'Analytics and reporting software',
    customers: 'Private clinics',
    partnerTypesWanted: ['technology', 'consultant'],
  });
  const other = aCandidate({ id: 'other', oneLiner: 'A bakery' });
  const words = (type: PartnerType, oneLiner: string) =>
    rankCompanies(clinics, [aCandidate({ oneLiner }), other], { type, top: 1 }).ranked[0]?.reasons.find(
      ({ criterion }) => criterion === 'shared-words',
    )?.points ?? 0;

  test('a product shares our customers; the words of our offer are those of our competitors, but show what a consultant knows', () => {
    expect(words('technology', 'A platform for clinics')).toBeGreaterThan(0);
    expect(words('technology', 'An analytics and reporting platform')).toBe(0);
    expect(words('consultant', 'A consultancy for analytics and reporting')).toBeGreaterThan(0);
  });

  test('who sells to one branch is completed by what is made for it, more than by what anybody may use', () => {
    const hotels = aProfile({ sells: 'Upsell tool for hotels', customers: 'Independent hotels', partnerTypesWanted: ['technology'] });
    const share = (oneLiner: string) =>
      rankCompanies(hotels, [aCandidate({ oneLiner })], { top: 1 }).ranked[0]?.reasons.find(
        ({ criterion }) => criterion === 'complementarity',
      )?.points ?? 0;
    expect(share('CRM and email marketing for hotels')).toBeGreaterThan(share('CRM and email marketing'));
    expect(share('CRM and email marketing')).toBeGreaterThan(0);
  });

  test('to serve the same branch makes no competitor; to sell our offer to it does', () => {
    const hotels = aProfile({
      sells: 'Upsell tool that sells room upgrades to hotel guests',
      customers: 'Independent hotels',
      partnerTypesWanted: ['technology'],
    });
    const held = (oneLiner: string) =>
      rankCompanies(hotels, [aCandidate({ oneLiner })], { top: 1 }).ranked.flatMap(({ holds }) => holds.map(({ hold }) => hold));
    expect(held('Channel manager for the hotel industry and hospitality')).not.toContain('rival');
    expect(held('Upsell room upgrades to every hotel guest, a guest experience platform for hospitality')).toContain('rival');
  });

  test('who begins with the words of our offer offers it, also where no field is clear', () => {
    const held = (oneLiner: string) =>
      rankCompanies(clinics, [aCandidate({ oneLiner })], { type: 'technology', top: 1 }).ranked.flatMap(({ holds }) =>
        holds.map(({ hold }) => hold),
      );
    expect(held('Analytics and reporting platform for private clinics')).toContain('rival');
    expect(held('Booking platform for private clinics')).not.toContain('rival');
  });
});
