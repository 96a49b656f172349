import { z } from 'zod';
import { noticeModal } from '../../../blocks/elements.ts';
import { MEASURE_RULES_SAVED, MEASURE_RULES_TITLE, measureRulesForm } from '../../../blocks/measure/measure-rules-form.ts';
import type { Deps } from '../../deps.ts';
import { changeMeasureRules, MeasureRulesGiven, openMeasureRules } from '../../measure/measure-rules/change-measure-rules.ts';
import { resolveActor } from '../actor.ts';
import { carried, formErrors, formValues } from '../form.ts';
import { type ButtonClick, beforeAck, type ViewSubmission } from '../listener.ts';
import { fillModal, openModal } from '../modal.ts';

/** *Settings* beside the figures, for admins. */
export const onOpenMeasureRules =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, MEASURE_RULES_TITLE);
    await fillModal(args.client, opened, measureRulesForm(await openMeasureRules(await resolveActor(args), now())));
  };

const Metadata = z.object({ rev: z.number().int() });

/** Faults are said beside their fields; what was typed stays. */
export const onChangeMeasureRules =
  ({ now }: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const { ack, view } = args;
    const actor = await resolveActor(args);
    await openMeasureRules(actor, now());
    const given = MeasureRulesGiven.safeParse(formValues(view));
    if (!given.success) return ack({ response_action: 'errors', errors: formErrors(given.error) });
    await changeMeasureRules(actor, { ...given.data, ...carried(Metadata, view.private_metadata) }, now());
    await ack({ response_action: 'update', view: noticeModal(MEASURE_RULES_TITLE, MEASURE_RULES_SAVED) });
  };
