import mongoose from 'mongoose';
import { beforeEach, describe, expect, test } from 'vitest';
import { keepPartnersOut } from '../../../jobs/onboard/keep-partners-out.ts';
import { decideCompany } from '../../../src/discover/digest/decide-company.ts';
import { addPartner } from '../../../src/onboard/partners/add-partner.ts';
import { endPartner, movePartner, takeBackPartner } from '../../../src/onboard/partners/move-partner.ts';
import { decideCandidate, findPartnerOfCompany } from '../../../src/onboard/partners/partner-of-company.ts';
import {
  changePartner,
  changePartnerNow,
  getPartner,
  getPartnerNamed,
  listKeepOutDue,
  listPartnerRecords,
} from '../../../src/onboard/partners/partner-repository.ts';
import { PERSONAL_DATA } from '../../../src/personal-data.ts';
import { auditEntry } from '../../../src/programme/audit/audit.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { findCompanyByDomain, getCompany, listPartners } from '../../../src/programme/companies/company-repository.ts';
import { eraseWhom } from '../../../src/programme/privacy/erase-whom.ts';
import { gatherWhom } from '../../../src/programme/privacy/read-whom.ts';
import { ANA, MIA, MILO } from '../../sandbox/cast.ts';
import { aPartner, changed } from '../../support/a-partner.ts';
import { AT, aCompany, anActor, ana, aProgramme, HOME, mia, milo } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
beforeEach(() => aProgramme());

const given = { name: 'Peatworks', domains: ['peatworks.example', 'www.peatworks.test'], types: ['agency'] as const, owner: MILO };
const refusal = (code: string, details = {}) => expect.objectContaining({ code, details: expect.objectContaining(details) });

describe('a company becomes a partner', () => {
  test('its record, and its companies leave every list, those nobody had on file too', async () => {
    const company = await aCompany();
    const partner = await addPartner(milo, given, AT);
    expect(partner).toMatchObject({ domains: ['peatworks.example', 'peatworks.test'], status: 'invited', companyId: company.id });
    expect(await listPartners(HOME)).toEqual(['peatworks.example', 'Peatworks', 'peatworks.test', 'Peatworks']);
    expect((await findPartnerOfCompany(HOME, company.id))?.id).toBe(partner.id);
    expect(await listAudit(HOME, { subject: `partner:${partner.id}`, action: 'partner.add' })).toMatchObject([
      { action: 'partner.add', by: MILO },
    ]);
  });

  test('two who do it at once make one record, and the others are told whose it is', async () => {
    const done = await Promise.allSettled(Array.from({ length: 8 }, (_, n) => addPartner(n % 2 ? ana : milo, given, AT)));
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { partners, total } = await listPartnerRecords(HOME, {}, { from: 0, count: 10 });
    expect(total).toBe(1);
    for (const one of done)
      if (one.status === 'rejected')
        expect(one.reason).toEqual(refusal('partner-exists', { name: 'Peatworks', partnerId: partners[0]?.id }));
  });

  test.each([
    ['another spelling of the name', { name: 'PÉATWORKS!', domains: ['other.example'] }, { domain: '' }],
    ['one of the domains', { name: 'Other', domains: ['other.example', 'https://peatworks.test/x'] }, { domain: 'peatworks.test' }],
  ])('%s belongs to a partner: refused, and it says whose', async (_what, change, details) => {
    const { id: partnerId } = await addPartner(milo, given, AT);
    const again = addPartner(milo, { ...given, ...change }, AT);
    await expect(again).rejects.toEqual(refusal('partner-exists', { name: 'Peatworks', partnerId, ...details }));
  });

  test.each([['gmail.com'], ['nonsense'], ['']])('“%s” is no company’s domain', async (domain) => {
    await expect(addPartner(milo, { ...given, domains: [domain] }, AT)).rejects.toEqual(refusal('domain-needed'));
    expect((await listPartnerRecords(HOME, {}, { from: 0, count: 1 })).total).toBe(0);
  });

  test('a member may not, and a company that asked for silence needs an admin and stays silent', async () => {
    await expect(addPartner(mia, given, AT)).rejects.toEqual(refusal('role-needed'));
    const { id } = await aCompany();
    await decideCompany(ana, id, { kind: 'not-fit', reason: 'no-contact', note: '' }, AT);
    await expect(addPartner(milo, given, AT)).rejects.toEqual(refusal('role-needed'));
    await addPartner(ana, given, AT);
    expect((await getCompany(HOME, id)).decision).toMatchObject({ kind: 'not-fit', reason: 'no-contact' });
  });

  test('what a crash left of it is completed by the sweep, once', async () => {
    const partner = await addPartner(milo, given, AT);
    await mongoose.connection.collection('companies').updateMany({}, { $set: { decision: null } });
    const moved = { domains: ['peatworks.test', 'peat.test'] };
    const entry = auditEntry({ workspaceId: HOME, by: ANA, at: AT, action: 'partner.edit', subject: `partner:${partner.id}` });
    await changePartner(partner, moved, entry);
    const queued: string[] = [];
    const deps = { now: () => AT, enqueue: async ({ name }: { name: string }) => void queued.push(name), log: console };
    expect((await listKeepOutDue()).map(({ id }) => id)).toEqual([partner.id]);
    // The sweep uses no more of them.
    await keepPartnersOut.run({}, deps as never);
    expect((await findCompanyByDomain(HOME, 'peatworks.test'))?.decision).toMatchObject({ kind: 'partner', by: ANA });
    expect(queued).toContain('stop-outreach');
    expect(await listKeepOutDue()).toEqual([]);
  });
});

