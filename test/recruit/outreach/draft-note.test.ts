import { beforeEach, expect, test } from 'vitest';
import { noteWords } from '../../../blocks/recruit/draft-notes.ts';
import { DraftModel } from '../../../src/recruit/outreach/draft-model.ts';
import { DraftNote } from '../../../src/recruit/outreach/draft-note.ts';
import { getDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { aProgramme, aWaitingDraft, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
beforeEach(() => aProgramme());

test('a note that was a sentence once is told as it was written', () => {
  expect(noteWords(DraftNote.parse({ code: 'as-written', sentence: 'Not sent: the thread has ended.' }))).toBe(
    'Not sent: the thread has ended.',
  );
});

test('every note is stored and read again as it was', async () => {
  const { id } = await aWaitingDraft();
  for (const note of [
    null,
    { code: 'undecided', days: 14 },
    { code: 'header-coded', part: 'subject' },
    { code: 'gave-up', reason: 'busy', attempts: 8 },
  ]) {
    await DraftModel.updateOne({ _id: id }, { $set: { note } });
    expect(await getDraft(HOME, id)).toMatchObject({ note });
  }
});

test('what is no note is refused', () => {
  expect(() => DraftNote.parse({ code: 'nonsense' })).toThrow();
});

test('a value in a note is told as it is', () => {
  const note = DraftNote.parse({ code: 'refused', reason: '550 5.1.1 no such user', next: 'name-another' });
  expect(noteWords(note)).toBe(
    'Not sent: 550 5.1.1 no such user. There is no such mailbox, so the address is not used again: name another person under Contact.',
  );
});
