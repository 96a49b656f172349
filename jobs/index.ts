/** Table of contents: every job the product runs. */
import { importCompanies } from './import-companies.ts';
import type { Job } from './job.ts';
import { learnWeightsJob } from './learn-weights.ts';
import { postDigest } from './post-digest.ts';
import { postWeeklyNote } from './post-weekly-note.ts';
import { readMailboxJob } from './read-mailbox.ts';
import { readWebsiteJob } from './read-website.ts';
import { refreshWebsites } from './refresh-websites.ts';
import { rewriteDraftJob } from './rewrite-draft.ts';
import { runResearch } from './run-research.ts';
import { sendDraft } from './send-draft.ts';
import { settleReplyJob } from './settle-reply.ts';
import { showDigestJob } from './show-digest.ts';
import { showDraftJob } from './show-draft.ts';
import { showReplyJob } from './show-reply.ts';
import { startFollowUpJob } from './start-follow-up.ts';
import { stopOutreach } from './stop-outreach.ts';
import { sweepDigests } from './sweep-digests.ts';
import { sweepDraftCards } from './sweep-draft-cards.ts';
import { sweepDrafts } from './sweep-drafts.ts';
import { sweepReplies } from './sweep-replies.ts';
import { sweepResearch } from './sweep-research.ts';
import { sweepThreads } from './sweep-threads.ts';
import { writeDraftJob } from './write-draft.ts';

export const jobs: Job[] = [
  importCompanies,
  learnWeightsJob,
  postDigest,
  postWeeklyNote,
  readMailboxJob,
  readWebsiteJob,
  refreshWebsites,
  rewriteDraftJob,
  runResearch,
  sendDraft,
  settleReplyJob,
  showDigestJob,
  showDraftJob,
  showReplyJob,
  startFollowUpJob,
  stopOutreach,
  sweepDigests,
  sweepDraftCards,
  sweepDrafts,
  sweepReplies,
  sweepResearch,
  sweepThreads,
  writeDraftJob,
];
