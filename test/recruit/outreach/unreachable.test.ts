import mongoose from 'mongoose';
import { beforeEach, describe, expect, test } from 'vitest';
import { decideCompany } from '../../../src/discover/digest/decide-company.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { REJECTION_REASONS } from '../../../src/programme/companies/company.ts';
import { saveProgramme } from '../../../src/programme/setup/save-programme.ts';
import { changeContact } from '../../../src/recruit/outreach/change-contact.ts';
import type { Draft } from '../../../src/recruit/outreach/draft.ts';
import { getDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { sendApproved } from '../../../src/recruit/outreach/send-draft.ts';
import { startDraft } from '../../../src/recruit/outreach/start-draft.ts';
import {
  AT,
  aCompany,
  aContact,
  anApprovedDraft,
  ana,
  approved,
  aWaitingDraft,
  HOME,
  milo,
  recorder,
  seen,
} from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { told } from '../../support/told.ts';

useMongo();
let draft: Draft;
let approvalId: string;
beforeEach(async () => {
  const { draft: made, approval } = await anApprovedDraft();
  draft = made;
  approvalId = approval.id;
});

const leaveOut = (lists: Partial<Record<'competitors' | 'customers' | 'existing', string[]>>) =>
  saveProgramme(ana, 'leaveOut', { competitors: [], customers: [], existing: [], ...lists }, AT);
const notFit = (reason: (typeof REJECTION_REASONS)[number]) =>
  decideCompany(milo, draft.companyId, { kind: 'not-fit', reason, note: '' }, AT);

describe('a company that was closed after the approval gets nothing', () => {
  const closings: [string, () => Promise<unknown>][] = [
    ...REJECTION_REASONS.map((reason): [string, () => Promise<unknown>] => [`not a fit: ${reason}`, () => notFit(reason)]),
    ['a competitor by domain', () => leaveOut({ competitors: ['peatworks.example'] })],
    ['a competitor by name, written another way', () => leaveOut({ competitors: ['PEATWORKS Ltd.'] })],
    ['a competitor by web address', () => leaveOut({ competitors: ['https://www.peatworks.example/about'] })],
    ['a customer', () => leaveOut({ customers: ['Peatworks'] })],
    ['a partner already', () => leaveOut({ existing: ['peatworks.example'] })],
    ['no longer active, says an import', () => aCompany({ status: 'Inactive' })],
    ['bought by another company, says an import', () => aCompany({ status: 'Acquired' })],
    ['not a fit, and imported again since', () => notFit('no-contact').then(() => aCompany({ oneLiner: 'Entirely new words' }))],
    ['gone from the file', () => mongoose.connection.collection('companies').deleteMany({})],
  ];
  test.each(closings)('%s', async (_name, close) => {
    await close();
    const { mails, ...tools } = recorder();
    const settled = await sendApproved(HOME, draft.id, approvalId, { ...tools, now: () => AT });
    expect(mails).toEqual([]);
    expect(told(settled)).toMatchObject({
      status: 'rejected',
      approval: null,
      note: expect.stringMatching(/^Not sent: Peatworks was taken off the list/),
    });
    const [entry] = await listAudit(HOME, { subject: `draft:${draft.id}`, action: 'draft.send-refused' });
    expect(entry?.after).toMatchObject({ approvalId });
    // Neither the job that runs again nor a second thought about the company brings the approval back.
    await decideCompany(milo, draft.companyId, { kind: 'undecided' }, AT).catch(() => null);
    await leaveOut({});
    expect(await sendApproved(HOME, draft.id, approvalId, { ...tools, now: () => AT })).toBeNull();
    expect(mails).toEqual([]);
  });
});

describe('an address at a closed company gets nothing through the draft of another company', () => {
  const dana = aContact({ email: 'dana@mail.vantage.example' });
  /** Left out by the team: another person may be named. Under silence: closed for good. */
  const LEFT_OUT = {
    code: 'address-closed',
    end: { status: 'waiting', note: expect.stringMatching(/is at a company .* under Contact\.$/) },
  };
  const SILENT = {
    code: 'address-suppressed',
    end: { status: 'rejected', note: expect.stringMatching(/gets nothing from us any more\.$/) },
  };
  const closings: [string, () => Promise<unknown>, typeof LEFT_OUT][] = [
    ['a competitor that is not on file', () => leaveOut({ competitors: ['vantage.example'] }), LEFT_OUT],
    ['a customer', () => leaveOut({ customers: ['https://www.vantage.example'] }), LEFT_OUT],
    [
      'a company that asked not to be written to',
      async () => {
        const vantage = await aCompany({ domain: 'vantage.example', name: 'Vantage' });
        await decideCompany(milo, vantage.id, { kind: 'not-fit', reason: 'no-contact', note: '' }, AT);
      },
      SILENT,
    ],
  ];
  test.each(closings)('%s', async (_name, close, { code, end }) => {
    const { draft: redirected, approval } = await approved(await changeContact(milo, seen(draft), dana, null, AT));
    await close();
    // Closed from the start, the address is refused before anybody approves it.
    await expect(changeContact(milo, seen(redirected), dana, null, AT)).rejects.toMatchObject({ code });
    const another = await aCompany({ domain: 'another.example', name: 'Another' });
    await expect(startDraft(milo, another.id, dana, AT)).rejects.toMatchObject({ code });
    const { mails, ...tools } = recorder();
    const settled = await sendApproved(HOME, redirected.id, approval.id, { ...tools, now: () => AT });
    expect(mails).toEqual([]);
    expect(told(settled)).toMatchObject({ approval: null, ...end });
  });

  test('but an address anywhere else gets the mail, our own included', async () => {
    await leaveOut({ competitors: ['vantage.example'] });
    let current = draft;
    for (const email of ['dana@freemail.example', 'milo@larkspur.example']) {
      const company = await aCompany({ domain: `via-${email.split('@')[0]}.example` });
      current = await aWaitingDraft({ company });
      const { draft: redirected, approval } = await approved(await changeContact(milo, seen(current), aContact({ email }), null, AT));
      const { mails, ...tools } = recorder();
      await sendApproved(HOME, redirected.id, approval.id, { ...tools, now: () => AT });
      expect(mails.map(({ to }) => to.address)).toEqual([email]);
    }
  });
});

test('a company that is closed cannot be written to again', async () => {
  await notFit('no-contact');
  await sendApproved(HOME, draft.id, approvalId, { ...recorder(), now: () => AT });
  // Under silence it is left out of everything.
  await expect(startDraft(ana, draft.companyId, aContact(), AT)).rejects.toMatchObject({ code: 'company-gated' });
  // Who asked to be left alone stays so until an admin says otherwise.
  for (const choice of [{ kind: 'undecided' }, { kind: 'later' }, { kind: 'not-fit', reason: 'other', note: '' }] as const)
    await expect(decideCompany(milo, draft.companyId, choice, AT)).rejects.toMatchObject({ code: 'role-needed' });
  await decideCompany(ana, draft.companyId, { kind: 'undecided' }, AT);
  await leaveOut({ competitors: ['peatworks.example'] });
  await expect(startDraft(ana, draft.companyId, aContact(), AT)).rejects.toMatchObject({ code: 'company-gated' });
  expect(await getDraft(HOME, draft.id)).toMatchObject({ status: 'rejected' });
});
