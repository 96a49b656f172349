import fc from 'fast-check';
import { ORIGINS } from '../../src/recruit/notice/origin.ts';
import { DRAFT_KINDS, type Draft } from '../../src/recruit/outreach/draft.ts';
import { BASES, RECIPIENTS } from '../../src/recruit/policy/country-policy.ts';
import { LANGUAGES } from '../../src/recruit/writing/writing.ts';

/** Texts that break cards: forged mentions and links, marks, entities, emoji of several units, right-to-left, nothing to see. */
const NASTY = [
  '<!channel>',
  '<!here|all>',
  '<@U0ANAALDER>',
  '<#C0GENERAL1>',
  '<https://evil.example|click>',
  '*bold*_it_`code`~no~',
  '&&&&&&&&&&',
  '&lt;!channel&gt;',
  '😀👩‍👩‍👧‍👦🇩🇪',
  'שלום \u202eabc',
  '\u200b\u200d\ufeff',
  '|}{"\\',
  'Ünïcödé',
  'word ',
];

/** Up to `max` UTF-16 units of such texts, often right at the limit; never empty, always whole characters. */
export function nasty(max: number): fc.Arbitrary<string> {
  const long = fc.constantFrom(...NASTY).map((part) => part.repeat(Math.ceil(max / part.length)));
  const mixed = fc.array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'grapheme' })), { minLength: 1, maxLength: 40 });
  return fc
    .oneof(
      long,
      mixed.map((parts) => parts.join('')),
    )
    .map((text) => `A${text}`.slice(0, max).replace(/[\ud800-\udbff]$/, ''));
}

const type = fc.constantFrom('reseller', 'technology', 'co-marketing', 'consultant') as fc.Arbitrary<'reseller'>;
const at = new Date('2026-11-23T09:00:00Z');
const label = fc.integer({ min: 1, max: 63 }).map((length) => 'a'.repeat(length));
export const domain = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => `${labels.join('.')}.example`);
export const evidence = fc.record({ field: nasty(40), value: nasty(5000), source: nasty(130), at: fc.constant(at) });
export const reason = fc.record({
  criterion: fc.constant('c'),
  points: fc.double({ min: 0, max: 40, noNaN: true }).map((points) => Math.round(points * 10) / 10),
  max: fc.constant(40),
  finding: nasty(400).map((sentence) => ({ code: 'as-written' as const, sentence })),
  asOf: fc.constant(null),
  evidence: fc.array(evidence, { maxLength: 12 }),
});
export const item = fc.record({
  companyId: fc.uuid(),
  name: nasty(200),
  domain,
  oneLiner: fc.oneof(fc.constant(''), nasty(300)),
  type,
  score: fc.integer({ min: 0, max: 100 }),
  known: fc.double({ min: 0, max: 1, noNaN: true }),
  reasons: fc.array(reason, { maxLength: 3 }),
});
export const decision = fc.oneof(
  fc.constant(null),
  fc.record({ kind: fc.constant('pursued' as const), by: fc.constant('U1'), at: fc.constant(at) }),
  fc.record({ kind: fc.constant('partner' as const), by: fc.constant('U1'), at: fc.constant(at) }),
  fc.record({ kind: fc.constant('later' as const), until: fc.constant(at), by: fc.constant('U1'), at: fc.constant(at) }),
  fc.record({
    kind: fc.constant('not-fit' as const),
    reason: fc.constant('no-contact' as const),
    note: nasty(300),
    by: fc.constant('system'),
    at: fc.constant(at),
  }),
);

const contact = fc.record({
  name: nasty(100),
  email: fc.constant(`${'d'.repeat(60)}@${'e'.repeat(60)}.example`),
  country: fc.constantFrom('GB', 'DE', 'US', 'CA', 'JP'),
  basis: fc.constantFrom(...BASES),
  recipient: fc.constantFrom(...RECIPIENTS),
  origin: fc.constantFrom(...ORIGINS, undefined),
  source: nasty(300),
});
const hold = fc.record({
  why: fc.constantFrom('hours', 'mailbox-cap', 'workspace-cap', 'touch-distance', 'retry') as fc.Arbitrary<'hours'>,
  until: fc.constant(at),
  said: nasty(300),
});
const claim = fc.record({ text: nasty(500), evidence: fc.array(evidence, { minLength: 1, maxLength: 8 }) });
export const draft: fc.Arbitrary<Draft> = fc.record({
  id: fc.uuid(),
  workspaceId: fc.constant('T1'),
  companyId: fc.uuid(),
  companyName: nasty(200),
  threadId: fc.uuid(),
  kind: fc.constantFrom(...DRAFT_KINDS),
  touch: fc.integer({ min: 0, max: 3 }),
  references: fc.constant(['x@y']),
  answers: fc.constant(null),
  version: fc.integer({ min: 1, max: 999 }),
  status: fc.constantFrom('writing', 'waiting', 'approved', 'sending', 'sent', 'failed', 'unknown', 'rejected') as fc.Arbitrary<'waiting'>,
  contact,
  sender: fc.record({ name: nasty(100), address: fc.constant('ana@larkspur.example') }),
  subject: nasty(150),
  body: nasty(3000),
  language: fc.constantFrom(...LANGUAGES),
  written: fc.constant(null),
  footer: nasty(1500),
  notice: fc.oneof(fc.constant(''), nasty(3500)),
  english: nasty(3000),
  claims: fc.array(claim, { maxLength: 10 }),
  writer: fc.constantFrom('model', 'offline', null) as fc.Arbitrary<'model'>,
  note: nasty(300).map((sentence) => ({ code: 'as-written' as const, sentence })),
  optOutToken: fc.constant('token'),
  startedBy: fc.constant('U1'),
  startedAt: fc.constant(at),
  writtenAt: fc.constant(at),
  editedBy: fc.constantFrom('U1', null),
  approval: fc.constantFrom(null, { id: 'a', hash: 'h', by: 'U1', at, expiresAt: at }),
  decidedBy: fc.constantFrom('U1', null),
  decidedAt: fc.constantFrom(at, null),
  messageId: fc.constantFrom('x@y', null),
  doubts: fc.array(fc.record({ messageId: fc.constant('x@y'), to: nasty(200), at: fc.constant(at), cleared: fc.boolean() }), {
    maxLength: 3,
  }),
  sentAt: fc.constantFrom(at, null),
  claim: fc.constant(null),
  hold: fc.option(hold),
  releasedBy: fc.constantFrom('U1', null),
  attempts: fc.nat(9),
  policy: fc.constant(null),
  response: nasty(300),
  updatedAt: fc.constant(at),
});