describe('a partner is no candidate', () => {
  test.each([[{ kind: 'undecided' } as const], [{ kind: 'later' } as const], [{ kind: 'not-fit', reason: 'other', note: '' } as const]])(
    '%j is refused until the partnership has ended',
    async (choice) => {
      const { id, companyId } = await addPartner(milo, given, AT);
      await expect(decideCandidate(milo, companyId, choice, AT)).rejects.toEqual(refusal('company-is-partner', { name: 'Peatworks' }));
      await expect(decideCandidate(mia, companyId, choice, AT)).rejects.toEqual(refusal('role-needed'));
      expect((await getCompany(HOME, companyId)).decision?.kind).toBe('partner');
      await endPartner(milo, id, 'They stopped', AT);
      expect((await getCompany(HOME, companyId)).decision?.kind).toBe('partner');
      expect((await decideCandidate(milo, companyId, choice, AT)).changed).toBe(true);
    },
  );

  test('reconsidered in the very moment it becomes a partner, it stays out of the lists', async () => {
    const { id } = await aCompany();
    await decideCompany(milo, id, { kind: 'partner' }, AT);
    for (let round = 0; round < 5; round++) {
      const name = `Peatworks ${round}`;
      await Promise.allSettled([
        addPartner(milo, { ...given, name, domains: ['peatworks.example'] }, AT),
        decideCandidate(ana, id, { kind: 'undecided' }, AT),
      ]);
      expect((await getCompany(HOME, id)).decision?.kind).toBe('partner');
      await mongoose.connection.collection('partners').deleteMany({});
    }
  });

  test('they can be silenced all the same', async () => {
    const { companyId } = await addPartner(milo, given, AT);
    const { company } = await decideCandidate(milo, companyId, { kind: 'not-fit', reason: 'no-contact', note: '' }, AT);
    expect(company.decision).toMatchObject({ reason: 'no-contact' });
  });
});

describe('how far a partner has come', () => {
  test('onboarding, active with the first registration, quiet and back; never a step back', async () => {
    const { id } = await aPartner();
    const move = async (to: 'onboarding' | 'active' | 'quiet', at = AT) => {
      const { partner, changed: moved } = await movePartner(HOME, id, to, 'system', at);
      return [partner.status, moved];
    };
    expect(await Promise.all([move('onboarding'), move('onboarding')])).toContainEqual(['onboarding', true]);
    const first = new Date(AT.getTime() + 1000);
    expect(await move('active', first)).toEqual(['active', true]);
    expect(await move('onboarding')).toEqual(['active', false]);
    expect(await move('quiet')).toEqual(['quiet', true]);
    expect(await move('active')).toEqual(['active', true]);
    expect((await getPartner(HOME, id)).firstRegistrationAt).toEqual(first);
    expect(await listAudit(HOME, { action: 'partner.move' })).toHaveLength(4);
  });

  test('ended by a person: the first reason stands, nothing moves it, and it can be taken back', async () => {
    const { id } = await aPartner();
    await expect(endPartner(anActor({ userId: MIA, role: 'member' }), id, 'No', AT)).rejects.toEqual(refusal('role-needed'));
    await Promise.all([endPartner(milo, id, 'They stopped', AT), endPartner(ana, id, 'They stopped', AT)]);
    expect(await endPartner(milo, id, 'Another', AT)).toMatchObject({ changed: false, partner: { endedBecause: 'They stopped' } });
    await expect(movePartner(HOME, id, 'active', 'system', AT)).rejects.toEqual(refusal('partner-ended'));
    expect(await takeBackPartner(milo, id, AT)).toMatchObject({ changed: true, partner: { status: 'onboarding', endedBecause: '' } });
    expect(await takeBackPartner(milo, id, AT)).toMatchObject({ changed: false });
  });

  test('twenty changes at once are all kept', async () => {
    const { id } = await aPartner();
    const alias = (n: number) =>
      changePartnerNow(HOME, id, ({ aliases }) => ({
        set: { aliases: [...aliases, `Name ${n}`] },
        entry: auditEntry({ workspaceId: HOME, by: MILO, at: AT, action: 'partner.edit', subject: `partner:${id}` }),
      }));
    await Promise.all(Array.from({ length: 15 }, (_, n) => alias(n)));
    expect((await getPartner(HOME, id)).aliases).toHaveLength(15);
  });
});

test('somebody who asks to be forgotten goes from the record, also while it is changed', async () => {
  const partner = await aPartner();
  const noted = await changed(partner, { notes: [{ id: 'n', text: 'Call pia.pine@quillmont.example', by: MILO, at: AT }] });
  const { whom } = await gatherWhom(HOME, { kind: 'address', value: 'pia.pine@quillmont.example' }, PERSONAL_DATA);
  await eraseWhom(whom, PERSONAL_DATA, { id: 'e1', by: MILO, at: AT });
  const left = await getPartner(HOME, partner.id);
  expect(left.people).toEqual([]);
  expect(JSON.stringify(left)).not.toContain('pia.pine');
  await expect(changed(noted, { people: partner.people })).rejects.toThrow('somebody else');
  const company = await gatherWhom(HOME, { kind: 'company', value: 'quillmont.example' }, PERSONAL_DATA);
  expect(company.counts.get('partner')).toBe(1);
});

test('words that fit two partners name neither; the whole name, or a domain, names one', async () => {
  const peat = await addPartner(milo, given, AT);
  await addPartner(milo, { ...given, name: 'Peatworks North', domains: ['peat-north.example'] }, AT);
  await expect(getPartnerNamed(HOME, 'Peat')).rejects.toEqual(refusal('partner-unknown', { name: 'Peat', several: 1 }));
  for (const words of ['peatworks', 'peatworks.test']) expect((await getPartnerNamed(HOME, words)).id).toBe(peat.id);
});
