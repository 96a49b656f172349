import { beforeEach } from 'vitest';
import { suppress } from '../../../src/programme/suppression/suppress.ts';
import * as suppressions from '../../../src/programme/suppression/suppression-repository.ts';
import { type Approval, type Draft, DraftStatus } from '../../../src/recruit/outreach/draft.ts';
import * as drafts from '../../../src/recruit/outreach/draft-repository.ts';
import * as outbox from '../../../src/recruit/outreach/outbox-repository.ts';
import * as slots from '../../../src/recruit/outreach/send-slots-repository.ts';
import * as sentBytes from '../../../src/recruit/outreach/sent-bytes-repository.ts';
import type { Thread } from '../../../src/recruit/outreach/thread.ts';
import * as threads from '../../../src/recruit/outreach/thread-repository.ts';
import { AT, anApprovedDraft, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Calls, entry, OTHER, refusal, testWalls } from '../../support/walls.ts';

useMongo();
const text = { subject: 'Taken over', body: 'Taken over by another workspace.' };
const gone = { kind: 'company', value: 'gone.example' } as const;
const silent = { kind: 'address', value: 'silent@peatworks.example' } as const;
const hold = { why: 'hours', until: AT, said: '' } as const;
const touch = { draftId: 'd9', messageId: 'm9@larkspur.example', touch: 1, at: AT };
const NOTE = { code: 'unknown-fate' } as const;
const WRITTEN = { claims: [], writer: 'person' as const, note: null, footer: '', notice: '', english: '', language: 'en' as const };

let draft: Draft;
let approval: Approval;
let thread: Thread;
/** Our draft and our thread as somebody of the other workspace would name them: every id right, the workspace theirs. */
let named: Draft;
let theirThread: Thread;

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
});

