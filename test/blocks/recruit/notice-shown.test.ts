import fc from 'fast-check';
import { expect, test } from 'vitest';
import { draftBlocks, draftCard } from '../../../blocks/recruit/draft-card.ts';
import { approveForm } from '../../../blocks/recruit/draft-forms.ts';
import { noticeText } from '../../../src/recruit/notice/notice.ts';
import type { Draft } from '../../../src/recruit/outreach/draft.ts';
import { LANGUAGES } from '../../../src/recruit/writing/writing.ts';
import { aContact } from '../../support/builders.ts';
import { draft as anyDraft } from '../extreme.ts';

const NOTES = { lapsed: null, setupIn: null, meantIn: null, wroteAgain: null, warnings: [], habit: null };
const SENDER = { name: 'Ana Alder', address: 'ana@larkspur.example', postalAddress: '1 Harbour Street, London' };
const contact = aContact({ country: 'FR' });
const plain = { contact, subject: 'Two products', body: 'Shall we talk?', footer: 'Ana', english: 'Talk?', claims: [] };
const drafts = fc.sample(anyDraft, 1).map((draft): Draft => ({ ...draft, ...plain, status: 'waiting' }));

/** All that plain text and mrkdwn say, in order. */
const saidIn = (blocks: unknown) =>
  [...JSON.stringify(blocks).matchAll(/"text":("(?:[^"\\]|\\.)*")/g)].map(([, text]) => JSON.parse(text ?? '')).join('\n');

test.each(LANGUAGES)('whoever approves reads every word of the page in %s, on the card and once more before it leaves', (language) => {
  const notice = noticeText(contact, language, { name: 'Larkspur' }, SENDER);
  for (const draft of drafts.map((one) => ({ ...one, language, notice }))) {
    for (const blocks of [draftCard(draft), approveForm(draft, NOTES, 'hash', true).blocks]) expect(saidIn(blocks)).toContain(notice);
    expect(saidIn(approveForm({ ...draft, notice: '' }, NOTES, 'hash', true).blocks)).not.toContain('this page');
  }
  expect(drafts).toHaveLength(1);
});

test('a card without room for it says where it is shown', () => {
  const notice = 'A notice. '.repeat(200);
  for (const draft of drafts) {
    const words = saidIn(draftBlocks({ ...draft, language: 'en', notice }, NOTES, 0));
    expect(words).not.toContain(notice);
    expect(words).toContain('*Approve* shows its words');
  }
});
