import { addMinutes } from 'date-fns';
import mongoose from 'mongoose';
import { beforeEach, describe, expect, test } from 'vitest';
import { insertLink } from '../../../src/onboard/pages/page-link-repository.ts';
import { newSecret } from '../../../src/onboard/pages/secret.ts';
import { enterPage, findVisit } from '../../../src/onboard/pages/visit.ts';
import { savePerson } from '../../../src/onboard/partners/edit-partner.ts';
import { finishMerge, startMerge } from '../../../src/onboard/partners/merge-partners.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { getPartner } from '../../../src/onboard/partners/partner-repository.ts';
import { confirmPayment, givePayment, lookAtPayment, turnDownPayment } from '../../../src/onboard/payment-details/give-payment.ts';
import { maskedReference, NewPayment, resealed, sealReference } from '../../../src/onboard/payment-details/payment-details.ts';
import { findPayment, listPaymentsDue, markAsked, movePayment } from '../../../src/onboard/payment-details/payment-repository.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import type { Actor } from '../../../src/programme/workspaces/role.ts';
import { ANA } from '../../sandbox/cast.ts';
import { aPartner, piaOf } from '../../support/a-partner.ts';
import { AT, ana, aProgramme, HOME, mia, milo, pia } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
const [NEW, OLD, LOST] = ['ab', 'cd', 'ef'].map((two) => two.repeat(32)) as [string, string, string]; // three were given
const IBAN = 'DE89 3704 0044 0532 0130 00';
const SAID: NewPayment = { currency: 'EUR', method: 'bank', reference: IBAN };
let partner: Partner;
beforeEach(async () => {
  await aProgramme();
  partner = await aPartner();
});
const about = (entryId: string) => ({ partnerId: partner.id, entryId });

test('what a partner enters is sealed, and counts once a manager has confirmed it; no value stands in any record', async () => {
  const { id } = await givePayment(piaOf(partner), partner.id, SAID, [NEW], AT);
  expect(await findPayment(HOME, partner.id)).toMatchObject({ current: null, pending: { id, side: 'partner' } });
  await expect(confirmPayment(mia, about(id), AT)).rejects.toMatchObject({ code: 'role-needed' });
  await expect(confirmPayment(piaOf(partner), about(id), AT)).rejects.toMatchObject({ code: 'internal-only' });
  const both = await Promise.all(
    [confirmPayment(milo, about(id), AT), confirmPayment(ana, about(id), AT)].map((one) => one.catch((error) => error)),
  );
  expect(both.filter(({ changed }) => changed)).toHaveLength(1);
  expect((await lookAtPayment(piaOf(partner), partner.id, AT)).details).toMatchObject({ current: { id }, pending: null });
  const stored = JSON.stringify([await mongoose.connection.collection('payment-details').find().toArray(), await listAudit(HOME, {}, 500)]);
  expect(stored).not.toMatch(/DE89|3000|3704/);
});

test('who entered it for the partner does not confirm it; another manager does, or turns it down', async () => {
  const { id } = await givePayment(milo, partner.id, SAID, [NEW], AT);
  await expect(confirmPayment(milo, about(id), AT)).rejects.toMatchObject({ code: 'second-person-needed' });
  await confirmPayment(ana, about(id), AT);
  const { id: second } = await givePayment(
    piaOf(partner),
    partner.id,
    { ...SAID, method: 'paypal', reference: 'pia@quillmont.example' },
    [NEW],
    AT,
  );
  await turnDownPayment(milo, about(second), AT);
  expect(await findPayment(HOME, partner.id)).toMatchObject({ current: { id }, pending: null, turnedDown: { id: second } });
  expect(await turnDownPayment(ana, about(second), AT)).toMatchObject({ changed: false });
});

