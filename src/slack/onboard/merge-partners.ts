import { z } from 'zod';
import { noticeModal } from '../../../blocks/elements.ts';
import { KEEP, MERGE_TITLE, mergePreview, mergeWithForm, mergingWords, otherUnclear } from '../../../blocks/onboard/merge-forms.ts';
import { mergePartnersJob } from '../../../jobs/onboard/merge-partners.ts';
import type { Deps } from '../../deps.ts';
import { startMerge } from '../../onboard/partners/merge-partners.ts';
import { findPartnersByName, getPartner } from '../../onboard/partners/partner-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { resolveActor } from '../actor.ts';
import { carried, formErrors, formValues } from '../form.ts';
import { beforeAck, type ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen } from '../modal.ts';
import { Metadata, partnerForm } from './edit-partner.ts';

/** *Merge…* asks for the other record. */
export const onOpenMerge = partnerForm(MERGE_TITLE, 'partner.merge', (partner, metadata) =>
  mergeWithForm(partner, JSON.stringify(metadata)),
);

const WithForm = z.object({ other: z.string('Name the other record').trim().min(1, 'Name the other record').max(200) });
/** So many of similar names are told. */
const MOST_NAMED = 5;

/** Shows what stays and what moves, before anything is done. */
export const onPreviewMerge =
  ({ now }: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const { ack, view } = args;
    const form = WithForm.safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    const { partnerId } = carried(Metadata, view.private_metadata);
    const actor = await resolveActor(args);
    const { workspaceId } = actor;
    await authorise(actor, 'manager', { action: 'partner.merge', subject: `partner:${partnerId}`, at: now() });
    const first = await getPartner(workspaceId, partnerId);
    const found = await findPartnersByName(workspaceId, form.data.other, MOST_NAMED);
    const [second, ...more] = found.filter(({ id }) => id !== partnerId);
    if (!second || more.length > 0) return ack({ response_action: 'errors', errors: { other: otherUnclear(found, partnerId) } });
    const metadata = JSON.stringify({ first: seenOf(first), second: seenOf(second) });
    await ack({ response_action: 'update', view: mergePreview(first, second, metadata) });
  };

const Seen = z.object({ id: z.string(), rev: z.number().int() });
const seenOf = ({ id, rev }: z.infer<typeof Seen>) => ({ id, rev });
const Two = z.object({ first: Seen, second: Seen });
const MergeForm = z.object({ stays: z.enum(KEEP, 'Choose which record stays') });

/** Merges the two as they were shown; a job does it, and a sweep completes what a crash leaves. */
export const onMergePartners =
  ({ enqueue, now }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const { ack, client, view } = args;
    const form = MergeForm.safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    const opened = await keepOpen(args, MERGE_TITLE);
    const { first, second } = carried(Two, view.private_metadata);
    const [into, from] = form.data.stays === 'first' ? [first, second] : [second, first];
    const actor = await resolveActor(args);
    const { workspaceId } = actor;
    await startMerge(actor, into, from, now());
    await enqueue(mergePartnersJob, { workspaceId, partnerId: into.id });
    const { name } = await getPartner(workspaceId, into.id);
    await fillModal(client, opened, noticeModal(MERGE_TITLE, mergingWords(name)));
  };
