import { createHash } from 'node:crypto';
import mongoose from 'mongoose';
import { beforeEach, describe, expect, test } from 'vitest';
import { acceptAgreement } from '../../../src/onboard/agreements/accept-agreement.ts';
import { listAcceptances, listAllAcceptances } from '../../../src/onboard/agreements/acceptance-repository.ts';
import { acceptanceFor } from '../../../src/onboard/agreements/agreement-copy.ts';
import { getTerms, listVersions } from '../../../src/onboard/agreements/agreement-repository.ts';
import { type AgreementVersion, MOST_PDF_BYTES } from '../../../src/onboard/agreements/agreement-version.ts';
import { agreementOverview, askStage } from '../../../src/onboard/agreements/open-agreements.ts';
import { kindOfTerms, publishAgreement } from '../../../src/onboard/agreements/publish-agreement.ts';
import { agreementsOf, isSettled, myAgreements, readableVersion } from '../../../src/onboard/agreements/read-agreements.ts';
import { findChecklist } from '../../../src/onboard/checklists/checklist-repository.ts';
import { followPartner, startChecklist } from '../../../src/onboard/checklists/follow-partner.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { userIdOfContact } from '../../../src/onboard/partners/person-of.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import type { PartnerType } from '../../../src/programme/setup/programme.ts';
import type { Actor } from '../../../src/programme/workspaces/role.ts';
import { aPartner, changed, piaOf } from '../../support/a-partner.ts';
import { AT, ana, aProgramme, HOME, mia, milo, pia } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
let partner: Partner;
let person: Actor;
beforeEach(async () => {
  await aProgramme();
  partner = await aPartner();
  person = piaOf(partner);
});

const later = (days: number) => new Date(AT.getTime() + days * 86_400_000);
async function publish(
  given: { types?: PartnerType[]; words?: string; askBy?: Date | null; title?: string } = {},
): Promise<AgreementVersion> {
  const { types = [], words = 'You sell, we deliver.', askBy = null, title = 'Partner agreement' } = given;
  return (await publishAgreement(ana, { title, types, fileName: null, bytes: Buffer.from(words), askBy }, AT)).version;
}
const accept = (versionId: string, actor = person, at = AT) =>
  acceptAgreement(actor, { versionId, name: 'Pia Pine', jobTitle: 'Head of Sales' }, at);
const states = async () => (await agreementsOf(partner)).map(({ version, acceptance, isAsked }) => [version.number, !!acceptance, isAsked]);

describe('a version', () => {
  test('is hashed and kept byte for byte, with its mark of byte order and its line ends', async () => {
    const bytes = Buffer.from('\uFEFFEins\r\nŻwei ﬁ \u0301');
    const { version } = await publishAgreement(ana, { title: 'A', types: [], fileName: 'a.md', bytes, askBy: null }, AT);
    expect(version).toMatchObject({ number: 1, kind: 'text', fileName: 'a.md', hash: createHash('sha256').update(bytes).digest('hex') });
    expect((await getTerms(HOME, version.id)).equals(bytes)).toBe(true);
  });

  test('is published by admins alone; the same form twice, and at once, makes one; two forms make two', async () => {
    await expect(
      publishAgreement(milo, { title: 'A', types: [], fileName: null, bytes: Buffer.from('x'), askBy: null }, AT),
    ).rejects.toMatchObject({ code: 'role-needed' });
    await Promise.all([publish(), publish()]);
    expect((await listVersions(HOME)).map(({ number }) => number)).toEqual([1]);
    await Promise.all([publish({ words: 'a' }), publish({ words: 'b' })]);
    expect((await listVersions(HOME)).map(({ number }) => number)).toEqual([3, 2, 1]);
  });

  test.each([
    ['nothing', null, Buffer.alloc(0), 'empty'],
    ['blanks', null, Buffer.from(' \n'), 'empty'],
    ['a picture', 'a.txt', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0xff]), 'no-text'],
    ['a text called a PDF', 'a.PDF', Buffer.from('hello'), 'no-pdf'],
    ['a PDF that is too large', 'a.pdf', Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(MOST_PDF_BYTES)]), 'too-large'],
    ['a text that is too large', 'a.txt', Buffer.from('x'.repeat(200_001)), 'too-large'],
  ])('%s is refused with what is wrong', (_name, fileName, bytes, problem) => {
    expect(() => kindOfTerms(fileName, bytes)).toThrow(expect.objectContaining({ code: 'terms-unreadable', details: { problem } }));
  });

  test('is a PDF by its bytes, whatever it is called', () => {
    expect(kindOfTerms('terms.txt', Buffer.from('%PDF-1.4 …'))).toBe('pdf');
  });
});

