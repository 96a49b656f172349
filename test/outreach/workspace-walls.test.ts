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
import * as outbox from '../../src/outreach/outbox-repository.ts';
import * as slots from '../../src/outreach/send-slots-repository.ts';
import * as sentBytes from '../../src/outreach/sent-bytes-repository.ts';
import type { Thread } from '../../src/outreach/thread.ts';
import * as threads from '../../src/outreach/thread-repository.ts';
import * as programmes from '../../src/programme/programme-repository.ts';
import { aStep, type Research } from '../../src/research/research.ts';
import * as researches from '../../src/research/research-repository.ts';
import * as spending from '../../src/research/spending-repository.ts';
import { startResearch } from '../../src/research/start-research.ts';
import * as posts from '../../src/slack/outbound/post-repository.ts';
import * as styles from '../../src/style/style-repository.ts';
import { suppress } from '../../src/suppression/suppress.ts';
import * as suppressions from '../../src/suppression/suppression-repository.ts';
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
let thread: Thread;
let theirThread: Thread;
const silent = { kind: 'address', value: 'silent@peatworks.example' } as const;
const hold = { why: 'hours', until: AT, said: '' } as const;
const touch = { draftId: 'd9', messageId: 'm9@larkspur.example', touch: 1, at: AT };
const WRITTEN = { claims: [], writer: 'person' as const, note: '', footer: '', english: '', language: 'en' as const };
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
  const live = await threads.findLiveThread(HOME, draft.companyId);
  if (!live) throw new Error('there is no thread');
  thread = live;
  theirThread = { ...thread, workspaceId: OTHER };
  await suppress(HOME, silent, { reason: 'opt-out', via: 'reply', by: 'recipient', at: AT });
  await slots.takeSlot({ workspaceId: HOME, day: '2026-11-23', mailbox: draft.sender.address, approvalId: approval.id }, false);
  await sentBytes.keepBytes({ workspaceId: HOME, draftId: draft.id, approvalId: approval.id }, Buffer.from('bytes'), AT);
  company = await companies.getCompany(HOME, draft.companyId);
  theirs = { ...company, workspaceId: OTHER };
  const { id: companyId, name, domain, oneLiner } = company;
  const item = { companyId, name, domain, oneLiner, type: 'technology' as const, score: 50, known: 0.5, reasons: [] };
  await digests.insertDigest({ ...digest, items: [item] });
  technology = await weights.getTypeWeights(HOME, 'technology');
  await weights.saveTypeWeights(HOME, { ...technology, frozen: true }, null);
  await styles.pushReplacement(HOME, { from: 'Hello', to: 'Hi' }, { ...entry, workspaceId: HOME });
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
    findLatestSent: [() => drafts.findLatestSent(OTHER, draft.companyId), null],
    listOpenDrafts: [() => drafts.listOpenDrafts(OTHER), []],
    findLatestDraft: [() => drafts.findLatestDraft(OTHER, draft.companyId), null],
    listDrafts: [() => drafts.listDrafts(OTHER, [...DraftStatus.options]), []],
    listWrittenTo: [() => drafts.listWrittenTo(OTHER, [draft.companyId]), []],
    insertDraft: [() => drafts.insertDraft(named, entry).catch((error) => error), { code: 11000 }],
    finishWriting: [() => drafts.finishWriting(named, { ...text, ...WRITTEN }, entry), null],
    reviseDraft: [() => drafts.reviseDraft(named, { ...named, ...text }, null, entry), null],
    approveVersion: [() => drafts.approveVersion(named, approval, entry), null],
    rejectVersion: [() => drafts.rejectVersion(named, [...DraftStatus.options], '', entry), null],
    listEditedDrafts: [() => drafts.listEditedDrafts(OTHER), []],
    listThreadDrafts: [() => drafts.listThreadDrafts(OTHER, draft.threadId), []],
  },
  outbox: {
    voidApproval: [() => outbox.voidApproval(named, '', entry), null],
    holdDraft: [() => outbox.holdDraft(named, hold, entry), null],
    releaseHold: [() => outbox.releaseHold(named, entry), null],
    claimSend: [() => outbox.claimSend(named, { messageId: 'id@example.com', policy: null, leaseUntil: AT }, entry), null],
    markHandedOver: [() => outbox.markHandedOver(named, AT, AT), false],
    giveBack: [() => outbox.giveBack(named, { hold, attempts: 1 }, entry), null],
    takeBackLost: [() => outbox.takeBackLost(named, entry), null],
    settleSent: [() => outbox.settleSent(named, '', entry), null],
    markNoted: [() => outbox.markNoted(named), undefined],
    settleFound: [() => outbox.settleFound(named, entry), null],
    settleUnsent: [() => outbox.settleUnsent(named, 'failed', '', entry), null],
  },
  threads: {
    insertThread: [() => threads.insertThread(theirThread, entry).catch((error) => error), { code: 11000 }],
    findThread: [() => threads.findThread(OTHER, thread.id), null],
    findLiveThread: [() => threads.findLiveThread(OTHER, thread.companyId), null],
    listReturned: [() => threads.listReturned(OTHER), new Map()],
    listLiveThreads: [() => threads.listLiveThreads(OTHER), []],
    changeContact: [() => threads.changeContact(OTHER, thread.id, thread.contact, entry), null],
    recordTouch: [() => threads.recordTouch(theirThread, touch, { wait: AT, contact: thread.contact }, entry), null],
    planTouch: [() => threads.planTouch(theirThread, null, entry), null],
    markReplied: [() => threads.markReplied(OTHER, thread.id, entry), null],
    reopenThread: [() => threads.reopenThread(OTHER, thread.id, AT, entry), null],
    endThread: [() => threads.endThread(OTHER, thread.id, 'decision', entry), null],
  },
  sentBytes: {
    findBytes: [() => sentBytes.findBytes(OTHER, draft.id), null],
    keepBytes: [
      () => sentBytes.keepBytes({ workspaceId: OTHER, draftId: draft.id, approvalId: 'other' }, Buffer.from('theirs'), AT),
      Buffer.from('theirs'),
    ],
  },
  slots: {
    slotDay: [async () => slots.slotDay(AT, 'UTC'), '2026-11-23'],
    releaseSlots: [() => slots.releaseSlots(OTHER, approval.id), undefined],
    countSlots: [() => slots.countSlots(OTHER, '2026-11-23'), new Map()],
    takeSlot: [
      () => slots.takeSlot({ workspaceId: OTHER, day: '2026-11-23', mailbox: draft.sender.address, approvalId: 'theirs' }, false),
      { full: null },
    ],
  },
  suppressions: {
    findSuppression: [() => suppressions.findSuppression(OTHER, [silent]), null],
    listGatedHashes: [() => suppressions.listGatedHashes(OTHER), []],
    countSuppressions: [() => suppressions.countSuppressions(OTHER), { address: 0, domain: 0, company: 0 }],
    liftEntry: [() => suppressions.liftEntry(OTHER, silent, entry), null],
    insertSuppression: [
      async () =>
        (await suppressions.insertSuppression(OTHER, silent, { reason: 'opt-out', via: 'x', by: 'U0EVE', at: AT }, entry)).changed,
      true,
    ],
  },
  companies: {
    getCompany: [() => companies.getCompany(OTHER, company.id).catch((error) => error), refusal],
    findCompanyByDomain: [() => companies.findCompanyByDomain(OTHER, company.domain), null],
    listCompaniesByIds: [() => companies.listCompaniesByIds(OTHER, [company.id]), []],
    findCompaniesByName: [() => companies.findCompaniesByName(OTHER, company.name, 10), []],
    findNamed: [() => companies.findNamed(OTHER, [company.name]), []],
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
  styles: {
    getStyle: [() => styles.getStyle(OTHER), { replacements: [] }],
    saveStyleChoice: [
      () => styles.saveStyleChoice(OTHER, { tone: 'warm', length: 'short', language: 'en', houseStyle: '' }, entry),
      { workspaceId: OTHER, tone: 'warm' },
    ],
    pushReplacement: [() => styles.pushReplacement(OTHER, { from: 'a', to: 'b' }, entry), { replacements: [{ from: 'a', to: 'b' }] }],
    pullReplacement: [() => styles.pullReplacement(OTHER, { from: 'Hello', to: 'Hi' }, entry), null],
    pushDismissed: [() => styles.pushDismissed(OTHER, { from: 'a', to: 'c' }, entry), { dismissed: [{ from: 'a', to: 'c' }] }],
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

/** They look over all workspaces on purpose: for the sweeps, or for somebody outside who knows a secret of one mail. */
const SWEEPS =
  /^(settle\w+Trails|listStuckDrafts|listChangedDrafts|listReadyDrafts|listLostSends|listUnnoted|listDueThreads|findDraftByToken|findDraftByMessageId|findDraftToAddress|listUnposted|listDueProgrammes|listShownSince|listIdleResearches|listEndedResearches)$/;

test.each([
  ['drafts', drafts],
  ['outbox', outbox],
  ['threads', threads],
  ['suppressions', suppressions],
  ['sentBytes', sentBytes],
  ['slots', slots],
  ['programmes', programmes],
  ['digests', digests],
  ['roles', roles],
  ['weights', weights],
  ['styles', styles],
  ['posts', posts],
  ['companies', { ...companies, saveDecision, listDecisions }],
])('the table above knows every function of the %s repository', (noun, repository) => {
  const functions = Object.entries(repository).flatMap(([name, value]) =>
    typeof value === 'function' && !SWEEPS.test(name) ? [name] : [],
  );
  expect(Object.keys(calls[noun] ?? {}).sort()).toEqual(functions.sort());
});
