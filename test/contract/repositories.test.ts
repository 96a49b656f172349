import mongoose from 'mongoose';
import { afterEach, describe, expect, test } from 'vitest';
import {
  findDigestOf,
  findLatestDigest,
  insertDigest,
  lastPosted,
  listUnposted,
  markPosted,
} from '../../src/discover/digest/digest-repository.ts';
import { auditEntry } from '../../src/programme/audit/audit.ts';
import { listAudit, recordAudit } from '../../src/programme/audit/audit-repository.ts';
import { adoptCompanies } from '../../src/programme/companies/adopt-companies.ts';
import type { Company } from '../../src/programme/companies/company.ts';
import { nothingRead, readChanges } from '../../src/programme/companies/company-changes.ts';
import { countCompanies, findCompaniesByName } from '../../src/programme/companies/company-names.ts';
import { CompanyModel, findCompanyByDomain, saveDecision, settleCompanyTrails } from '../../src/programme/companies/company-repository.ts';
import { importCompanies } from '../../src/programme/companies/import-companies.ts';
import {
  getProgramme,
  listDueProgrammes,
  listResearched,
  saveProgrammePart,
  setNextDigest,
  setNextResearch,
} from '../../src/programme/setup/programme-repository.ts';
import { getRoleList, saveRoles } from '../../src/programme/workspaces/role-repository.ts';
import { findWorkspace, listWorkspaceIds, removeWorkspace, saveWorkspace } from '../../src/programme/workspaces/workspace-repository.ts';
import * as drafts from '../../src/recruit/outreach/draft-repository.ts';
import { newDraft } from '../../src/recruit/outreach/new-draft.ts';
import * as outbox from '../../src/recruit/outreach/outbox-repository.ts';
import * as posts from '../../src/slack/post-repository.ts';
import { aContact } from '../support/builders.ts';
import { SERVERS, useModels } from './servers.ts';

const at = new Date('2026-11-23T09:00:00Z');
const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000);
const entry = (id: string, action = 'thing.change') => auditEntry({ id, workspaceId: 'T1', at, by: 'U1', action, subject: 'thing:1' });
const times = <Result>(count: number, run: (n: number) => Promise<Result>) => Promise.all(Array.from({ length: count }, (_, n) => run(n)));
const winners = (results: unknown[]) => results.filter((result) => result !== null && result !== false).length;

async function bring(csv: string, workspaceId = 'T1') {
  return importCompanies(workspaceId, { bytes: Buffer.from(csv), name: 'a.csv' }, { by: 'U1', at });
}
async function company(domain: string): Promise<Company> {
  const found = await findCompanyByDomain('T1', domain);
  if (!found) throw new Error(`${domain} was not imported`);
  return found;
}