describe('which versions hold for whom', () => {
  test('for each type the newest that is for it', async () => {
    await publish({ words: 'all' });
    await publish({ words: 'resellers', types: ['reseller'] });
    expect(await states()).toEqual([[1, false, true]]);
    partner = await changed(partner, { types: ['reseller', 'agency'] });
    expect(await states()).toEqual([
      [2, false, true],
      [1, false, true],
    ]);
    await publish({ words: 'all anew' });
    expect(await states()).toEqual([[3, false, true]]);
  });

  test('a new one without a day leaves the earlier acceptance in force; one with a day asks again, also when a third follows', async () => {
    await accept((await publish()).id);
    expect(await states()).toEqual([[1, true, false]]);
    await publish({ words: 'second' });
    expect(await states()).toEqual([[2, false, false]]);
    expect(isSettled(await agreementsOf(partner))).toBe(true);
    const day = later(20);
    await publish({ words: 'third', askBy: day });
    await publish({ words: 'fourth' });
    expect(await agreementsOf(partner)).toMatchObject([{ version: { number: 4 }, isAsked: true, by: day }]);
    expect(isSettled(await agreementsOf(partner))).toBe(false);
    expect(isSettled([])).toBe(false);
  });

  test('of a version it is said who accepted it, and who of those it is for has not', async () => {
    const other = await aPartner({ name: 'Brindle', domains: ['brindle.example'], types: ['reseller'], people: [] });
    const { id } = await publish({ askBy: later(20) });
    await accept(id);
    const { accepted, open } = await agreementOverview(HOME, id);
    expect(accepted.map(({ partnerName }) => partnerName)).toEqual(['Quillmont']);
    expect(open.map((state) => [state.partner.id, state.isAsked])).toEqual([[other.id, true]]);
  });

  test.each([
    [-1, 'asked'],
    [12.9, 'asked'],
    [13, 'soon'],
    [19.9, 'soon'],
    [20, 'over'],
  ])('%d days after it was published with twenty days to go, it is %s', (days, stage) => {
    expect(askStage({ createdAt: AT, askBy: later(20) }, later(days)).stage).toBe(stage);
  });
});

describe('accepting', () => {
  test('records who, for whom, what and when, with the hash of that version', async () => {
    const version = await publish();
    const { acceptance, isNew } = await accept(version.id);
    expect(isNew).toBe(true);
    expect(acceptance).toMatchObject({
      ...{ partnerId: partner.id, partnerName: 'Quillmont', ourName: 'Larkspur', name: 'Pia Pine', jobTitle: 'Head of Sales', at: AT },
      ...{ versionId: version.id, number: 1, hash: version.hash, userId: person.userId, teamId: 'T0QUILLMNT', filedAt: null },
    });
    expect(await listAudit(HOME, { action: 'agreement.accept' })).toMatchObject([{ by: person.userId, after: { hash: version.hash } }]);
  });

  test('by a link in a mail: the contact stands in the record', async () => {
    const { id = '' } = partner.people[0] ?? {};
    const userId = userIdOfContact(id);
    const { acceptance } = await accept((await publish()).id, { ...piaOf(partner), userId, teamId: '' });
    expect(acceptance).toMatchObject({ userId, teamId: '', email: 'pia.pine@quillmont.example' });
  });

  test('while it is being replaced: nothing is recorded, and the new one is named', async () => {
    const old = await publish();
    const newer = await publish({ words: 'second' });
    await expect(accept(old.id)).rejects.toMatchObject({ code: 'agreement-replaced', details: { versionId: newer.id } });
    expect(await listAllAcceptances(HOME)).toEqual([]);
  });

  test('twice at once makes one record, and both see it', async () => {
    const { id } = await publish();
    const both = await Promise.all([accept(id), accept(id, { ...piaOf(partner), userId: 'U0PAULPINE' })]);
    expect(both.map(({ isNew }) => isNew).sort()).toEqual([false, true]);
    expect(new Set(both.map(({ acceptance }) => acceptance.id)).size).toBe(1);
    expect(await listAcceptances(HOME, partner.id)).toHaveLength(1);
    expect(await listAudit(HOME, { action: 'agreement.accept' })).toHaveLength(1);
  });

  test('ticks the step of the checklist, once nothing is left to accept; what was not reported is found later', async () => {
    partner = await changed(partner, { types: ['agency', 'reseller'] });
    const step = async () =>
      (await findChecklist(HOME, partner.id))?.steps.find(({ evidence }) => evidence === 'agreement-accepted')?.state;
    await startChecklist(partner, AT);
    const resellers = await publish({ types: ['reseller'], words: 'resellers' });
    const agencies = await publish({ types: ['agency'], words: 'agencies' });
    await accept(resellers.id);
    expect(await step()).toBe('open');
    await accept(agencies.id);
    expect(await step()).toBe('done');
    await mongoose.connection.collection('checklists').deleteMany({});
    await followPartner(partner, AT);
    expect(await step()).toBe('done');
  });

  test('a later version leaves the earlier acceptance as it was', async () => {
    const first = (await accept((await publish()).id)).acceptance;
    await accept((await publish({ words: 'second', askBy: later(9) })).id, person, later(1));
    expect((await listAcceptances(HOME, partner.id)).map(({ number }) => number)).toEqual([2, 1]);
    expect(await acceptanceFor(person, first.id, AT)).toEqual(first);
  });

  test('is for the partner’s own people: not for colleagues, strangers, or those of another', async () => {
    const { id } = await publish({ types: ['agency'] });
    for (const actor of [ana, milo, mia, pia]) await expect(accept(id, actor)).rejects.toMatchObject({ code: 'partner-only' });
    const other = await aPartner({ name: 'Brindle', domains: ['brindle.example'], types: ['reseller'], people: [] });
    const stranger = { ...piaOf(other), userId: 'U0BRINDLE' };
    await expect(accept(id, stranger)).rejects.toMatchObject({ code: 'agreement-unknown' });
    expect(await myAgreements(stranger)).toEqual([]);
    await expect(readableVersion(stranger, id)).rejects.toMatchObject({ code: 'agreement-unknown' });
    const { acceptance } = await accept(id);
    await expect(acceptanceFor(stranger, acceptance.id, AT)).rejects.toMatchObject({ code: 'partner-only' });
    await expect(acceptanceFor(pia, acceptance.id, AT)).rejects.toMatchObject({ code: 'internal-only' });
    expect(await acceptanceFor(mia, acceptance.id, AT)).toEqual(acceptance);
  });

  test('an ended partnership accepts nothing', async () => {
    const { id } = await publish();
    await changed(partner, { status: 'ended' });
    await expect(accept(id)).rejects.toMatchObject({ code: 'partner-ended' });
  });
});
