import { z } from 'zod';
import { noticeModal } from '../../../blocks/elements.ts';
import { escaped } from '../../../blocks/mrkdwn.ts';
import { refusalSentence } from '../../../blocks/refusals.ts';
import { showDraftJob } from '../../../jobs/recruit/show-draft.ts';
import { writeDraftJob } from '../../../jobs/recruit/write-draft.ts';
import type { Deps } from '../../deps.ts';
import { Refusal, type RefusalCode } from '../../errors.ts';
import { changeContact } from '../../recruit/outreach/change-contact.ts';
import { Contact } from '../../recruit/outreach/draft.ts';
import { demandContactable, startDraft } from '../../recruit/outreach/start-draft.ts';
import { resolveActor } from '../actor.ts';
import { beforeAck } from '../before-ack.ts';
import { refreshDigestOf } from '../discover/refresh-digest.ts';
import { formErrors, formValues } from '../form.ts';
import type { ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen } from '../modal.ts';
import { draftPlace } from './draft-place.ts';

const Metadata = z.union([z.object({ companyId: z.string() }), z.object({ draftId: z.string(), version: z.number().int() })]);
/** What a person can mend in the form, or after they have copied what they typed. */
const BESIDE_THE_ADDRESS: RefusalCode[] = ['address-closed', 'address-suppressed', 'contact-follows', 'draft-moved-on'];
const OVERTAKEN =
  'Somebody changed or decided this draft meanwhile. Copy what you typed, close this, and press Contact on the card as it is now.';

/** Opens the draft to the person named, or names another for a draft. What a person can mend is asked before the acknowledgement, which carries
 *  the error beside a field while what was typed still stands; opening a draft takes longer and comes after it. */
export const onSaveContact =
  (deps: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const { ack, client, view } = args;
    const form = Contact.safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    const about = Metadata.parse(JSON.parse(view.private_metadata));
    const actor = await resolveActor(beforeAck(args));
    const { workspaceId } = actor;
    const isNew = 'companyId' in about;
    const asked = isNew
      ? demandContactable(actor, about.companyId, form.data, deps.now())
      : changeContact(actor, about, form.data, deps.publicUrl, deps.now());
    const refused = await asked.then(() => null).catch(besideTheAddress);
    if (refused) return ack({ response_action: 'errors', errors: { email: sentenceOf(refused) } });
    if (!isNew) {
      await ack();
      return deps.enqueue(showDraftJob, { workspaceId, draftId: about.draftId });
    }
    await keepOpen(args, 'Draft outreach');

    const { draft, changed } = await startDraft(actor, about.companyId, form.data, deps.now());
    await deps.enqueue(writeDraftJob, { workspaceId, draftId: draft.id });
    await refreshDigestOf(workspaceId, about.companyId, deps);
    const where = await draftPlace(client, workspaceId, draft);
    const words = changed
      ? `Writing to ${escaped(draft.contact.name)}. ${where}`
      : `There is a draft to ${escaped(draft.contact.name)} already. ${where}`;
    await fillModal(client, view, noticeModal('Draft outreach', words));
  };

function besideTheAddress(error: unknown): Refusal {
  if (error instanceof Refusal && BESIDE_THE_ADDRESS.includes(error.code)) return error;
  throw error;
}

function sentenceOf({ code, details }: Refusal): string {
  return code === 'draft-moved-on' ? OVERTAKEN : refusalSentence(code, details);
}
