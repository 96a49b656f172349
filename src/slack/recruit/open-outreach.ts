import { noticeModal } from '../../../blocks/elements.ts';
import { escaped } from '../../../blocks/mrkdwn.ts';
import { contactForm } from '../../../blocks/recruit/contact-form.ts';
import { writeDraftJob } from '../../../jobs/recruit/write-draft.ts';
import type { Deps } from '../../deps.ts';
import { getCompany } from '../../programme/companies/company-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { findLatestDraft, findLatestSent, findOpenDraft } from '../../recruit/outreach/draft-repository.ts';
import { startDraft } from '../../recruit/outreach/start-draft.ts';
import { resolveActor } from '../actor.ts';
import { refreshDigestOf } from '../discover/refresh-digest.ts';
import type { ButtonClick } from '../listener.ts';
import { fillModal, openModal } from '../modal.ts';
import { draftPlace } from './draft-place.ts';

/** *Draft Outreach*: shows the way to an open draft, drafts at once to a contact that is known and was not written to, or asks
 *  whom to write to; after a message has left it says so first. */
export const onOpenOutreach =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, 'Draft outreach');
    const actor = await resolveActor(args);
    const { workspaceId } = actor;
    const companyId = args.action.value ?? '';
    await authorise(actor, 'manager', { action: 'draft.start', subject: `company:${companyId}`, at: deps.now() });
    const company = await getCompany(workspaceId, companyId);
    const open = await findOpenDraft(workspaceId, companyId);
    if (open) {
      const where = await draftPlace(args.client, workspaceId, open);
      return fillModal(
        args.client,
        opened,
        noticeModal('Draft outreach', `There is a draft to ${escaped(open.contact.name)} already. ${where}`),
      );
    }
    const [latest, sent] = await Promise.all([findLatestDraft(workspaceId, companyId), findLatestSent(workspaceId, companyId)]);
    if (!latest || sent) {
      const before = sent && {
        contact: sent.contact,
        at: sent.sentAt ?? sent.updatedAt,
        where: await draftPlace(args.client, workspaceId, sent),
      };
      return fillModal(args.client, opened, contactForm(company, before));
    }
    const known = latest.contact;
    const { draft } = await startDraft(actor, companyId, known, deps.now());
    await deps.enqueue(writeDraftJob, { workspaceId, draftId: draft.id });
    await refreshDigestOf(workspaceId, companyId, deps);
    const words = `Writing to ${escaped(known.name)} &lt;${escaped(known.email)}&gt;. The draft appears in the company’s thread in a moment; *Contact* there changes the person.`;
    await fillModal(args.client, opened, noticeModal('Draft outreach', words));
  };
