import { z } from 'zod';
import { READING_TITLE, readingBlocks } from '../../../blocks/discover/reading.ts';
import { modal } from '../../../blocks/elements.ts';
import { section } from '../../../blocks/mrkdwn.ts';
import { setupForm } from '../../../blocks/programme/setup-form.ts';
import type { Deps } from '../../deps.ts';
import { correctReading, NewCorrection } from '../../programme/setup/correct-reading.ts';
import { resolveActor, slackPerson } from '../actor.ts';
import { beforeAck } from '../before-ack.ts';
import { formErrors, formValues } from '../form.ts';
import type { ViewSubmission } from '../listener.ts';
import { showHome } from '../programme/home-page.ts';

const Metadata = z.object({ place: z.enum(['home', 'setup']) });

/** Saves how the company is to be understood, and shows it: in the next step of set-up, or here and on the Home tab. */
export const onCorrectReading =
  ({ now }: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const { ack, client, view } = args;
    const form = NewCorrection.safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    const { place } = Metadata.parse(JSON.parse(view.private_metadata));
    const actor = await resolveActor(args);
    const programme = await correctReading(actor, form.data, now());
    if (place === 'setup') {
      const zone = (await slackPerson(client, actor.workspaceId, actor.userId))?.tz ?? 'UTC';
      return ack({ response_action: 'update', view: setupForm('leaveOut', programme, zone) });
    }
    const saved = [...readingBlocks(programme, 'home'), section('`/partners list` and the next digest rank by this.')];
    await ack({ response_action: 'update', view: modal(READING_TITLE, saved) });
    await showHome(submission.client, actor);
  };