describe('what comes from the page of somebody', () => {
  const PERSON = { name: 'Fay Fenn', email: 'fay@quillmont.example', role: 'finance', hasLeft: false } as const;
  const add = (actor: Actor, to: Partner) => savePerson(actor, { partnerId: to.id, contactId: null }, PERSON, AT);
  /** They come in by a link and say where the money goes. */
  async function enteredBy(email: string, linkBy: string): Promise<string> {
    const { people } = await getPartner(HOME, partner.id);
    const contactId = people.find((one) => one.email === email)?.id ?? '';
    const { secret, hash } = newSecret();
    const made = { by: linkBy, createdAt: AT, expiresAt: addMinutes(AT, 15) };
    await insertLink(hash, { workspaceId: HOME, partnerId: partner.id, contactId }, made);
    const visit = await findVisit((await enterPage(secret, AT)) ?? '', AT);
    if (!visit) throw new Error('the page did not open');
    return (await givePayment(visit.actor, partner.id, SAID, [NEW], AT)).id;
  }
  const refuses = async (actor: Actor, id: string) => {
    await expect(confirmPayment(actor, about(id), AT)).rejects.toMatchObject({ code: 'other-person-needed' });
    expect(await findPayment(HOME, partner.id)).toMatchObject({ current: null, pending: { id } });
  };

  test('is not confirmed by whoever added them; another manager does', async () => {
    await add(milo, partner);
    const id = await enteredBy(PERSON.email, 'recipient');
    await refuses(milo, id);
    expect(await confirmPayment(ana, about(id), AT)).toMatchObject({ changed: true });
  });

  test('is not confirmed by whoever added the partner with them, or gave them another address', async () => {
    await refuses(milo, await enteredBy('pia.pine@quillmont.example', 'recipient'));
    const [person] = partner.people;
    await savePerson(ana, { partnerId: partner.id, contactId: person?.id ?? '' }, { ...PERSON, email: 'ana@quillmont.example' }, AT);
    const id = await enteredBy('ana@quillmont.example', 'recipient');
    await refuses(ana, id);
    await confirmPayment(milo, about(id), AT);
  });

  test('is not confirmed by whoever sent the link, and to change a name alone bars nobody', async () => {
    await add(milo, partner);
    const added = (await getPartner(HOME, partner.id)).people.find(({ email }) => email === PERSON.email)?.id ?? '';
    await savePerson(ana, { partnerId: partner.id, contactId: added }, { ...PERSON, name: 'Fay Fennimore' }, AT);
    await confirmPayment(ana, about(await enteredBy(PERSON.email, 'recipient')), AT);
    const id = await enteredBy(PERSON.email, ANA);
    await expect(confirmPayment(ana, about(id), AT)).rejects.toMatchObject({ code: 'other-person-needed' });
  });

  test('is not confirmed by whoever added them to a record that became part of this one', async () => {
    const other = await aPartner({ name: 'Brindle', domains: ['brindle.example'], people: [] }, undefined, ana);
    await add(milo, other);
    await startMerge(ana, partner, await getPartner(HOME, other.id), AT);
    await finishMerge(HOME, partner.id, []);
    await refuses(milo, await enteredBy(PERSON.email, 'recipient'));
  });
});

test('a card of an entry that another has replaced decides nothing', async () => {
  const { id } = await givePayment(piaOf(partner), partner.id, SAID, [NEW], AT);
  const { id: later } = await givePayment(piaOf(partner), partner.id, SAID, [NEW], AT);
  await expect(confirmPayment(milo, about(id), AT)).rejects.toMatchObject({ code: 'partner-moved-on' });
  expect(await findPayment(HOME, partner.id)).toMatchObject({ current: null, pending: { id: later } });
});

test('without a key nothing is kept; strangers, members and other partners give nothing', async () => {
  await expect(givePayment(piaOf(partner), partner.id, SAID, [], AT)).rejects.toMatchObject({ code: 'setting-missing' });
  const other = await aPartner({ name: 'Brindle', domains: ['brindle.example'] });
  await expect(givePayment(piaOf(other), partner.id, SAID, [NEW], AT)).rejects.toMatchObject({ code: 'partner-only' });
  await expect(givePayment(pia, partner.id, SAID, [NEW], AT)).rejects.toMatchObject({ code: 'internal-only' });
  await expect(givePayment(mia, partner.id, SAID, [NEW], AT)).rejects.toMatchObject({ code: 'role-needed' });
  expect(await findPayment(HOME, partner.id)).toBeNull();
});

