import { randomUUID } from 'node:crypto';
import { addDays } from 'date-fns';
import { beforeEach, expect, test } from 'vitest';
import { getDealRules, saveDealRules } from '../../../src/manage/deal-rules/deal-rules-repository.ts';
import { MOST_TURNED_AWAY, TURNED_AWAY_DAYS } from '../../../src/manage/deals/deal.ts';
import { withdrawDeal } from '../../../src/manage/deals/protect-deal.ts';
import { listHeld } from '../../../src/manage/deals/protection-repository.ts';
import { beginDeal, dealsOf, keepTyped, registerDeal } from '../../../src/manage/deals/register-deal.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { auditEntry } from '../../../src/programme/audit/audit.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { SAID } from '../../support/a-deal.ts';
import { aPartner, changed, piaOf } from '../../support/a-partner.ts';
import { AT, aProgramme, HOME, mia, milo, pia } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
let partner: Partner;
beforeEach(async () => {
  await aProgramme();
  partner = await aPartner();
});
const ref = () => ({ partnerId: partner.id, dealId: randomUUID() });

test('sent twice at once, one deal is stored, under the server’s time, and one line of audit', async () => {
  const one = ref();
  const both = await Promise.all([registerDeal(piaOf(partner), one, SAID, AT), registerDeal(piaOf(partner), one, SAID, AT)]);
  expect(both.map(({ changed }) => changed).sort()).toEqual([false, true]);
  expect(await dealsOf(mia, partner.id, 10, AT)).toMatchObject({
    total: 1,
    deals: [{ id: one.dealId, status: 'submitted', domain: 'saltmarsh.example', submittedAt: AT, byName: '' }],
  });
  expect(await listAudit(HOME, { action: 'deal.register' })).toHaveLength(1);
});

test('what was typed comes back, to whoever typed it alone, and is gone once it is registered', async () => {
  const one = ref();
  const typed = { company: 'Saltmarsh', value: 'about ten thousand' };
  await keepTyped(piaOf(partner), one, typed, AT);
  expect(await beginDeal(piaOf(partner), partner.id, AT)).toMatchObject({ dealId: one.dealId, typed });
  expect(await beginDeal({ ...piaOf(partner), userId: 'U0COLLEAG' }, partner.id, AT)).toMatchObject({ typed: {} });
  expect(await dealsOf(piaOf(partner), partner.id, 10, AT)).toMatchObject({ total: 0 });
  await registerDeal(piaOf(partner), one, SAID, AT);
  expect(await beginDeal(piaOf(partner), partner.id, AT)).toMatchObject({ typed: {} });
  expect(await keepTyped(piaOf(partner), one, typed, AT)).toBeNull();
});

test('an account that the partner holds already is registered once: the form answers with the first, and nothing is stored but what was typed', async () => {
  const { deal } = await registerDeal(piaOf(partner), ref(), SAID, AT);
  const again = ref();
  await keepTyped(piaOf(partner), again, { company: 'Saltmarsh Clinics' }, AT);
  const later = addDays(AT, 1);
  expect(await registerDeal(piaOf(partner), again, { ...SAID, company: 'Saltmarsh Clinics Ltd' }, later)).toEqual({ deal, changed: false });
  expect(await dealsOf(mia, partner.id, 10, AT)).toMatchObject({ total: 1, deals: [{ id: deal.id, status: 'submitted' }] });
  expect(await beginDeal(piaOf(partner), partner.id, AT)).toMatchObject({ dealId: again.dealId, typed: { company: 'Saltmarsh Clinics' } });
  await withdrawDeal(piaOf(partner), deal.id, later);
  expect(await registerDeal(piaOf(partner), again, SAID, later)).toMatchObject({ changed: true, deal: { id: again.dealId } });
});

test('the id of somebody else’s form registers nothing', async () => {
  const other = await aPartner({ name: 'Brindle', domains: ['brindle.example'] });
  const one = ref();
  await keepTyped(piaOf(partner), one, { company: 'Saltmarsh' }, AT);
  const theirs = { ...piaOf(other), teamId: 'T0BRINDLE', userId: 'U0BRIN' };
  await expect(registerDeal(theirs, { partnerId: other.id, dealId: one.dealId }, SAID, AT)).rejects.toMatchObject({ code: 'deal-unknown' });
  await expect(registerDeal(theirs, one, SAID, AT)).rejects.toMatchObject({ code: 'partner-only' });
  await expect(dealsOf(theirs, partner.id, 10, AT)).rejects.toMatchObject({ code: 'partner-only' });
});

test('strangers and an ended partnership are refused', async () => {
  await expect(registerDeal(pia, ref(), SAID, AT)).rejects.toMatchObject({ code: 'internal-only' });
  expect(await listAudit(HOME, { action: 'deal.register-refused' })).toHaveLength(1);
  partner = await changed(partner, { status: 'ended' });
  for (const actor of [mia, piaOf(partner)])
    await expect(registerDeal(actor, ref(), SAID, AT)).rejects.toMatchObject({ code: 'partner-ended' });
});

test('a partner that holds as many accounts as its tier may registers no more, and the same one again all the same', async () => {
  const rules = await getDealRules(HOME);
  const entry = auditEntry({ workspaceId: HOME, by: 'U0ANA', at: AT, action: 'deal-rules.change', subject: 'deal-rules' });
  await saveDealRules(rules, { openLimit: { deals: 5, byTier: { [partner.tier]: 1 } } }, entry);
  const one = ref();
  const two = ['north', 'south'].map((name) =>
    registerDeal(piaOf(partner), ref(), { ...SAID, company: name, website: `${name}.example` }, AT),
  );
  await Promise.allSettled(two);
  const held = await listHeld(HOME, partner.id);
  expect(held.length).toBeLessThanOrEqual(1);
  for (const dealId of held) await withdrawDeal(piaOf(partner), dealId, AT);
  await registerDeal(piaOf(partner), one, SAID, AT);
  expect(await registerDeal(piaOf(partner), one, SAID, AT)).toMatchObject({ changed: false });
  const another = { ...SAID, company: 'Brackwater', website: 'brackwater.example' };
  await expect(registerDeal(piaOf(partner), ref(), another, AT)).rejects.toMatchObject({ code: 'deal-limit', details: { most: 1 } });
  await withdrawDeal(piaOf(partner), one.dealId, AT);
  expect(await registerDeal(piaOf(partner), ref(), another, AT)).toMatchObject({ changed: true });
});

test('a partner that the check turns away again and again is asked to speak with somebody; a colleague still registers for it, and a month later it may itself', async () => {
  const first = await aPartner({ name: 'Brindle', domains: ['brindle.example'], people: [] });
  const named = (count: number) => ({ ...SAID, company: `Saltmarsh ${count}`, website: `saltmarsh${count}.example` });
  for (let count = 0; count < MOST_TURNED_AWAY; count++) {
    await registerDeal(milo, { partnerId: first.id, dealId: randomUUID() }, named(count), AT);
    const { deal } = await registerDeal(piaOf(partner), ref(), named(count), AT);
    expect(deal.status).toBe('rejected');
  }
  const more = named(MOST_TURNED_AWAY + 1);
  await expect(registerDeal(piaOf(partner), ref(), more, AT)).rejects.toMatchObject({ code: 'deals-turned-away', details: { count: 10 } });
  expect(await registerDeal(milo, ref(), more, AT)).toMatchObject({ changed: true });
  const later = addDays(AT, TURNED_AWAY_DAYS + 1);
  expect(await registerDeal(piaOf(partner), ref(), named(99), later)).toMatchObject({ changed: true });
});
