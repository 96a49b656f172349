/** Table of contents: every job the product runs. */
import { importCompanies } from './import-companies.ts';
import type { Job } from './job.ts';
import { learnWeightsJob } from './learn-weights.ts';
import { postDigest } from './post-digest.ts';
import { postWeeklyNote } from './post-weekly-note.ts';
import { readWebsiteJob } from './read-website.ts';
import { refreshWebsites } from './refresh-websites.ts';
import { rewriteDraftJob } from './rewrite-draft.ts';
import { runResearch } from './run-research.ts';
import { sendDraft } from './send-draft.ts';
import { showDigestJob } from './show-digest.ts';
import { showDraftJob } from './show-draft.ts';
import { startFollowUpJob } from './start-follow-up.ts';
import { stopOutreach } from './stop-outreach.ts';
import { sweepDigests } from './sweep-digests.ts';
import { sweepDrafts } from './sweep-drafts.ts';
import { sweepResearch } from './sweep-research.ts';
import { sweepThreads } from './sweep-threads.ts';
import { writeDraftJob } from './write-draft.ts';

export const jobs: Job[] = [
  importCompanies,
  learnWeightsJob,
  postDigest,
  postWeeklyNote,
  readWebsiteJob,
  refreshWebsites,
  rewriteDraftJob,
  runResearch,
  sendDraft,
  showDigestJob,
  showDraftJob,
  startFollowUpJob,
  stopOutreach,
  sweepDigests,
  sweepDrafts,
  sweepResearch,
  sweepThreads,
  writeDraftJob,
];
