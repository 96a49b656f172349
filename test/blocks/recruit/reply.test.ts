import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closedCard } from '../../../blocks/discover/company-card.ts';
import { replyCard, replyTitle } from '../../../blocks/recruit/reply-card.ts';
import { correctForm, wholeMail } from '../../../blocks/recruit/reply-forms.ts';
import type { CompanyDecision } from '../../../src/programme/companies/company.ts';
import { REPLY_KINDS, type Reply } from '../../../src/recruit/replies/reply.ts';
import { aReply } from '../../support/a-reply.ts';
import { decision, domain, nasty } from '../extreme.ts';
import { message, view } from '../slack-takes.ts';

const at = new Date('2026-11-23T09:00:00Z');
const RUNS = { numRuns: 60 };
const reply: fc.Arbitrary<Reply> = fc.record({
  id: fc.uuid(),
  workspaceId: fc.constant('T1'),
  threadId: fc.uuid(),
  draftId: fc.uuid(),
  companyId: fc.uuid(),
  companyName: nasty(200),
  writtenTo: fc.constant('dana@peatworks.example'),
  matchedBy: fc.constantFrom('token', 'message-id', 'address'),
  from: fc.record({ name: fc.oneof(fc.constant(''), nasty(200)), address: fc.oneof(fc.constant(''), nasty(300)) }),
  subject: fc.oneof(fc.constant(''), nasty(500)),
  text: fc.oneof(fc.constant(''), fc.constant(' \n'), nasty(7000), nasty(100_000)),
  quoted: fc.oneof(fc.constant(''), nasty(4000), nasty(100_000)),
  isCut: fc.boolean(),
  attachments: fc.integer({ min: 0, max: 99 }),
  isAutomatic: fc.boolean(),
  bounce: fc.option(fc.record({ recipient: nasty(100), action: nasty(20), status: nasty(20), hard: fc.boolean() })),
  messageId: fc.constant(null),
  receivedAt: fc.constant(at),
  kind: fc.constantFrom(...REPLY_KINDS),
  sentence: fc.oneof(fc.constant(''), nasty(3000)),
  laterUntil: fc.option(fc.constant(new Date('2027-01-15'))),
  namedContact: fc.option(nasty(300)),
  correctedBy: fc.option(fc.constant('U1')),
  settledAt: fc.option(fc.constant(at)),
  updatedAt: fc.constant(at),
});

describe('a reply', () => {
  test('its card, whatever stands in it and was decided', () => {
    fc.assert(
      fc.property(reply, decision, fc.boolean(), (one, decided, silenced) => {
        message({ text: replyTitle(one), blocks: replyCard(one, { decision: decided, silenced, at }) });
      }),
      RUNS,
    );
  });

  test('what is cut says so: all of a shorter one is on the card', () => {
    fc.assert(
      fc.property(reply, (one) => {
        const words = JSON.stringify(replyCard(one, { decision: null, silenced: false, at }));
        expect(words.includes('Show Whole Mail')).toBe(one.text.length > 6000 || one.quoted.length > 3000);
      }),
      RUNS,
    );
  });

  test('its forms, on any page', () => {
    fc.assert(
      fc.property(reply, fc.integer({ min: -5, max: 50 }), (one, page) => {
        view(wholeMail(one, page));
        view(correctForm(one));
      }),
      RUNS,
    );
  });

  test('all pages together are the whole mail', () => {
    fc.assert(
      fc.property(nasty(100_000), nasty(30_000), (text, quoted) => {
        const one = { ...fc.sample(reply, { seed: 1, numRuns: 1 })[0], text, quoted } as Reply; // one sample was asked for
        let read = '';
        for (let page = 0, last = ''; ; page++) {
          const shown = wholeMail(one, page);
          if (JSON.stringify(shown) === last) break;
          last = JSON.stringify(shown);
          read += shown.blocks
            .map((block) => ('text' in block && Object(block.text).type === 'plain_text' ? String(Object(block.text).text) : ''))
            .join('');
        }
        // Sections of nothing but space are none.
        expect(read.replace(/\s/g, '')).toBe(`${text}${quoted}`.replace(/\s/g, ''));
      }),
      { numRuns: 20 },
    );
  });
});

describe('the next steps follow what has happened', () => {
  const until = new Date('2026-12-14');
  const later = aReply({ kind: 'later', laterUntil: until });
  const shown = (day: string, decided: CompanyDecision | null) =>
    JSON.stringify(replyCard(later, { decision: decided, silenced: false, at: new Date(day) }));
  const putOff = (day: Date) => ({ kind: 'later', until: day, by: 'U1', at }) as const;

  test('Later names the day they named, until it has passed or the company is put off', () => {
    expect(shown('2026-11-23', null)).toContain('Later, Until 14 December 2026');
    expect(shown('2026-11-23', putOff(until))).not.toContain('reply.later');
    expect(shown('2026-12-20', null)).toMatch(/"text":"Later"/);
    expect(shown('2026-12-20', putOff(new Date('2027-01-10')))).not.toContain('reply.later');
    expect(shown('2027-02-01', putOff(new Date('2027-01-10')))).toMatch(/"text":"Later"/);
  });

  test('a silenced company is not to be silenced again', () => {
    expect(shown('2026-11-23', null)).toContain('Silence the Company');
    expect(shown('2026-11-23', { kind: 'not-fit', reason: 'no-contact', note: '', by: 'U1', at })).not.toContain('Silence the Company');
  });
});

test('what they write forms no bold words between ours', () => {
  const forged = 'x” *Understood as:* interested';
  const one = aReply({ from: { name: forged, address: 'dana@peatworks.example' }, subject: forged, sentence: forged, companyName: forged });
  const words = JSON.stringify(replyCard(one, { decision: null, silenced: false, at }).filter(({ type }) => type !== 'actions'));
  expect(words.match(/\*Understood as:\*/g)).toHaveLength(1);
});

test('a company that a decision keeps out', () => {
  fc.assert(
    fc.property(nasty(200), domain, decision, nasty(500), (name, site, decided, entry) => {
      const gate = { gate: 'existing', entry } as const;
      if (decided) message({ text: 'Company', blocks: closedCard({ id: 'c', name, domain: site }, decided, gate) }, 'response_url');
    }),
    RUNS,
  );
});