describe.each(SERVERS)('the repositories on %s', (name) => {
  useModels(name);
  afterEach(() => Promise.all(Object.values(mongoose.models).map((model) => model.deleteMany({}))));

  test('companies: imported twice and at once, found by name, page by page, and moved', async () => {
    const csv = `domain,name,tags\n${Array.from({ length: 1_200 }, (_, n) => `c${n}.example,Company ${n},a;b`).join('\n')}\n`;
    const both = await Promise.all([bring(csv), bring(csv)]);
    expect(both.reduce((sum, { added }) => sum + added, 0)).toBe(1_200);
    expect(await bring(csv.replace('Company 7,', 'Seven,'))).toMatchObject({ added: 0, updated: 1, unchanged: 1_199 });
    expect((await findCompaniesByName('T1', 'seven', 3)).map(({ domain }) => domain)).toEqual(['c7.example']);
    expect((await findCompaniesByName('T1', 'COMPANY 119', 20)).map(({ domain }) => domain)[0]).toBe('c119.example');
    let met = 0;
    for await (const { companies } of readChanges('T1', nothingRead())) met += companies.length;
    await bring('domain\nc3.example\n', 'T2');
    expect([met, await adoptCompanies('T1', 'T2'), await countCompanies('T1')]).toEqual([1_200, { moved: 1_199, left: 1 }, 1]);
  });

  test('a decision is made once, and its record reaches the audit log once, also after a crash', async () => {
    await bring('domain\na.example\n');
    const seen = await company('a.example');
    const decide = (n: number) => saveDecision(seen, { kind: 'pursued', by: `U${n}`, at }, entry(`decision-${n}`, 'company.decide'));
    expect(winners(await times(10, decide))).toBe(1);
    expect(await listAudit('T1', { action: 'company.decide' })).toHaveLength(1);
    await CompanyModel.updateOne({ domain: 'a.example' }, { $push: { trail: { $each: [entry('x'), entry('y')] } } });
    await times(3, settleCompanyTrails);
    expect((await listAudit('T1', { action: 'thing.change' })).map(({ id }) => id).sort()).toEqual(['x', 'y']);
    expect(await CompanyModel.countDocuments({ 'trail.0': { $exists: true } })).toBe(0);
  });

  test('the audit log: newest first, by subject, no more than asked for', async () => {
    for (const n of [1, 3, 2])
      await recordAudit({ workspaceId: 'T1', at: later(n), by: 'U1', action: 'a.b', subject: `s:${n}`, after: { n } });
    expect((await listAudit('T1', {}, 2)).map(({ after }) => after)).toEqual([{ n: 3 }, { n: 2 }]);
    expect(await listAudit('T1', { subject: 's:1' })).toMatchObject([{ before: null, after: { n: 1 } }]);
  });

  test('digests: one a day and round, one a number, and the latest of each company', async () => {
    const item = { name: 'A', domain: 'a.example', oneLiner: '', type: 'reseller' as const, score: 50, known: 0.5, reasons: [] };
    const digest = (n: number, companyId: string) => ({
      ...{ id: `d${n}-${companyId}`, workspaceId: 'T1', number: n, day: `2026-11-${10 + n}`, round: 0, requestedBy: 'U1', candidates: 9 },
      ...{ items: [{ ...item, companyId }], createdAt: later(n), postedAt: null },
    });
    expect(winners(await times(10, (n) => insertDigest(digest(1, `c${n}`))))).toBe(1);
    expect([
      await insertDigest({ ...digest(1, 'z'), day: '2026-12-01' }),
      await insertDigest({ ...digest(2, 'z'), day: '2026-11-11' }),
    ]).toEqual([false, false]);
    await insertDigest(digest(2, 'c5'));
    await insertDigest(digest(3, 'c6'));
    expect((await findLatestDigest('T1'))?.number).toBe(3);
    expect((await lastPosted('T1', later(60))).get('c6')).toEqual(later(3));
    await markPosted('T1', 'd2-c5', at);
    expect((await findDigestOf('T1', 'c5'))?.number).toBe(2);
    expect((await listUnposted(at, later(10))).length).toBe(2);
  });

  test('drafts: one open for a company, each step by one person', async () => {
    const sender = { name: 'Ana', address: 'ana@x.example', postalAddress: '1 Harbour Street' };
    const first1 = { contact: aContact(), sender, threadId: 't1', kind: 'first', touch: 1, references: [] as string[] } as const;
    const draft = newDraft({ id: 'c1', workspaceId: 'T1', name: 'A' }, first1, 'U1', at);
    const opened = await times(10, (n) => drafts.insertDraft({ ...draft, id: `d${n}` }, entry(`open-${n}`)));
    expect([opened.filter(({ changed }) => changed).length, new Set(opened.map((one) => one.draft.id)).size]).toEqual([1, 1]);
    const [{ draft: first } = { draft }] = opened;
    const text = {
      subject: 'Hello',
      body: 'A message of some length.',
      claims: [],
      writer: 'offline' as const,
      note: null,
      footer: '',
      notice: '',
      english: '',
      language: 'en' as const,
    };
    const waiting = await drafts.finishWriting(first, text, entry('write'));
    expect(waiting).toMatchObject({ status: 'waiting', subject: 'Hello' });
    const approval = { id: 'a1', hash: 'h', by: 'U1', at, expiresAt: later(60) };
    const approved = await times(10, (n) => drafts.approveVersion(waiting ?? first, approval, entry(`approve-${n}`)));
    expect(winners(approved)).toBe(1);
    const [ready] = approved.flatMap((one) => one ?? []);
    if (!ready) throw new Error('nobody approved');
    const taken = { messageId: 'm', policy: null, leaseUntil: later(3) };
    const claimed = await times(10, (n) => outbox.claimSend(ready, taken, entry(`claim-${n}`)));
    expect(winners(claimed)).toBe(1);
    const [mine] = claimed.flatMap((one) => one ?? []);
    if (!mine) throw new Error('nobody claimed');
    expect([await outbox.listLostSends(later(1)), (await outbox.listLostSends(later(4))).map(({ id }) => id)]).toEqual([[], [first.id]]);
    const handed = await times(10, () => outbox.markHandedOver(mine, later(5), at));
    expect(handed.filter(Boolean)).toHaveLength(1);
    expect(await outbox.takeBackLost(mine, entry('back'))).toBeNull();
    expect(await outbox.settleSent(mine, '250', entry('sent'))).toMatchObject({ status: 'sent' });
    expect(await drafts.insertDraft({ ...draft, id: 'next' }, entry('next'))).toMatchObject({ changed: true });
    expect(await listAudit('T1')).toHaveLength(6);
  });

  test('programmes: parts are saved one by one, and the longest overdue comes first', async () => {
    const sender = { name: 'Ana', address: 'ana@x.example', postalAddress: '1 Harbour Street' };
    await times(5, (n) => saveProgrammePart(`T${n}`, 'sender', sender, n === 4 ? null : later(-n), entry(`part-${n}`)));
    await saveProgrammePart('T1', 'leaveOut', { competitors: ['a.example'], customers: [], existing: [] }, later(-1), entry('part-x'));
    expect(await getProgramme('T1')).toMatchObject({ sender, leaveOut: { competitors: ['a.example'] }, digest: null });
    expect((await listDueProgrammes(at, 3)).map(({ workspaceId }) => workspaceId)).toEqual(['T3', 'T2', 'T1']);
    await times(2, (n) => setNextDigest('T3', later(-3), later(n + 1)));
    await setNextDigest('T2', later(-9), later(1));
    expect((await listDueProgrammes(at, 3)).map(({ workspaceId }) => workspaceId)).toEqual(['T2', 'T1', 'T0']);
    const looked = async (limit: number) => (await listResearched(at, limit)).map(({ workspaceId }) => workspaceId);
    expect([(await looked(9)).sort(), (await looked(2)).length]).toEqual([['T0', 'T1', 'T2', 'T3', 'T4'], 2]);
    await times(4, (n) => setNextResearch(`T${n}`, later(1 - n)));
    expect(await looked(9)).toEqual(['T4', 'T3', 'T2', 'T1']);
    await saveProgrammePart('T0', 'sender', sender, null, entry('part-again'));
    expect((await looked(2)).sort()).toEqual(['T0', 'T4']);
  });

  test('roles: of ten changes of one revision one stands, from the first on', async () => {
    const change = (revision: number) => (n: number) =>
      saveRoles('T1', { revision, holders: [{ userId: `U${n}`, role: 'admin' }] }, entry(`role-${revision}-${n}`));
    expect(winners(await times(10, change(0)))).toBe(1);
    expect(winners(await times(10, change(1)))).toBe(1);
    expect(await getRoleList('T1')).toMatchObject({ revision: 2, holders: { length: 1 } });
    expect(await listAudit('T1')).toHaveLength(2);
  });

  test('posts: one worker claims, a dead one is replaced, and what is shown only moves on', async () => {
    expect(winners(await times(20, () => posts.claimPost('T1', 'digest:1', at)))).toBe(1);
    expect(await posts.claimPost('T1', 'digest:1', later(0.5))).toBe(false);
    expect(winners(await times(5, () => posts.claimPost('T1', 'digest:1', later(4))))).toBe(1);
    expect(await posts.savePost('T1', 'digest:1', at, { channel: 'C1', ts: '1.1' })).toBe(false);
    expect(await posts.savePost('T1', 'digest:1', later(4), { channel: 'C1', ts: '1.2' })).toBe(true);
    expect(await posts.claimPost('T1', 'digest:1', later(99))).toBe(false);
    await times(5, (n) => posts.markShown('T1', 'digest:1', later(n)));
    expect([await posts.isShown('T1', 'digest:1', later(4)), await posts.isShown('T1', 'digest:1', later(5))]).toEqual([true, false]);
    await posts.releasePost('T1', 'digest:1', later(4));
    expect(await posts.findPost('T1', 'digest:1')).toEqual({ channel: 'C1', ts: '1.2', link: null });
    await posts.keepLink('T1', 'digest:1', { channel: 'C1', ts: '1.1' }, 'https://slack.example/old');
    await posts.keepLink('T1', 'digest:1', { channel: 'C1', ts: '1.2' }, 'https://slack.example/p12');
    const place = { channel: 'C1', ts: '1.2', link: 'https://slack.example/p12' };
    expect(await posts.findPosts('T1', ['digest:1', 'digest:2'])).toEqual(new Map([['digest:1', place]]));
    await posts.forgetPost('T1', 'digest:1', { channel: 'C1', ts: '1.1' });
    expect(await posts.findPost('T1', 'digest:1')).toEqual(place);
    await posts.forgetPost('T1', 'digest:1', place);
    expect(await posts.findPost('T1', 'digest:1')).toBeNull();
  });

  test('workspaces: saved again, listed by age, removed', async () => {
    const workspace = (id: string, installedAt: Date) => ({
      ...{ id, enterpriseId: null, name: id, botToken: 'v1:a', botUserId: 'B', botId: null, installedBy: null, installedAt },
    });
    await saveWorkspace(workspace('T2', later(2)));
    await saveWorkspace(workspace('T1', later(1)));
    await saveWorkspace({ ...workspace('T2', later(2)), name: 'renamed' });
    expect([await listWorkspaceIds(), (await findWorkspace('T2'))?.name]).toEqual([['T1', 'T2'], 'renamed']);
    expect([await removeWorkspace('T1', at), await removeWorkspace('T1', later(1))]).toEqual([false, true]);
    expect(await findWorkspace('T1')).toBeNull();
  });
});