const calls: Calls = {
  drafts: {
    countDecidable: [() => drafts.countDecidable(OTHER, { by: draft.startedBy, companyIds: [draft.companyId] }), 0],
    listDecidable: [() => drafts.listDecidable(OTHER, null, 50), []],
    findDraftsDue: [() => drafts.findDraftsDue(OTHER, draft.companyId), []],
    settleDraftsDue: [async () => drafts.settleDraftsDue(OTHER, await drafts.findDraftsDue(HOME, draft.companyId)), undefined],
    findDraft: [() => drafts.findDraft(OTHER, draft.id), null],
    getDraft: [() => drafts.getDraft(OTHER, draft.id).catch((error) => error), refusal],
    findOpenDraft: [() => drafts.findOpenDraft(OTHER, draft.companyId), null],
    findLatestSent: [() => drafts.findLatestSent(OTHER, draft.companyId), null],
    listOpenDrafts: [() => drafts.listOpenDrafts(OTHER), []],
    findLatestDraft: [() => drafts.findLatestDraft(OTHER, draft.companyId), null],
    listDrafts: [() => drafts.listDrafts(OTHER, [...DraftStatus.options]), []],
    listApprovedBy: [() => drafts.listApprovedBy(OTHER, approval.by), []],
    listWrittenTo: [() => drafts.listWrittenTo(OTHER, [draft.companyId]), []],
    insertDraft: [() => drafts.insertDraft(named, entry).catch((error) => error), { code: 11000 }],
    finishWriting: [() => drafts.finishWriting(named, { ...text, ...WRITTEN }, entry), null],
    reviseDraft: [() => drafts.reviseDraft(named, { ...named, ...text }, null, entry), null],
    approveVersion: [() => drafts.approveVersion(named, approval, entry), null],
    rejectVersion: [() => drafts.rejectVersion(named, [...DraftStatus.options], null, entry), null],
    listEditedDrafts: [() => drafts.listEditedDrafts(OTHER), []],
    listThreadDrafts: [() => drafts.listThreadDrafts(OTHER, draft.threadId), []],
  },
  outbox: {
    findLostSend: [() => outbox.findLostSend({ id: named.id, workspaceId: OTHER }, AT), null],
    voidApproval: [() => outbox.voidApproval(named, NOTE, entry), null],
    holdDraft: [() => outbox.holdDraft(named, hold, entry), null],
    releaseHold: [() => outbox.releaseHold(named, entry), null],
    claimSend: [() => outbox.claimSend(named, { messageId: 'id@example.com', policy: null, leaseUntil: AT }, entry), null],
    markHandedOver: [() => outbox.markHandedOver(named, AT, AT), false],
    giveBack: [() => outbox.giveBack(named, { hold, attempts: 1 }, entry), null],
    takeBackLost: [() => outbox.takeBackLost(named, entry), null],
    settleSent: [() => outbox.settleSent(named, '', entry), null],
    markNoted: [() => outbox.markNoted(named), undefined],
    confirmSent: [() => outbox.confirmSent(named, entry), null],
    confirmNotSent: [() => outbox.confirmNotSent(named, entry), null],
    settleFailed: [() => outbox.settleFailed(named, NOTE, entry), null],
    settleInDoubt: [() => outbox.settleInDoubt(named, NOTE, entry), null],
    giveUpLost: [() => outbox.giveUpLost(named, NOTE, entry), null],
  },
  threads: {
    insertThread: [() => threads.insertThread(theirThread, entry).catch((error) => error), { code: 11000 }],
    findThread: [() => threads.findThread(OTHER, thread.id), null],
    findThreadsDue: [() => threads.findThreadsDue(OTHER, thread.companyId), []],
    settleThreadsDue: [() => threads.settleThreadsDue(OTHER, [{ id: thread.id, stageDue: entry.id }]), undefined],
    findLiveThread: [() => threads.findLiveThread(OTHER, thread.companyId), null],
    listReturned: [() => threads.listReturned(OTHER), new Map()],
    listLiveThreads: [() => threads.listLiveThreads(OTHER), []],
    changeContact: [() => threads.changeContact(OTHER, thread.id, thread.contact, entry), null],
    recordTouch: [() => threads.recordTouch(theirThread, touch, { wait: AT, contact: thread.contact }, entry), null],
    startTouch: [() => threads.startTouch(theirThread, entry), null],
    putOffTouch: [() => threads.putOffTouch(theirThread, AT, entry), null],
    noteAbsence: [() => threads.noteAbsence(theirThread, AT, entry), null],
    markReplied: [() => threads.markReplied(OTHER, thread.id, entry), null],
    reopenThread: [() => threads.reopenThread(OTHER, thread.id, AT, entry), null],
    endThread: [() => threads.endThread(OTHER, thread.id, 'decision', entry), null],
  },
  sentBytes: {
    findBytes: [() => sentBytes.findBytes({ ...named, messageId: `${approval.id}@larkspur.example` }), null],
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
    findSilence: [() => suppressions.findSilence(OTHER, { closedBy: [silent] }), null],
    findSilencesDue: [() => suppressions.findSilencesDue(OTHER, gone), []],
    settleSilencesDue: [async () => suppressions.settleSilencesDue(OTHER, await suppressions.listSilencesDue()), undefined],
    findSuppression: [() => suppressions.findSuppression(OTHER, [silent]), null],
    listSilenced: [() => suppressions.listSilenced(OTHER, [silent.value]), new Set()],
    listGatedHashes: [() => suppressions.listGatedHashes(OTHER), []],
    countSuppressions: [() => suppressions.countSuppressions(OTHER), { address: 0, domain: 0, company: 0 }],
    liftEntry: [() => suppressions.liftEntry(OTHER, silent, entry), null],
    insertSuppression: [
      async () =>
        (await suppressions.insertSuppression(OTHER, silent, { reason: 'opt-out', via: 'x', by: 'U0EVE', at: AT }, entry)).changed,
      true,
    ],
  },
};

testWalls(calls, { drafts, outbox, threads, suppressions, sentBytes, slots });
