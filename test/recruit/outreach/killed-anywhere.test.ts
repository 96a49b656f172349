import { addMinutes } from 'date-fns';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { DraftStatus } from '../../../src/recruit/outreach/draft.ts';
import { listDrafts } from '../../../src/recruit/outreach/draft-repository.ts';
import type { SandboxMail } from '../../sandbox/contract.ts';
import { type Mailbox, startMailbox } from '../../sandbox/mailbox.ts';
import { AT, aCompany, aProgramme, approved, aWaitingDraft, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type SendJob, spawnWorker } from '../../support/spawn-worker.ts';
import { sweepSends } from '../../support/sweep-sends.ts';
import { told } from '../../support/told.ts';

const { uri } = useMongo();
const kept: SandboxMail[] = [];
let mailbox: Mailbox;
let jobs: SendJob[];
beforeEach(async () => {
  kept.length = 0;
  mailbox = await startMailbox((mail) => kept.push(mail));
  await aProgramme();
  jobs = [];
  for (let n = 0; n < 8; n++) {
    const { draft, approval } = await approved(await aWaitingDraft({ company: await aCompany({ domain: `c${n}.example` }) }));
    jobs.push({ workspaceId: HOME, draftId: draft.id, approvalId: approval.id });
  }
});
afterEach(() => mailbox.close());

test.each([0, 4])(
  'a worker dies when %i of eight mails have arrived: the rest leaves later, none twice, and doubt is for people',
  async (arrived) => {
    const worker = await spawnWorker(uri, mailbox.url, AT);
    mailbox.trouble.delayMs = 5;
    void worker.send(jobs);
    while (kept.length < arrived) await new Promise((resolve) => setTimeout(resolve, 1));
    if (arrived === 0) await new Promise((resolve) => setTimeout(resolve, 15));
    await worker.kill();
    for (const minutes of [2, 3, 6, 7, 60]) await sweepSends(mailbox.url, addMinutes(AT, minutes));

    const ids = kept.map(({ headers }) => headers['message-id']);
    expect(new Set(ids).size).toBe(ids.length);
    const drafts = await listDrafts(HOME, [...DraftStatus.options]);
    expect(drafts).toHaveLength(jobs.length);
    for (const draft of drafts) {
      // Known to have left, or handed to a person; never lost, never still under way.
      expect(['sent', 'unknown']).toContain(draft.status);
      const approvalId = jobs.find(({ draftId }) => draftId === draft.id)?.approvalId;
      const arrivals = ids.filter((id) => id === `<${approvalId}@larkspur.example>`);
      if (draft.status === 'sent') expect(arrivals).toHaveLength(1);
      else expect(told(draft)).toMatchObject({ approval: null, note: expect.stringContaining('Nobody can tell') });
      const actions = (await listAudit(HOME, { subject: `draft:${draft.id}` })).map(({ action }) => action);
      // One that was claimed and not handed over is taken back and sent once more.
      const count = (wanted: string) => actions.filter((action) => action === wanted).length;
      expect(count('draft.send') - count('draft.send-taken-back')).toBe(1);
      expect(actions).toContain(draft.status === 'sent' ? 'draft.sent' : 'draft.send-unknown');
    }
  },
);
