import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { changeWeights } from '../../discover/learning/change-weights.ts';
import { NewWeights } from '../../discover/learning/type-weights.ts';
import { PartnerType } from '../../programme/setup/partner-type.ts';
import { resolveActor } from '../actor.ts';
import { beforeAck } from '../before-ack.ts';
import { formErrors, formValues } from '../form.ts';
import type { ViewSubmission } from '../listener.ts';
import { weightsView } from './weights-pages.ts';

const Metadata = z.object({ type: PartnerType });

/** Sets the weights of one type and shows the page as it is now. */
export const onSetWeights =
  ({ now }: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const { ack, view } = args;
    const form = NewWeights.safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    const { type } = Metadata.parse(JSON.parse(view.private_metadata));
    const actor = await resolveActor(args);
    await changeWeights(actor, type, { kind: 'set', weights: form.data }, now());
    await ack({ response_action: 'update', view: await weightsView(actor, type) });
  };