test('of two records that become one, the one that stays keeps its own, and takes the other’s where it has none', async () => {
  const other = await aPartner({ name: 'Brindle', domains: ['brindle.example'] });
  const { id } = await givePayment(milo, other.id, SAID, [NEW], AT);
  await movePayment(HOME, other.id, partner.id);
  await movePayment(HOME, other.id, partner.id);
  expect(await findPayment(HOME, partner.id)).toMatchObject({ pending: { id } });
  await givePayment(milo, other.id, SAID, [NEW], AT);
  await movePayment(HOME, other.id, partner.id);
  expect(await findPayment(HOME, partner.id)).toMatchObject({ pending: { id } });
  expect(await findPayment(HOME, other.id)).toBeNull();
});

test('of two records that become one, details that a second person has confirmed go on counting', async () => {
  const other = await aPartner({ name: 'Brindle', domains: ['brindle.example'] });
  const { id } = await givePayment(milo, other.id, SAID, [NEW], AT);
  await confirmPayment(ana, { partnerId: other.id, entryId: id }, AT);
  const { id: waits } = await givePayment(piaOf(partner), partner.id, SAID, [NEW], AT);
  await movePayment(HOME, other.id, partner.id);
  await movePayment(HOME, other.id, partner.id);
  expect(await findPayment(HOME, partner.id)).toMatchObject({ current: { id, confirmedBy: ANA }, pending: { id: waits } });
});

test('of two records that become one, details that wait for a second person go on waiting, and the team is asked anew', async () => {
  const other = await aPartner({ name: 'Brindle', domains: ['brindle.example'] });
  const { id: own } = await givePayment(milo, partner.id, SAID, [NEW], AT);
  await confirmPayment(ana, about(own), AT);
  await markAsked(HOME, partner.id, own);
  const { id: waits } = await givePayment(milo, other.id, SAID, [NEW], AT);
  await markAsked(HOME, other.id, waits);
  await movePayment(HOME, other.id, partner.id);
  await movePayment(HOME, other.id, partner.id);
  expect(await findPayment(HOME, partner.id)).toMatchObject({ current: { id: own }, pending: { id: waits } });
  expect(await listPaymentsDue()).toMatchObject([{ partnerId: partner.id, entryId: waits }]);
});

describe('what is sealed', () => {
  const entry = { id: 'e1', sealed: sealReference(IBAN, 'e1', OLD) };
  test('shows its last characters, and is not readable without its key, in another’s place, or changed', () => {
    expect(maskedReference(entry, [NEW, OLD])).toBe('•••• 3000');
    expect(maskedReference({ id: 'e2', sealed: sealReference('pia@q', 'e2', OLD) }, [OLD])).toBe('•••• @q');
    expect(maskedReference(entry, [NEW])).toBeNull();
    expect(maskedReference({ ...entry, id: 'e2' }, [OLD])).toBeNull();
    const [version, iv, tag, text = ''] = entry.sealed.split(':');
    const changed = `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`;
    expect(maskedReference({ ...entry, sealed: [version, iv, tag, changed].join(':') }, [OLD])).toBeNull();
  });

  test('is sealed anew with the new key, once', () => {
    const anew = resealed(entry, [NEW, OLD]);
    expect(anew).not.toBeNull();
    expect(maskedReference({ id: 'e1', sealed: anew ?? '' }, [NEW])).toBe('•••• 3000');
    expect(resealed({ id: 'e1', sealed: anew ?? '' }, [NEW, OLD])).toBeNull();
    expect(() => resealed(entry, [NEW, LOST])).toThrow();
  });
});

test.each([
  [{ currency: 'euro' }, 'currency'],
  [{ method: 'cash' }, 'method'],
  [{ reference: 'DE89 3704 0044 0532 0130 01' }, 'reference'],
  [{ reference: ' ' }, 'reference'],
])('the form says what to change: %j', (more, field) => {
  const read = NewPayment.safeParse({ ...SAID, ...more });
  expect(read.success ? [] : read.error.issues.map(({ path }) => path[0])).toEqual([field]);
  expect(NewPayment.safeParse({ ...SAID, currency: 'eur' }).data).toEqual(SAID);
});
