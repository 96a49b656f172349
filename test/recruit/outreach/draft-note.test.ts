import { beforeEach, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { noteWords } from '../../../blocks/recruit/draft-notes.ts';
import { DraftNote, noteFrom } from '../../../src/recruit/outreach/draft-note.ts';
import { getDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { countRecords } from '../../../src/recruit/records/outreach-records-repository.ts';
import { aProgramme, aWaitingDraft, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { told } from '../../support/told.ts';

useMongo();
beforeEach(() => aProgramme());

/** As versions before this one stored it. */
async function storedAs(note: unknown, status = 'waiting'): Promise<string> {
  const { id } = await aWaitingDraft();
  await mongoose.connection.collection('drafts').updateOne({ _id: id as never }, { $set: { note, status, open: status === 'waiting' } });
  return id;
}

test('a note that was stored as a sentence is still told', async () => {
  const id = await storedAs('Not sent: the thread has ended.');
  expect(told(await getDraft(HOME, id))).toMatchObject({ note: 'Not sent: the thread has ended.' });
});

test('a note that was stored as an empty sentence is none', async () => {
  expect(await getDraft(HOME, await storedAs(''))).toMatchObject({ note: null });
});

test('closed drafts of before and of now are counted by their notes', async () => {
  await storedAs('', 'rejected');
  const closed = (await countRecords(HOME)).find(({ state }) => state === 'closed');
  expect(closed).toEqual({ state: 'closed', total: 1, reasons: [{ why: 'turned-down', count: 1 }] });
});

test('what is neither a note nor a sentence is refused', () => {
  expect(() => noteFrom({ code: 'nonsense' })).toThrow();
  expect(noteFrom(undefined)).toBeNull();
});

test('a value in a note is told as it is', () => {
  const note = DraftNote.parse({ code: 'refused', reason: '550 5.1.1 no such user', next: 'name-another' });
  expect(noteWords(note)).toBe(
    'Not sent: 550 5.1.1 no such user. There is no such mailbox, so the address is not used again: name another person under Contact.',
  );
});
