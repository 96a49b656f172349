import { addDays, subDays } from 'date-fns';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../../blocks/ids.ts';
import { HOME_DUE } from '../../../blocks/onboard/due-checklists.ts';
import { findDeal } from '../../../src/manage/deals/deal-repository.ts';
import { decideDeal } from '../../../src/manage/deals/decide-deal.ts';
import { withdrawDeal } from '../../../src/manage/deals/protect-deal.ts';
import { followPartner } from '../../../src/onboard/checklists/follow-partner.ts';
import { addPartner } from '../../../src/onboard/partners/add-partner.ts';
import { endPartner } from '../../../src/onboard/partners/move-partner.ts';
import { renderHome } from '../../../src/slack/programme/home.ts';
import { ANA, MIA, MILO, PIA } from '../../sandbox/cast.ts';
import { aDeal } from '../../support/a-deal.ts';
import { aPartner, piaOf } from '../../support/a-partner.ts';
import { AT, aCompany, ana, aProgramme, aWaitingDraft, HOME, mia, milo } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';

const { uri } = useMongo();
/** Two weeks after the partners were added: everything that was due first is late. */
const NOW = addDays(AT, 14);
let product: Product;
beforeAll(async () => {
  product = await startProduct(uri, { workers: false, now: () => NOW });
});
afterAll(() => product.stop());
beforeEach(async () => {
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await aProgramme();
});

const deps = { research: null, now: () => NOW };
const words = (shown: object | null) => JSON.stringify(shown ?? {});
const added = (name: string, owner: string, at = AT) =>
  addPartner(ana, { name, domains: [`${name.toLowerCase().replace(' ', '-')}.example`], types: ['agency'], owner }, at);

test('a manager sees whose steps are late, the latest first, a page at a time; a colleague begins with their own partners', async () => {
  for (let n = 1; n <= HOME_DUE + 1; n++) await added(`Oak ${n}`, MILO, addDays(AT, 1));
  await added('Elm', MIA);
  const first = words(await renderHome(milo, deps));
  expect(first).toContain(`1–${HOME_DUE} of ${HOME_DUE + 2}`);
  expect(first.indexOf('Elm')).toBeLessThan(first.indexOf('Oak 1'));
  expect(first).not.toContain(`Oak ${HOME_DUE}`);
  const hers = words(await renderHome(mia, deps));
  expect(hers).toContain('1–1 of 1');
  expect(hers).not.toContain('Oak');
  const { sandbox } = product;
  await sandbox.as(MILO).openHome();
  const home = await sandbox.waitFor(() => sandbox.home(MILO));
  await sandbox.as(MILO).click(home, ACTIONS.homeNext);
  await sandbox.waitFor(() => words(sandbox.home(MILO)).includes(`Oak ${HOME_DUE + 1}`));
});

test('a manager sees all that waits, a colleague what is theirs; ended partnerships are late with nothing', async () => {
  await aWaitingDraft({ company: await aCompany(), workspaceId: HOME });
  const { id } = await added('Elm', MILO);
  await endPartner(ana, id, 'moved on', AT);
  await followPartner((await endPartner(ana, id, 'moved on', AT)).partner, AT);
  expect(words(await renderHome(milo, deps))).toContain('Outreach to Peatworks');
  const hers = words(await renderHome(mia, deps));
  expect(hers).not.toContain('Peatworks');
  expect(words(await renderHome(milo, deps))).not.toContain('Elm');
});

test('the quarter counts its own deals, and none that was withdrawn or not accepted', async () => {
  const partner = await aPartner();
  const deal = await aDeal(partner);
  await withdrawDeal(milo, (await aDeal(partner, { company: 'Fenholt Foods', website: 'fenholt.example' })).id, AT);
  const rejected = await aDeal(partner, { company: 'Oakmere Optics', website: 'oakmere.example' });
  await decideDeal(milo, rejected.id, { move: 'reject', code: 'tender', words: '' }, { byName: '', at: AT });
  expect(words(await renderHome(piaOf(partner), deps))).toContain('You have registered 1 deal.');
  expect(await findDeal(HOME, deal.id)).toMatchObject({ status: 'submitted' });
  expect(words(await renderHome(ana, deps))).toContain('*This quarter:* 1 deal registered');
  expect(words(await renderHome(ana, { ...deps, now: () => new Date('2027-01-02T09:00:00Z') }))).toContain('0 deals registered');
});

test('a manager sees whose protection ends within two weeks, and nobody else', async () => {
  const deal = await aDeal(await aPartner());
  const { deal: approved } = await decideDeal(milo, deal.id, { move: 'approve' }, { byName: '', at: AT });
  const at = (days: number) => ({ ...deps, now: () => subDays(approved.protectedUntil ?? AT, days) });
  const soon = words(await renderHome(milo, at(14)));
  expect(soon).toContain('within 14 days:* 1');
  for (const part of ['Saltmarsh Clinics* of Quillmont', 'Open Deal', deal.id]) expect(soon).toContain(part);
  expect(words(await renderHome(milo, at(15)))).toContain('within 14 days:* none');
  expect(words(await renderHome(mia, at(14)))).not.toContain('within 14 days');
});

describe('a partner’s person', () => {
  test('sees their checklist, their deals and the buttons of their desk, and nothing of the team or of others', async () => {
    const partner = await aPartner();
    await added('Elm', MILO);
    await aDeal(partner);
    const home = words(await renderHome(piaOf(partner), deps));
    for (const part of ['Quillmont', 'Accept the partner agreement', 'You have registered 1 deal', ACTIONS.dealOpen, ACTIONS.checklistShow])
      expect(home).toContain(part);
    expect(home).not.toMatch(/Elm|U0MILOMRSH|U0ANAALDER|score|fit\b|waiting for|\/partners/i);
  });

  test('opens it through Slack; after the end she is told so', async () => {
    const partner = await aPartner();
    const { sandbox } = product;
    await sandbox.as(PIA).openHome();
    await sandbox.waitFor(() => words(sandbox.home(PIA)).includes('Accept the partner agreement'));
    for (const id of [ACTIONS.earningsShow, ACTIONS.deskAsk]) expect(words(sandbox.home(PIA))).toContain(id);
    await endPartner(ana, partner.id, 'moved on', NOW);
    await sandbox.as(PIA).openHome();
    await sandbox.waitFor(() => words(sandbox.home(PIA)).includes('has ended'));
  });
});

test('nothing is asked of Slack while it is rendered', async () => {
  const partner = await aPartner();
  await aWaitingDraft({ company: await aCompany(), workspaceId: HOME });
  const before = product.sandbox.calls.length;
  for (const actor of [ana, milo, mia, piaOf(partner)]) await renderHome(actor, deps);
  expect(product.sandbox.calls.slice(before)).toEqual([]);
  await product.sandbox.as(ANA).openHome();
  await product.sandbox.waitFor(() => product.sandbox.home(ANA));
});
