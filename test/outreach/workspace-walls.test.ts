import { beforeEach, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { auditEntry } from '../../src/audit/audit.ts';
import { listAudit } from '../../src/audit/audit-repository.ts';
import type { Company } from '../../src/companies/company.ts';
import * as companies from '../../src/companies/company-repository.ts';
import { listDecisions, saveDecision } from '../../src/companies/save-decision.ts';
import * as digests from '../../src/digest/digest-repository.ts';
import type { TypeWeights } from '../../src/learning/type-weights.ts';
import * as weights from '../../src/learning/weights-repository.ts';
import { type Approval, type Draft, DraftStatus } from '../../src/outreach/draft.ts';
import * as drafts from '../../src/outreach/draft-repository.ts';
import * as programmes from '../../src/programme/programme-repository.ts';
import { aStep, type Research } from '../../src/research/research.ts';
import * as researches from '../../src/research/research-repository.ts';
import * as spending from '../../src/research/spending-repository.ts';
import { startResearch } from '../../src/research/start-research.ts';
import * as posts from '../../src/slack/outbound/post-repository.ts';
import * as websites from '../../src/website/website-repository.ts';
import * as roles from '../../src/workspaces/role-repository.ts';
import { AT, anApprovedDraft, ana, HOME } from '../support/builders.ts';
import { useMongo } from '../support/mongo.ts';
import { digest, website } from '../support/wall-samples.ts';

useMongo();
const OTHER = 'T0OTHER';
const entry = auditEntry({ workspaceId: OTHER, by: 'U0EVE', at: AT, action: 'draft.edit', subject: 'draft:x' });
const text = { subject: 'Taken over', body: 'Taken over by another workspace.' };

let draft: Draft;
let approval: Approval;
let company: Company;
/** Our draft and our company as somebody of the other workspace would name them: every id right, the workspace theirs. */
let named: Draft;
let theirs: Company;
/** Our research as the other workspace would name it. */
let taken: Research;
const NOT_THEIRS = { searches: 0, tokens: 0, microUsd: 0 };
let technology: TypeWeights;

beforeEach(async () => {
  ({ draft, approval } = await anApprovedDraft());
  named = { ...draft, workspaceId: OTHER };
  company = await companies.getCompany(HOME, draft.companyId);
  theirs = { ...company, workspaceId: OTHER };
  const { id: companyId, name, domain, oneLiner } = company;
  const item = { companyId, name, domain, oneLiner, type: 'technology' as const, score: 50, known: 0.5, reasons: [] };
  await digests.insertDigest({ ...digest, items: [item] });
  technology = await weights.getTypeWeights(HOME, 'technology');
  await weights.saveTypeWeights(HOME, { ...technology, frozen: true }, null);
  await posts.claimPost(HOME, `draft:${draft.id}`, AT);
  const tools = { askWeb: () => Promise.reject(new Error('not asked')), prices: { input: 1, output: 1, searches: 1 }, perDayUsd: 1 };
  taken = { ...(await startResearch(ana, 'clinics', tools, AT)), workspaceId: OTHER };
  await spending.reserveSpending(HOME, '2026-11-23', { searches: 1, tokens: 1, microUsd: 1 }, { searches: 9, tokens: 9, microUsd: 9 });
  await websites.saveWebsite(HOME, website);
});

/** Everything stored that is not the other workspace's own. */
async function ourDocuments() {
  const all = await Promise.all(
    Object.values(mongoose.models).map((model) => model.find({}).sort({ _id: 1 }).lean<Record<string, unknown>[]>()),
  );
  return all.map((documents) => documents.filter(({ _id, workspaceId }) => workspaceId !== OTHER && _id !== OTHER));
}

const refusal = { name: 'Refusal' };
type Call = () => Promise<unknown>;
/** By function: a call from the other workspace and what it must come to: nothing. */
const calls: Record<string, Record<string, [Call, unknown]>> = {
  drafts: {
    countDrafts: [() => drafts.countDrafts(OTHER, ['waiting']), 0],
    findDraft: [() => drafts.findDraft(OTHER, draft.id), null],
    getDraft: [() => drafts.getDraft(OTHER, draft.id).catch((error) => error), refusal],
    findOpenDraft: [() => drafts.findOpenDraft(OTHER, draft.companyId), null],
    findLatestDraft: [() => drafts.findLatestDraft(OTHER, draft.companyId), null],
    listDrafts: [() => drafts.listDrafts(OTHER, [...DraftStatus.options]), []],
    listWrittenTo: [() => drafts.listWrittenTo(OTHER, [draft.companyId]), []],
    insertDraft: [() => drafts.insertDraft(named, entry).catch((error) => error), { code: 11000 }],
    finishWriting: [() => drafts.finishWriting(named, { ...text, claims: [], writer: 'person', note: '' }, entry), null],
    reviseDraft: [() => drafts.reviseDraft(named, { ...text, contact: draft.contact, claims: [] }, entry), null],
    approveVersion: [() => drafts.approveVersion(named, approval, entry), null],
    rejectVersion: [() => drafts.rejectVersion(named, [...DraftStatus.options], '', entry), null],
    claimApproval: [() => drafts.claimApproval(named, approval, 'id@example.com', entry), null],
    voidApproval: [() => drafts.voidApproval(named, '', entry), null],
    settleSent: [() => drafts.settleSent(named, 'sending', entry), null],
    settleUnsent: [() => drafts.settleUnsent(named, 'failed', '', entry), null],
  },
  companies: {
    getCompany: [() => companies.getCompany(OTHER, company.id).catch((error) => error), refusal],
    findCompanyByDomain: [() => companies.findCompanyByDomain(OTHER, company.domain), null],
    listCompaniesByIds: [() => companies.listCompaniesByIds(OTHER, [company.id]), []],
    findCompaniesByName: [() => companies.findCompaniesByName(OTHER, company.name, 10), []],
    countCompanies: [() => companies.countCompanies(OTHER), 0],
    eachCompany: [async () => (await companies.eachCompany(OTHER).next()).done, true],
    eachNamed: [async () => (await companies.eachNamed(OTHER).next()).done, true],
    saveDecision: [() => saveDecision(theirs, null, entry), null],
    listDecisions: [() => listDecisions(OTHER, 'technology', null, 10), []],
  },
  digests: {
    insertDigest: [() => digests.insertDigest({ ...digest, workspaceId: OTHER }), false],
    findDigest: [() => digests.findDigest(OTHER, digest.day, digest.round), null],
    getDigest: [() => digests.getDigest(OTHER, digest.id).catch((error) => error), refusal],
    findLatestDigest: [() => digests.findLatestDigest(OTHER), null],
    findDigestOf: [() => digests.findDigestOf(OTHER, company.id), null],
    lastPosted: [async () => (await digests.lastPosted(OTHER, AT)).size, 0],
    listPosted: [() => digests.listPosted(OTHER, new Date(0), new Date(AT.getTime() + 1)), []],
    markPosted: [() => digests.markPosted(OTHER, digest.id, AT), undefined],
  },
  programmes: {
    getProgramme: [() => programmes.getProgramme(OTHER), { company: null, digest: null, sender: null, nextDigestAt: null }],
    saveCorrection: [() => programmes.saveCorrection(OTHER, { relation: 'adopters' }, entry), { company: null }],
    setNextDigest: [() => programmes.setNextDigest(OTHER, null, AT), undefined],
    saveProgrammePart: [
      () => programmes.saveProgrammePart(OTHER, 'leaveOut', { competitors: [], customers: [], existing: [] }, null, entry),
      { company: null },
    ],
  },
  roles: {
    getRoleList: [() => roles.getRoleList(OTHER), { revision: 0, holders: [] }],
    findRole: [() => roles.findRole(OTHER, ana.userId), null],
    listRoles: [() => roles.listRoles(OTHER), []],
    saveRoles: [() => roles.saveRoles(OTHER, { revision: 5, holders: [] }, entry), false],
  },
  weights: {
    getTypeWeights: [() => weights.getTypeWeights(OTHER, 'technology'), { revision: 0, frozen: false }],
    customWeights: [() => weights.customWeights(OTHER), {}],
    saveTypeWeights: [() => weights.saveTypeWeights(OTHER, { ...technology, revision: 1 }, entry), false],
  },
  posts: {
    findPost: [() => posts.findPost(OTHER, `draft:${draft.id}`), null],
    savePost: [() => posts.savePost(OTHER, `draft:${draft.id}`, AT, { channel: 'C0EVE', ts: '1.2' }), false],
    forgetPost: [() => posts.forgetPost(OTHER, `draft:${draft.id}`), undefined],
    releasePost: [() => posts.releasePost(OTHER, `draft:${draft.id}`, AT), undefined],
    markShown: [() => posts.markShown(OTHER, `draft:${draft.id}`, AT), undefined],
    isShown: [() => posts.isShown(OTHER, `draft:${draft.id}`, new Date(0)), false],
    claimPost: [() => posts.claimPost(OTHER, `draft:${draft.id}`, AT), true],
  },
  researches: {
    insertResearch: [() => researches.insertResearch(taken, entry).catch((error) => error), false],
    getResearch: [() => researches.getResearch(OTHER, taken.id).catch((error) => error), refusal],
    claimStep: [() => researches.claimStep(taken, 0, NOT_THEIRS, AT), null],
    settleStep: [() => researches.settleStep(taken, 0, AT, NOT_THEIRS, { step: aStep('plan', 'x'), spent: NOT_THEIRS }, AT), false],
    finishStep: [() => researches.finishStep(taken, 0, 1, AT), undefined],
    endResearch: [() => researches.endResearch(taken, 'cancelled', '', 'U0EVE', AT), null],
    isRunning: [() => researches.isRunning(taken), false],
  },
  spending: {
    spendingDay: [async () => spending.spendingDay(AT), '2026-11-23'],
    getSpending: [() => spending.getSpending(OTHER, '2026-11-23'), NOT_THEIRS],
    reserveSpending: [() => spending.reserveSpending(OTHER, '2026-11-23', NOT_THEIRS, NOT_THEIRS), true],
    correctSpending: [() => spending.correctSpending(OTHER, '2026-11-23', NOT_THEIRS, { searches: 5, tokens: 5, microUsd: 5 }), undefined],
  },
  websites: {
    findWebsite: [() => websites.findWebsite(OTHER, website.domain), null],
    saveWebsite: [() => websites.saveWebsite(OTHER, { ...website, name: 'Taken over' }), undefined],
  },
  audit: { listAudit: [() => listAudit(OTHER), []] },
};

test.each(Object.entries(calls))('%s: another workspace that names our ids finds nothing and changes nothing', async (_noun, table) => {
  const before = await ourDocuments();
  for (const [name, [call, nothing]] of Object.entries(table)) {
    const result = await call();
    const isPartly = typeof nothing === 'object' && nothing !== null && !Array.isArray(nothing);
    expect({ [name]: result }).toEqual({ [name]: isPartly ? expect.objectContaining(nothing) : nothing });
    expect({ after: name, documents: await ourDocuments() }).toEqual({ after: name, documents: before });
  }
});

/** They look over all workspaces on purpose, for the sweeps, and take no id from anybody. */
const SWEEPS =
  /^(settle\w+Trails|listStuckDrafts|listChangedDrafts|listUnposted|listDueProgrammes|listShownSince|listIdleResearches|listEndedResearches)$/;

test.each([
  ['drafts', drafts],
  ['programmes', programmes],
  ['digests', digests],
  ['roles', roles],
  ['weights', weights],
  ['posts', posts],
  ['companies', { ...companies, saveDecision, listDecisions }],
])('the table above knows every function of the %s repository', (noun, repository) => {
  const functions = Object.entries(repository).flatMap(([name, value]) =>
    typeof value === 'function' && !SWEEPS.test(name) ? [name] : [],
  );
  expect(Object.keys(calls[noun] ?? {}).sort()).toEqual(functions.sort());
});
