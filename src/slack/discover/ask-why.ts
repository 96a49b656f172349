import { z } from 'zod';
import { WHY_TITLE } from '../../../blocks/discover/why-not.ts';
import { modal } from '../../../blocks/elements.ts';
import type { Deps } from '../../deps.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { resolveActor } from '../actor.ts';
import { formErrors, formValues } from '../form.ts';
import type { ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen } from '../modal.ts';
import { whyPage } from './why-page.ts';

const WhyForm = z.object({ company: z.string('Name the company').trim().min(2, 'Give its name or its web domain').max(200) });
const Metadata = z.object({ digestId: z.string() });

/** Answers in the modal that asked; ranking may take longer than Slack waits. */
export const onAskWhy =
  ({ now }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const { view, client } = args;
    const form = WhyForm.safeParse(formValues(view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const opened = await keepOpen(args, WHY_TITLE);
    const { digestId } = Metadata.parse(JSON.parse(view.private_metadata));
    const actor = await resolveActor(args);
    await authorise(actor, 'internal', { action: 'digest.why', subject: `digest:${digestId}`, at: now() });
    const { blocks } = await whyPage(actor.workspaceId, form.data.company, { digestId, at: now() });
    await fillModal(client, opened, modal(WHY_TITLE, blocks));
  };
