import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../../blocks/ids.ts';
import { decideCompany } from '../../../src/discover/digest/decide-company.ts';
import { endPartner } from '../../../src/onboard/partners/move-partner.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { findPartnerByDomain, getPartner, listKeepOutDue, listPartnerRecords } from '../../../src/onboard/partners/partner-repository.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { findCompaniesByName } from '../../../src/programme/companies/company-names.ts';
import { getCompany } from '../../../src/programme/companies/company-repository.ts';
import { ANA, EXT_QUILLMONT, GENERAL, MIA, MILO, PIA } from '../../sandbox/cast.ts';
import { aPartner, changed, QUILLMONT_TEAM } from '../../support/a-partner.ts';
import { AT, aCompany, HOME, milo } from '../../support/builders.ts';
import { forgedClick } from '../../support/forged-click.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { bringCompanies, setUp } from '../../support/ready-workspace.ts';

const { uri } = useMongo();
let product: Product;
beforeEach(async () => {
  product = await startProduct(uri);
  await setUp(AT);
});
afterEach(() => product.stop());

/** Waits for what the database says. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 5000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`still not so: ${isSo.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const as = (person: string) => product.sandbox.as(person);
const modal = (words: string, person = MILO) =>
  product.sandbox.waitFor(() => {
    const open = product.sandbox.modal(person);
    return JSON.stringify(open ?? {}).includes(words) ? open : null;
  });
const answer = (words: string, person = MILO) =>
  product.sandbox.waitFor(() =>
    product.sandbox
      .messages({ as: person, channel: GENERAL })
      .findLast(({ onlyFor, blocks, text }) => onlyFor === person && (JSON.stringify(blocks) + text).includes(words)),
  );
const typed = { name: 'Peatworks', domains: 'peatworks.example', types: ['agency', 'reseller'], owner: MILO, countries: 'Poland, Germany' };
const all = async () => (await listPartnerRecords(HOME, {}, { from: 0, count: 10 })).partners;

async function openAdd(person = MILO) {
  await as(person).command(GENERAL, '/partners add');
  return modal('Web domains', person);
}

describe('/partners add', () => {
  test('a record, then its main contact, then the record itself', async () => {
    await as(MILO).submit(await openAdd(), typed);
    const contact = await modal('Who is your main contact there?');
    expect(await as(MILO).submit(contact, { name: 'Dana Reed', email: 'nobody', role: 'sales' })).toMatchObject({
      errors: { email: 'Give one e-mail address, such as dana@example.com' },
    });
    await as(MILO).submit(contact, { name: 'Dana Reed', email: 'Dana@Peatworks.example', role: 'sales' });
    await modal('main contact');
    expect(await all()).toMatchObject([
      {
        ...{
          name: 'Peatworks',
          domains: ['peatworks.example'],
          types: ['agency', 'reseller'],
          owner: MILO,
          countries: ['Poland', 'Germany'],
        },
        people: [{ name: 'Dana Reed', email: 'dana@peatworks.example', role: 'sales', leftAt: null }],
      },
    ]);
    await until(async () => (await listKeepOutDue()).length === 0);
  });

  test.each([
    ['gmail.com', 'Anybody can have a mailbox at gmail.com'],
    ['nonsense', '“nonsense” is no company’s web domain'],
  ])('%s: the error stands beside the field, and what was typed stays', async (domains, words) => {
    const form = await openAdd();
    const { errors } = await as(MILO).submit(form, { ...typed, domains });
    expect(errors).toEqual({ domains: expect.stringContaining(words) });
    expect(await as(MILO).submit(form, typed)).toMatchObject({ ok: true });
    await modal('Who is your main contact there?');
  });

  test.each([
    ['its name', { name: 'QUILLMONT.' }, 'This name is'],
    ['one of its domains', { domains: 'other.example\nwww.quillmont.example' }, 'quillmont.example is'],
  ])('%s is a partner’s: it says whose, *Open Partner* leads there, what was typed stays', async (_what, change, words) => {
    await aPartner();
    await as(MILO).submit(await openAdd(), { ...typed, ...change });
    const again = await modal(`${words} *Quillmont*`);
    expect(JSON.stringify(again)).toContain('Poland, Germany');
    await as(MILO).click(again, ACTIONS.partnerOpen);
    await modal('Pia Pine');
    expect(await all()).toHaveLength(1);
  });

  test('a guest or an outsider cannot look after a partner', async () => {
    const { errors } = await as(MILO).submit(await openAdd(), { ...typed, owner: PIA });
    expect(errors).toEqual({ owner: 'Choose a colleague: a full member of this workspace' });
  });

  test('two managers at once: one record, and the other is shown whose it is', async () => {
    const [mine, theirs] = [await openAdd(MILO), await openAdd(ANA)];
    await Promise.all([as(MILO).submit(mine, typed), as(ANA).submit(theirs, { ...typed, owner: ANA })]);
    const seen = async (person: string) =>
      product.sandbox.waitFor(
        () => /Who is your main contact|already|on file as a partner/.exec(JSON.stringify(product.sandbox.modal(person)))?.[0],
      );
    expect([await seen(MILO), await seen(ANA)].filter((words) => words === 'Who is your main contact')).toHaveLength(1);
    expect(await all()).toHaveLength(1);
  });

  test('a member is refused', async () => {
    await as(MIA).command(GENERAL, '/partners add');
    await modal('You need the role', MIA);
    expect(await all()).toEqual([]);
  });
});

describe('a candidate', () => {
  test('*Make Partner* in its details: the form is filled; then it is open to nobody’s *Reconsider*', async () => {
    await bringCompanies(1, AT);
    await as(MILO).command(GENERAL, '/partners show Oakfield 1');
    await as(MILO).click(await answer('Oakfield 1'), ACTIONS.companyDetails);
    const details = await modal('The score is the points below');
    await as(MILO).click(details, ACTIONS.companyPartner);
    const form = await modal('Web domains');
    expect(JSON.stringify(form)).toContain('oakfield1.example');
    expect(JSON.stringify(form)).toContain('United Kingdom');
    await as(MILO).submit(form, {});
    await as(MILO).close(await modal('Who is your main contact there?'));
    expect(JSON.stringify(await modal('Partner, says'))).not.toContain(ACTIONS.companyReconsider);
    const [company] = await findCompaniesByName(HOME, 'Oakfield 1', 1);
    // On a card of before it is still there.
    const value = company?.id ?? '';
    await forgedClick(product, product.sandbox.sourceOf(MILO), { actionId: ACTIONS.companyReconsider, value, channel: GENERAL });
    await answer('Oakfield 1 is a partner. End the partnership');
    await as(MILO).command(GENERAL, '/partners show oakfield1.example');
    const card = JSON.stringify(await answer('not invited yet'));
    expect(card).toContain('Added <!date');
    expect(card).not.toContain('Invited since');
    expect(company?.decision).toMatchObject({ kind: 'partner', by: MILO });
    expect(await findPartnerByDomain(HOME, 'oakfield1.example')).toMatchObject({ types: ['technology'], companyId: company?.id });
  });
});

describe('the record', () => {
  let partner: Partner;
  beforeEach(async () => {
    partner = await aPartner();
    await as(MILO).command(GENERAL, '/partners show quillmont');
  });

  test('is shown before the company, with people, history and buttons; notes are for the team', async () => {
    const shown = JSON.stringify(await answer('Pia Pine'));
    for (const words of ['Invited since', 'Agency', 'United Kingdom', 'main contact', 'Made a partner by']) expect(shown).toContain(words);
    await as(MILO).click(await answer('Pia Pine'), ACTIONS.partnerNote);
    await as(MILO).submit(await modal('For the team only'), { text: 'They like *short* calls <!channel>' });
    await answer('calls &lt;!channel&gt;');
    expect((await getPartner(HOME, partner.id)).notes).toMatchObject([{ by: MILO, text: 'They like *short* calls <!channel>' }]);
  });

  test('says how far the checklist is, and that they can be paid; both lead on, and so does the way to the page by mail', async () => {
    const shown = JSON.stringify(await answer('Pia Pine'));
    for (const words of ['*Checklist:* 0 of 10 steps done', 'to do now: 1 ours, 3 theirs', '*Payment details:* none yet'])
      expect(shown).toContain(words);
    await as(MILO).click(await answer('Pia Pine'), ACTIONS.pageSend);
    await answer('The link goes to Pia Pine');
    await as(MILO).click(await answer('*Checklist:*'), ACTIONS.checklistShow);
    await modal('Hold the kick-off call');
    await changed(await getPartner(HOME, partner.id), {
      people: partner.people.map((one) => ({ ...one, slack: { userId: PIA, teamId: QUILLMONT_TEAM } })),
    });
    await as(MILO).command(GENERAL, '/partners show quillmont');
    expect(JSON.stringify(await answer('in Slack'))).not.toContain(ACTIONS.pageSend);
  });

  test('a member reads it without the buttons that are for managers', async () => {
    await as(MIA).command(GENERAL, '/partners show Quillmont');
    const shown = JSON.stringify(await answer('Pia Pine', MIA));
    expect(shown).toContain('Some buttons are for managers only');
    expect(shown).not.toContain(ACTIONS.partnerEnd);
    expect(shown).not.toContain(ACTIONS.pageSend);
    expect(shown).toContain(ACTIONS.checklistShow);
  });

  test('is edited; somebody else’s domain and a change meanwhile stand beside the field', async () => {
    await aPartner({ name: 'Brindle', domains: ['brindle.example'] });
    await as(MILO).click(await answer('Pia Pine'), ACTIONS.partnerEdit);
    const form = await modal('Names');
    const names = 'Quillmont Group\nQuillmont';
    const wrong = await as(MILO).submit(form, { names, domains: 'quillmont.example\nbrindle.example' });
    expect(wrong.errors).toEqual({ domains: expect.stringContaining('Brindle’s') });
    await as(MILO).submit(form, { names, domains: 'quillmont.test\nquillmont.example', tier: 'Gold', owner: ANA });
    await answer('tier Gold');
    const saved = await getPartner(HOME, partner.id);
    expect(saved).toMatchObject({ name: 'Quillmont Group', aliases: ['Quillmont'], tier: 'Gold', owner: ANA });
    expect((await getCompany(HOME, saved.companyId)).domain).toBe('quillmont.test');
    expect((await getCompany(HOME, saved.companyId)).decision?.kind).toBe('partner');
    await as(MILO).click(await answer('tier Gold'), ACTIONS.partnerEdit);
    const stale = await modal('Quillmont Group');
    await changed(saved, { tier: 'Silver' });
    expect((await as(MILO).submit(stale, {})).errors).toEqual({ names: expect.stringContaining('Somebody changed this partner') });
  });

  test('people are added once, changed, and lose access at once when they have left', async () => {
    const pia = await changed(partner, {
      people: partner.people.map((one) => ({ ...one, slack: { userId: PIA, teamId: QUILLMONT_TEAM } })),
    });
    await as(MILO).click(await answer('Pia Pine'), ACTIONS.partnerPerson);
    const form = await modal('What they do');
    const known = await as(MILO).submit(form, { name: 'Pia P.', email: 'pia.pine@quillmont.example', role: 'sales' });
    expect(known.errors).toEqual({ email: 'Pia Pine has this address already. Change that person instead.' });
    await as(MILO).submit(form, { name: 'Lena Fox', email: '', role: 'finance' });
    const shown = await answer('Lena Fox');
    await as(MILO).click(shown, ACTIONS.partnerPersonChange, { value: `${partner.id}|${pia.people[0]?.id}` });
    await as(MILO).submit(await modal('works there no more'), { left: ['left'] });
    await answer('_Left:_ Pia Pine');
    expect((await getPartner(HOME, partner.id)).people).toMatchObject([
      { name: 'Pia Pine', leftAt: expect.any(Date) },
      { name: 'Lena Fox', email: '', role: 'finance', leftAt: null },
    ]);
    // From her next click on she is nobody.
    await forgedClick(product, product.sandbox.sourceOf(PIA), { actionId: ACTIONS.partnerOpen, value: partner.id, channel: EXT_QUILLMONT });
    const refused = () => listAudit(HOME, { action: 'partner.open-refused' });
    await product.sandbox.waitFor(() => JSON.stringify(product.sandbox.state(PIA)).includes('This is for the team'));
    expect(await refused()).toMatchObject([{ by: PIA, after: { code: 'internal-only' } }]);
  });

  test('ends with a reason and says what closes; comes back by *Take Back*', async () => {
    await as(MILO).click(await answer('Pia Pine'), ACTIONS.partnerEnd);
    const form = await modal('What stays');
    expect(JSON.stringify(form)).toContain('what they have earned until now is paid as agreed');
    expect((await as(MILO).submit(form, { because: ' ' })).errors).toEqual({ because: 'Say in a few words why' });
    await as(MILO).submit(form, { because: 'They closed' });
    const ended = await answer('Ended since');
    expect(await getPartner(HOME, partner.id)).toMatchObject({ status: 'ended', endedBecause: 'They closed' });
    await as(MILO).click(ended, ACTIONS.partnerTakeBack);
    await answer('Taken back by');
    expect((await getPartner(HOME, partner.id)).status).toBe('onboarding');
  });

  test('is merged with another record, after a look at both', async () => {
    const other = await aPartner({ name: 'Quillmont Ltd', domains: ['quillmont.test'] }, { owner: ANA });
    await as(MILO).click(await answer('Pia Pine'), ACTIONS.partnerMerge);
    const form = await modal('Name or web domain of the other record');
    expect((await as(MILO).submit(form, { other: 'Quillmont' })).errors).toEqual({ other: expect.stringContaining('this record itself') });
    expect((await as(MILO).submit(form, { other: 'Nobody' })).errors).toEqual({
      other: expect.stringContaining('No partner is called that'),
    });
    await as(MILO).submit(form, { other: 'quillmont.test' });
    const preview = await modal('What does not move');
    expect(JSON.stringify(preview)).toContain(`looked after by: <@${MILO}> and <@${ANA}>`);
    await as(MILO).submit(preview, { stays: 'second' });
    await until(async () => (await all()).length === 1 && (await all())[0]?.domains.length === 2);
    expect(await all()).toMatchObject([{ id: other.id, domains: ['quillmont.test', 'quillmont.example'], teamIds: [QUILLMONT_TEAM] }]);
  });

  test('fits Slack’s limits however much there is of it', async () => {
    const long = (n: number, one: string) => one.repeat(n);
    const people = Array.from({ length: 120 }, (_, n) => ({
      ...{ id: `p${n}`, name: long(100, '&'), email: `${long(100, 'x')}${n}@quillmont.example`, role: 'other' as const },
      ...{ slack: null, leftAt: n % 3 === 0 ? AT : null },
    }));
    const notes = Array.from({ length: 50 }, (_, n) => ({ id: `n${n}`, text: long(1000, '<'), by: MILO, at: AT }));
    const domains = ['quillmont.example', ...Array.from({ length: 40 }, (_, n) => `${long(60, 'q')}${n}.example`)];
    await changed(partner, { name: `Quillmont ${long(90, '&')}`, aliases: [long(100, '>')], tier: long(40, '&'), people, notes, domains });
    await as(MILO).command(GENERAL, '/partners show quillmont.example');
    await as(MILO).click(await answer('more people'), ACTIONS.partnerOpen);
    await as(MILO).click(await modal('Change a person'), ACTIONS.partnerEdit);
    await modal('Web domains');
  });
});

describe('/partners partners', () => {
  test('words in any order narrow it; what is no such word is said', async () => {
    await aPartner();
    const brindle = await aPartner({ name: 'Brindle', domains: ['brindle.example'], types: ['reseller'], owner: ANA });
    await endPartner(milo, brindle.id, 'Over', AT);
    await as(MILO).command(GENERAL, '/partners partners');
    expect(JSON.stringify(await answer('1–1 of 1 partner'))).toContain('Quillmont');
    await as(MILO).command(GENERAL, `/partners partners ended <@${ANA}|ana> resellers blue`);
    const narrowed = JSON.stringify(await answer('Reseller · Ended'));
    expect(narrowed).toContain('Brindle');
    expect(narrowed).toContain('I left out “blue”');
    await as(MILO).command(GENERAL, '/partners partners mine quiet referral partners');
    await answer('Referral partner · Quiet · ');
  });

  test('turns its pages, each as full as one message takes', async () => {
    for (let n = 0; n < 60; n++) await aPartner({ name: `Partner number ${n}`, domains: [`p${n}.example`], people: [] });
    await as(MILO).command(GENERAL, '/partners partners');
    const names = new Set<string>();
    let page = await answer('1–');
    for (;;) {
      for (const [one] of JSON.stringify(page.blocks).matchAll(/Partner number \d+/g)) names.add(one);
      if (!JSON.stringify(page.blocks).includes(ACTIONS.partnersNext)) break;
      await as(MILO).click(page, ACTIONS.partnersNext);
      page = await answer(`${names.size + 1}–`);
    }
    expect(names.size).toBe(60);
    await as(MILO).click(page, ACTIONS.partnersBack);
  });

  test('where there is none it helps: companies that were marked get their record', async () => {
    const company = await aCompany();
    await decideCompany(milo, company.id, { kind: 'partner' }, AT);
    await as(MILO).command(GENERAL, '/partners partners');
    const empty = await answer('nobody yet');
    expect(JSON.stringify(empty)).toContain('Add Partner');
    await as(MILO).click(empty, ACTIONS.companyPartner);
    await as(MILO).submit(await modal('peatworks.example'), { types: ['agency'] });
    await modal('Who is your main contact there?');
    expect(await all()).toMatchObject([{ name: 'Peatworks', companyId: company.id }]);
  });
});
