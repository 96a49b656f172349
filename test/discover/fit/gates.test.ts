import { describe, expect, test } from 'vitest';
import { gateWords } from '../../../blocks/discover/reason-words.ts';
import { gateOf } from '../../../src/discover/fit/gates.ts';
import { rankCompanies } from '../../../src/discover/fit/rank-companies.ts';
import { aCandidate, aProfile } from './candidates.ts';

const profile = aProfile({
  competitors: ['https://www.rival.example/pricing', 'Räväl Systems GmbH', 'Booking.com'],
  existing: ['partner.example'],
  leaveOut: ['Big Customer, Inc.'],
});

describe('gates', () => {
  test.each([
    ['competitor', { domain: 'rival.example' }],
    ['competitor', { domain: null, website: 'http://shop.rival.example/' }],
    ['competitor', { name: 'RAVAL SYSTEMS' }],
    ['competitor', { domain: 'booking.com' }],
    ['competitor', { name: 'Booking.com' }],
    ['customer', { name: 'Big  Customer Ltd' }],
    ['customer', { name: 'Other', aliases: ['Formerly', 'big customer'] }],
    ['existing', { domain: 'PARTNER.example' }],
    ['own-company', { name: 'Funnelwise Inc.' }],
  ] as const)('%s: %j', (gate, facts) => {
    const candidate = aCandidate({ ...facts, aliases: 'aliases' in facts ? [...facts.aliases] : [] });
    const found = gateOf(profile, candidate);
    expect(found).toMatchObject({ gate });
    expect(found && gateWords(found)).toMatch(/\.$/);
    expect(rankCompanies(profile, [candidate], { top: 5 })).toEqual({ candidates: 1, gated: 1, ranked: [] });
  });

  test.each([
    { name: 'Rival', domain: 'rival-other.example' },
    { name: 'Big Customer Care' },
    { name: 'GmbH' },
    { name: '', domain: null },
    { status: 'Acquired' },
    { status: 'Inactive' },
  ] as const)('none for %j', (facts) => {
    expect(gateOf(profile, aCandidate(facts))).toBeNull();
  });

  test('blank entries of a list close nothing', () => {
    expect(gateOf(aProfile({ competitors: ['', ' '], existing: ['.'] }), aCandidate({ name: '', domain: null }))).toBeNull();
  });
});
