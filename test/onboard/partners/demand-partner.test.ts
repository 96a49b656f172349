import { beforeEach, expect, test } from 'vitest';
import { addPartner } from '../../../src/onboard/partners/add-partner.ts';
import { demandOwn, demandOwnOrTeam, demandPartner } from '../../../src/onboard/partners/demand-partner.ts';
import type { Shown } from '../../../src/onboard/partners/may-show.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { changePartner, type PartnerChange } from '../../../src/onboard/partners/partner-repository.ts';
import { personOf, userIdOfContact } from '../../../src/onboard/partners/person-of.ts';
import { auditEntry } from '../../../src/programme/audit/audit.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import type { Actor } from '../../../src/programme/workspaces/role.ts';
import { AT, HOME, mia, milo, pia } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
const TEAM = 'T0QUILLMNT';
let partner: Partner;
beforeEach(async () => {
  const people = [{ name: 'Pia Pine', email: 'pia@quillmont.example', role: 'sales' as const }];
  partner = await addPartner(
    milo,
    { name: 'Quillmont', domains: ['quillmont.example'], types: ['reseller'], owner: milo.userId, people },
    AT,
  );
  await change({ teamIds: [TEAM] });
});

async function change(to: PartnerChange): Promise<void> {
  const entry = auditEntry({ workspaceId: HOME, by: milo.userId, at: AT, action: 'partner.change', subject: `partner:${partner.id}` });
  const changed = await changePartner(partner, to, entry);
  if (!changed) throw new Error('somebody else changed it');
  partner = changed;
}

const person = (userId: string, partnerId = partner.id): Actor => ({ kind: 'partner', workspaceId: HOME, userId, teamId: TEAM, partnerId });
const contactId = () => partner.people[0]?.id ?? '';

test('their own people get their partner, known to us or not, from Slack or by mail', async () => {
  for (const userId of ['U0SOMEBODY', userIdOfContact(contactId())])
    expect(await demandPartner(person(userId), partner.id)).toEqual(partner);
  expect(personOf(partner, { userId: userIdOfContact(contactId()) })).toEqual({
    contactId: contactId(),
    name: 'Pia Pine',
    isPresent: true,
  });
  expect(personOf(partner, { userId: 'U0SOMEBODY' })).toEqual({ contactId: null, name: '', isPresent: true });
});

test.each([
  ['a manager', () => milo],
  ['a colleague', () => mia],
  ['a stranger', () => pia],
  ['somebody by mail whom nobody has listed', () => person(userIdOfContact('nobody'))],
])('%s is no person of it', async (_name, actor) => {
  await expect(demandPartner(actor())).rejects.toMatchObject({ code: 'partner-only' });
});

test('another partner’s id, and another workspace’s, open nothing', async () => {
  await expect(demandPartner(person('U0SOMEBODY'), 'another')).rejects.toMatchObject({ code: 'partner-only' });
  await expect(demandPartner({ ...person('U0SOMEBODY'), workspaceId: 'T0OTHER' })).rejects.toMatchObject({ code: 'partner-unknown' });
});

test('whoever left gets nothing, by either way', async () => {
  const [known] = partner.people;
  if (!known) throw new Error('nobody');
  await change({ people: [{ ...known, slack: { userId: 'U0PIA', teamId: TEAM }, leftAt: AT }] });
  for (const userId of ['U0PIA', userIdOfContact(known.id)])
    await expect(demandPartner(person(userId))).rejects.toMatchObject({ code: 'partner-only' });
});

test('nothing goes on with a partnership that has ended', async () => {
  await change({ status: 'ended', endedBecause: 'over' });
  await expect(demandPartner(person('U0SOMEBODY'))).rejects.toMatchObject({ code: 'partner-ended' });
});

const asked = (object: Shown['object']) => ({ object, need: 'member', action: 'thing.look', at: AT }) as const;

test('what is a partner’s is their own people’s and the team’s; what the team keeps to itself is not theirs', async () => {
  for (const actor of [person('U0SOMEBODY'), mia]) expect(await demandOwnOrTeam(actor, partner.id, asked('deal'))).toEqual(partner);
  for (const [actor, object] of [
    [person('U0SOMEBODY'), 'note'],
    [person('U0SOMEBODY', 'another'), 'deal'],
  ] as const)
    await expect(demandOwnOrTeam(actor, partner.id, asked(object))).rejects.toMatchObject({ code: 'partner-only' });
  await expect(demandOwnOrTeam(pia, partner.id, asked('deal'))).rejects.toMatchObject({ code: 'internal-only' });
  await expect(demandOwn(pia, { action: 'thing.do', at: AT })).rejects.toMatchObject({ code: 'internal-only' });
  expect(
    (await listAudit(HOME))
      .filter(({ by }) => by === pia.userId)
      .map(({ action }) => action)
      .sort(),
  ).toEqual(['thing.do-refused', 'thing.look-refused']);
});

test('after the end the team goes on with what is said to outlast it, and the partner’s people with nothing', async () => {
  await change({ status: 'ended', endedBecause: 'over' });
  expect(await demandOwnOrTeam(milo, partner.id, { ...asked('statement'), evenEnded: true })).toEqual(partner);
  const over = { code: 'partner-ended' };
  await expect(demandOwnOrTeam(milo, partner.id, asked('deal'))).rejects.toMatchObject(over);
  await expect(demandOwnOrTeam(person('U0SOMEBODY'), partner.id, { ...asked('statement'), evenEnded: true })).rejects.toMatchObject(over);
});
