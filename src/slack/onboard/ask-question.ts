import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { noticeModal } from '../../../blocks/elements.ts';
import { ASK_TITLE, ASKED_WORDS, askForm, LONGEST_QUESTION } from '../../../blocks/onboard/desk.ts';
import { tellQuestion } from '../../../jobs/onboard/tell-question.ts';
import type { Deps } from '../../deps.ts';
import { demandOwn } from '../../onboard/partners/demand-partner.ts';
import { recordAudit } from '../../programme/audit/audit-repository.ts';
import { resolveActor } from '../actor.ts';
import { formErrors, formValues } from '../form.ts';
import type { ButtonClick, ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, openModal } from '../modal.ts';
import { readDeskFacts } from './partner-desk.ts';

/** *Ask*: whoever presses asks for their own company, whatever the button says. */
export const onOpenAsk =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, ASK_TITLE);
    const partner = await demandOwn(await resolveActor(args), { action: 'question.ask', at: now() });
    await fillModal(args.client, opened, askForm(await readDeskFacts(partner)));
  };

const AskForm = z.object({
  question: z
    .string('Write your question')
    .trim()
    .min(3, 'Write your question')
    .max(LONGEST_QUESTION, `At most ${LONGEST_QUESTION} characters`),
});

/** A job brings it to the partner's owner. Of the question, the audit log keeps who asked and when, not what. */
export const onAsk =
  ({ enqueue, now }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const form = AskForm.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const opened = await keepOpen(args, ASK_TITLE);
    const actor = await resolveActor(args);
    const { workspaceId, id: partnerId } = await demandOwn(actor, { action: 'question.ask', at: now() });
    const questionId = randomUUID();
    const { userId: asker } = actor;
    await enqueue(tellQuestion, { workspaceId, partnerId, questionId, asker, question: form.data.question });
    await recordAudit({
      workspaceId,
      by: asker,
      at: now(),
      action: 'question.ask',
      subject: `partner:${partnerId}`,
      after: { questionId },
    });
    await fillModal(args.client, opened, noticeModal(ASK_TITLE, ASKED_WORDS));
  };
