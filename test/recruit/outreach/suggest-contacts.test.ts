import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { auditEntry } from '../../../src/programme/audit/audit.ts';
import { getCompany } from '../../../src/programme/companies/company-repository.ts';
import { readContact } from '../../../src/programme/contacts/contact.ts';
import { saveContacts } from '../../../src/programme/contacts/contact-repository.ts';
import { suppress } from '../../../src/programme/suppression/suppress.ts';
import type { Draft } from '../../../src/recruit/outreach/draft.ts';
import { suggestContacts } from '../../../src/recruit/outreach/suggest-contacts.ts';
import { insertReply } from '../../../src/recruit/replies/reply-repository.ts';
import { aReply } from '../../support/a-reply.ts';
import { AT, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { aSentDraft } from '../../support/sent.ts';

useMongo();
let sent: Draft;
beforeEach(async () => {
  sent = await aSentDraft();
});

const onFile = async (...people: [name: string, email: string][]) => {
  const contacts = people.flatMap(([name, email], index) => {
    const given = { name, email, role: 'Partnerships', country: 'Ireland' };
    const contact = readContact(given, { kind: 'import', file: 'list.csv', line: index + 2 }, AT);
    return contact ? [contact] : [];
  });
  await saveContacts(HOME, sent.companyId, contacts);
};
const replied = async (namedContact: string | null) => {
  const { threadId, id: draftId, companyId } = sent;
  const reply = aReply({ threadId, draftId, companyId, kind: 'wrong-person', namedContact });
  const entry = auditEntry({ workspaceId: HOME, by: 'mail', at: AT, action: 'reply.take', subject: `reply:${reply.id}`, after: {} });
  await insertReply(reply, randomUUID(), entry);
};
const suggested = async (after: Draft | null = sent) => suggestContacts(await getCompany(HOME, sent.companyId), after);

test('they point to Omar: Omar comes first, with what is on file of him, and who was written to comes last', async () => {
  await onFile(['Dana Reed', 'dana@peatworks.example'], ['Ines Holm', 'ines@peatworks.example'], ['Omar Quist', 'omar@peatworks.example']);
  await replied('Omar Quist');
  expect((await suggested()).map(({ email }) => email)).toEqual([
    'omar@peatworks.example',
    'ines@peatworks.example',
    'dana@peatworks.example',
  ]);
  expect((await suggested())[0]).toMatchObject({ name: 'Omar Quist', role: 'Partnerships', country: 'IE', source: { line: 4 } });
});

test('somebody named whom nobody knows: the name or the address they gave, the country of the company', async () => {
  await replied('Omar Quist');
  expect((await suggested())[0]).toMatchObject({ name: 'Omar Quist', email: '', country: 'GB', source: { kind: 'reply' } });
});

test('not understood, or said by a person to point elsewhere: the address that stands in what they wrote, with the name before it', async () => {
  const { threadId, id: draftId, companyId } = sent;
  const text =
    'I am not the right person, please talk to Omar Quist <Omar@peatworks.example>, he runs our partnerships.\n\ndana@peatworks.example';
  const reply = aReply({ threadId, draftId, companyId, kind: 'other', text });
  const entry = auditEntry({ workspaceId: HOME, by: 'mail', at: AT, action: 'reply.take', subject: `reply:${reply.id}`, after: {} });
  await insertReply(reply, randomUUID(), entry);
  expect((await suggested())[0]).toMatchObject({ name: 'Omar Quist', email: 'omar@peatworks.example', source: { replyId: reply.id } });
});

test('whoever wants no more mail is not offered again', async () => {
  await suppress(HOME, { kind: 'address', value: 'dana@peatworks.example' }, { reason: 'opt-out', via: 'reply', by: 'recipient', at: AT });
  expect(await suggested()).toEqual([]);
});

test('an address in their reply is taken as one', async () => {
  await replied('omar@peatworks.example');
  expect((await suggested())[0]).toMatchObject({ name: '', email: 'omar@peatworks.example' });
});

test('nobody was written to: those on file in their order, without the silenced', async () => {
  await onFile(['Ines Holm', 'ines@peatworks.example'], ['Omar Quist', 'omar@peatworks.example']);
  await suppress(HOME, { kind: 'address', value: 'ines@peatworks.example' }, { reason: 'asked-us', via: 'command', by: 'U0ANA', at: AT });
  expect((await suggested(null)).map(({ name }) => name)).toEqual(['Omar Quist']);
});
