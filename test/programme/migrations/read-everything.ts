import { z } from 'zod';
import { getDigest } from '../../../src/discover/digest/digest-repository.ts';
import { getTypeWeights } from '../../../src/discover/learning/weights-repository.ts';
import { getResearch } from '../../../src/discover/research/research-repository.ts';
import { getSpending } from '../../../src/discover/research/spending-repository.ts';
import { listReviews } from '../../../src/discover/reviews/review-repository.ts';
import { findWebsite } from '../../../src/discover/website/website-repository.ts';
import { getInvitation } from '../../../src/onboard/channels/invitation-repository.ts';
import { findChecklist } from '../../../src/onboard/checklists/checklist-repository.ts';
import { getTemplate } from '../../../src/onboard/checklists/template-repository.ts';
import { getPartner } from '../../../src/onboard/partners/partner-repository.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { getCompany } from '../../../src/programme/companies/company-repository.ts';
import { listContacts } from '../../../src/programme/contacts/contact-repository.ts';
import { PartnerType } from '../../../src/programme/setup/programme.ts';
import { getProgramme } from '../../../src/programme/setup/programme-repository.ts';
import { countSuppressions } from '../../../src/programme/suppression/suppression-repository.ts';
import { getRoleList } from '../../../src/programme/workspaces/role-repository.ts';
import { findWorkspace } from '../../../src/programme/workspaces/workspace-repository.ts';
import { findOptOutLink } from '../../../src/recruit/opt-out/opt-out-link-repository.ts';
import { getDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { countSlots } from '../../../src/recruit/outreach/send-slots-repository.ts';
import { findBytes } from '../../../src/recruit/outreach/sent-bytes-repository.ts';
import { findThread } from '../../../src/recruit/outreach/thread-repository.ts';
import { claimMailbox } from '../../../src/recruit/replies/mailbox-repository.ts';
import { getReply } from '../../../src/recruit/replies/reply-repository.ts';
import { getStyle } from '../../../src/recruit/style/style-repository.ts';
import { claimPost, findPost } from '../../../src/slack/post-repository.ts';

const Text = z.string();
const LATER = new Date('2027-06-01T00:00:00Z');

export type Stored = { _id: unknown } & Record<string, unknown>;

/** How the product comes to a stored document of each collection, by the repositories of today. What they give is truthy when it is that
 *  document; they throw when they cannot read it. */
export const READERS: Record<string, (stored: Stored) => Promise<unknown>> = {
  audit: async ({ _id, workspaceId, subject, action }) => {
    const entries = await listAudit(Text.parse(workspaceId), { subject: Text.parse(subject), action: Text.parse(action) });
    return entries.find(({ id }) => id === _id);
  },
  checklists: ({ workspaceId, partnerId }) => findChecklist(Text.parse(workspaceId), Text.parse(partnerId)),
  checklist_templates: async ({ workspaceId, type, rev }) =>
    (await getTemplate(Text.parse(workspaceId), PartnerType.parse(type))).rev === rev,
  companies: ({ _id, workspaceId }) => getCompany(Text.parse(workspaceId), String(_id)),
  contacts: async ({ workspaceId, companyId, email }) =>
    (await listContacts(Text.parse(workspaceId), Text.parse(companyId))).some((contact) => contact.email === email),
  digests: ({ _id, workspaceId }) => getDigest(Text.parse(workspaceId), String(_id)),
  drafts: ({ _id, workspaceId }) => getDraft(Text.parse(workspaceId), String(_id)),
  invitations: ({ _id, workspaceId }) => getInvitation(Text.parse(workspaceId), String(_id)),
  mailboxes: async ({ _id }) => (await claimMailbox(String(_id), LATER, LATER))?.place,
  'opt-out-links': ({ _id }) => findOptOutLink(String(_id)),
  posts: async ({ workspaceId, key, ts }) => {
    const known = [Text.parse(workspaceId), Text.parse(key)] as const;
    // One that was claimed and never posted may be claimed again, by this name.
    return ts ? (await findPost(...known))?.ts === ts : claimPost(...known, LATER);
  },
  partners: ({ _id, workspaceId }) => getPartner(Text.parse(workspaceId), String(_id)),
  programmes: async ({ _id }) => (await getProgramme(String(_id))).company,
  replies: ({ _id, workspaceId }) => getReply(Text.parse(workspaceId), String(_id)),
  'research-spending': async ({ workspaceId, day }) => (await getSpending(Text.parse(workspaceId), Text.parse(day))).searches,
  researches: ({ _id, workspaceId }) => getResearch(Text.parse(workspaceId), String(_id)),
  reviews: async ({ workspaceId, companyId, about }) =>
    (await listReviews(Text.parse(workspaceId), [Text.parse(companyId)])).some((review) => review.about === about),
  roles: async ({ _id }) => (await getRoleList(String(_id))).holders.length,
  'send-slots': async ({ workspaceId, day, mailbox }) =>
    (await countSlots(Text.parse(workspaceId), Text.parse(day))).get(Text.parse(mailbox)),
  'sent-bytes': async ({ _id, workspaceId, draftId }) => {
    const draft = await getDraft(Text.parse(workspaceId), Text.parse(draftId));
    // Bytes of an attempt before the last one are kept and not asked for by name.
    return draft.messageId?.startsWith(String(_id)) ? findBytes(draft) : true;
  },
  styles: async ({ _id, tone }) => (await getStyle(String(_id))).tone === tone,
  suppressions: async ({ workspaceId, kind, inForce }) => {
    const counts = await countSuppressions(Text.parse(workspaceId));
    return !inForce || counts[z.enum(['address', 'domain', 'company']).parse(kind)];
  },
  threads: ({ _id, workspaceId }) => findThread(Text.parse(workspaceId), String(_id)),
  websites: ({ workspaceId, domain }) => findWebsite(Text.parse(workspaceId), Text.parse(domain)),
  weights: async ({ workspaceId, type, revision }) =>
    (await getTypeWeights(Text.parse(workspaceId), PartnerType.parse(type))).revision === revision,
  workspaces: ({ _id }) => findWorkspace(String(_id)),
};
