import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import { agreementOverview } from '../../src/onboard/agreements/open-agreements.ts';
import { publishAgreement } from '../../src/onboard/agreements/publish-agreement.ts';
import { dueReminders } from '../../src/onboard/checklists/due-reminders.ts';
import { listBehind } from '../../src/onboard/checklists/follow-templates.ts';
import { saveTemplate } from '../../src/onboard/checklists/template-repository.ts';
import { auditEntry } from '../../src/programme/audit/audit.ts';
import { aPartner } from '../support/a-partner.ts';
import { AT, ana, aProgramme, HOME } from '../support/builders.ts';
import { useMongo } from '../support/mongo.ts';

useMongo();
/** More than any one page of them. */
const MANY = 5_050;
const SOON = new Date('2026-11-30T10:00:00Z');

/** One partner with its checklist, as often as wanted. */
async function copied(times: number): Promise<void> {
  await aPartner();
  const [partners, checklists] = [mongoose.connection.collection('partners'), mongoose.connection.collection('checklists')];
  const [partner, checklist] = [await partners.findOne({}), await checklists.findOne({})];
  const ids = Array.from({ length: times }, () => new mongoose.Types.ObjectId());
  await partners.insertMany(
    ids.map((_id) => ({ ...partner, _id, nameKey: String(_id), domains: [`${String(_id)}.example`], teamIds: [], channel: null })),
  );
  await checklists.insertMany(ids.map((_id) => ({ ...checklist, _id: new mongoose.Types.ObjectId(), partnerId: String(_id) })));
}

test('of more than five thousand partners, nobody is left out without a word', async () => {
  await aProgramme();
  await copied(MANY);
  const { version } = await publishAgreement(
    ana,
    { title: 'Terms', types: [], fileName: null, bytes: Buffer.from('terms'), askBy: null },
    AT,
  );
  expect((await agreementOverview(HOME, version.id)).open).toHaveLength(MANY + 1);
  const reminded = await dueReminders(HOME, SOON);
  expect(reminded.filter(({ to }) => to.kind === 'contact')).toHaveLength(MANY + 1);
  const entry = auditEntry({ workspaceId: HOME, by: 'U0ANA', at: AT, action: 'template.save', subject: 'template:agency' });
  await saveTemplate({ workspaceId: HOME, type: 'agency', steps: [], rev: 0 }, [], entry);
  expect(await listBehind(HOME, 'agency', AT)).toHaveLength(MANY + 1);
});
