import type { Deps } from '../../deps.ts';
import { saveStyle } from '../../recruit/style/change-style.ts';
import { StyleChoice } from '../../recruit/style/style.ts';
import { resolveActor } from '../actor.ts';
import { beforeAck } from '../before-ack.ts';
import { formErrors, formValues } from '../form.ts';
import type { ViewSubmission } from '../listener.ts';
import { styleView } from './style-pages.ts';

/** Saves the house style and shows the page as it is now. */
export const onSaveStyle =
  ({ now }: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const form = StyleChoice.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const actor = await resolveActor(args);
    await saveStyle(actor, form.data, now());
    await args.ack({ response_action: 'update', view: await styleView(actor, true) });
  };
