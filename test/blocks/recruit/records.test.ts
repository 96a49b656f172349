import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noticeModal } from '../../../blocks/elements.ts';
import { liftedWords, silencedWords, silenceForm, silencePage } from '../../../blocks/programme/silence-forms.ts';
import { recordsOverview, recordsPage } from '../../../blocks/recruit/outreach-records.ts';
import { bytesModal, recordModal } from '../../../blocks/recruit/record-detail.ts';
import { SUPPRESSION_KINDS, SUPPRESSION_REASONS } from '../../../src/programme/suppression/suppression.ts';
import type { Draft } from '../../../src/recruit/outreach/draft.ts';
import type { RecordDetail } from '../../../src/recruit/records/outreach-record.ts';
import { RECORD_STATES, RETURNS, type RecordCount } from '../../../src/recruit/records/outreach-record.ts';
import { REPLY_KINDS } from '../../../src/recruit/replies/reply.ts';
import { draft, nasty } from '../extreme.ts';
import { message, view } from '../slack-takes.ts';

const RUNS = { numRuns: 60 };
const at = new Date('2026-11-23T09:00:00Z');
const record = fc.record({ draft, back: fc.constantFrom(null, ...RETURNS) });
const counts: fc.Arbitrary<RecordCount[]> = fc
  .array(fc.record({ why: nasty(600).map((sentence) => ({ code: 'as-written' as const, sentence })), count: fc.nat(10_000_000) }), {
    maxLength: 9,
  })
  .map((reasons) => RECORD_STATES.map((state) => ({ state, total: 10_000_000, reasons })));

const replies = REPLY_KINDS.map((kind) => ({ kind, count: 10_000_000 }));
const from = fc.record({ name: nasty(100), address: nasty(200) });
const mail = fc.record({ from, kind: fc.constantFrom(...REPLY_KINDS), sentence: nasty(5000), receivedAt: fc.constant(at) });
// The page of a message reads no more of a reply than this.
const mails = fc.array(mail, { maxLength: 12 }) as unknown as fc.Arbitrary<RecordDetail['replies']>;

const waitingOf = (drafts: Draft[]) => ({
  inbox: { items: drafts.map((draft) => ({ kind: 'draft', since: at, draft }) as const), drafts: 10_000_000, replies: 10_000_000 },
  links: new Map(drafts.map(({ id }) => [`draft:${id}`, 'https://larkspur.slack.com/archives/C1/p1'])),
});

describe('the records of outreach', () => {
  test('every state with its reasons and the newest messages', () => {
    fc.assert(
      fc.property(counts, fc.array(record, { maxLength: 5 }), (all, newest) => {
        const today = { mailbox: 20, workspace: 100 };
        const blocks = recordsOverview({ counts: all, newest, replies, today, waiting: waitingOf(newest.map(({ draft }) => draft)) });
        message({ text: 'Outreach', blocks }, 'response_url');
      }),
      RUNS,
    );
  });

  test('a page of ten', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 10 }), fc.constantFrom(...RECORD_STATES), (records, state) => {
        message({ text: 'Outreach', blocks: recordsPage(state, { records, total: 10_000_000, from: 20 }) }, 'response_url');
      }),
      RUNS,
    );
  });

  test('nothing yet: what to do', () => {
    const none = RECORD_STATES.map((state) => ({ state, total: 0, reasons: [] }));
    const blocks = recordsOverview({ counts: none, newest: [], replies: [], today: { mailbox: 0, workspace: 0 }, waiting: waitingOf([]) });
    expect(JSON.stringify(blocks)).toContain('Draft Outreach');
  });

  test('one message with the longest history', () => {
    const entry = fc.record({
      id: fc.uuid(),
      workspaceId: fc.constant('T1'),
      at: fc.constant(at),
      by: fc.constantFrom('U1', 'system'),
      action: fc.constantFrom('draft.start', 'draft.sent', 'draft.send-put-off', 'draft.approve-refused', 'draft.hold', 'something.else'),
      subject: fc.constant('draft:1'),
      before: fc.constant(null),
      after: fc.oneof(
        fc.constant(null),
        fc.record({ reason: nasty(300), response: nasty(300), until: fc.constant(at), why: nasty(200), code: nasty(50) }),
      ),
    });
    const approval = fc.constantFrom(null, { id: 'a', hash: 'f'.repeat(64), by: 'U1', at, expiresAt: at });
    const stamp = fc.record({
      version: fc.constant('2026-11-27'),
      country: fc.constant('GB'),
      rule: fc.constant('gb-pecr'),
      legalBasis: nasty(300),
    });
    fc.assert(
      fc.property(
        record,
        approval,
        fc.array(entry, { minLength: 90, maxLength: 100 }),
        fc.option(stamp),
        mails,
        (one, given, history, policy, came) => {
          view(recordModal({ ...one, draft: { ...one.draft, policy }, approval: given, history, replies: came, hasBytes: true }));
        },
      ),
      { numRuns: 20 },
    );
  });

  test('bytes: all of them while they fit, and a word when they do not', () => {
    const mail = `Subject: x\r\n\r\n${'<!channel> & *bold* '.repeat(500)}`;
    const shown = bytesModal(mail, 'd1');
    view(shown);
    const texts = shown.blocks.map((block) => ('text' in block && typeof block.text === 'object' ? block.text.text : ''));
    expect(texts.join('')).toBe(mail);
    const long = bytesModal('line of a mail\n'.repeat(20_000), 'd1');
    view(long);
    expect(JSON.stringify(long.blocks[0])).toContain('outreach --bytes d1');
    expect(Buffer.byteLength(JSON.stringify(long))).toBeLessThan(250_000);
  });
});

describe('the suppression list', () => {
  test('whatever was meant, whoever looks', () => {
    const key = fc.record({ kind: fc.constantFrom(...SUPPRESSION_KINDS), value: nasty(250) });
    const suppression = fc.record({
      id: fc.uuid(),
      workspaceId: fc.constant('T1'),
      kind: fc.constantFrom(...SUPPRESSION_KINDS),
      hash: fc.constant('h'),
      reason: fc.constantFrom(...SUPPRESSION_REASONS),
      via: fc.constantFrom('one-click', 'page', 'smtp', 'command', 'else'),
      by: fc.constantFrom('U1', 'recipient', 'system'),
      at: fc.constant(at),
    });
    fc.assert(
      fc.property(
        key,
        nasty(200),
        fc.option(fc.record({ key, suppression })),
        fc.boolean(),
        fc.boolean(),
        (asked, company, silence, add, lift) => {
          const target = { key: asked, closedBy: [asked], company };
          view(silencePage(target, silence, { add, lift, isOwn: add && !lift }));
          view(noticeModal('Stop all mail', silencedWords(target, add)));
          view(noticeModal('Stop all mail', liftedWords(target, asked)));
          view(silenceForm({ address: 1_000_000, domain: 2, company: 3 }));
        },
      ),
      RUNS,
    );
  });
});
