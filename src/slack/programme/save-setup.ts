import { SlackError } from '@slack/web-api';
import { z } from 'zod';
import { setupDone, setupForm } from '../../../blocks/programme/setup-form.ts';
import { refusalSentence } from '../../../blocks/refusals.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { DigestSettings, LeaveOut, OwnCompany, SETUP_STEPS, Sender, SetupStep, setupGaps } from '../../programme/setup/programme.ts';
import { saveProgramme } from '../../programme/setup/save-programme.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { resolveActor, slackPerson } from '../actor.ts';
import { beforeAck } from '../before-ack.ts';
import { formErrors, formValues } from '../form.ts';
import { demandInternalChannel } from '../internal-channel.ts';
import type { ViewSubmission } from '../listener.ts';

const PARTS = { company: OwnCompany, leaveOut: LeaveOut, digest: DigestSettings, sender: Sender } as const;
const Metadata = z.object({ step: SetupStep });

/** Saves one step and shows the next. Saved before the acknowledgement, which carries the next step or the error beside a field. */
export const onSaveSetup =
  ({ now }: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const { ack, client, view } = args;
    const { step } = Metadata.parse(JSON.parse(view.private_metadata));
    const form = PARTS[step].safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    const actor = await resolveActor(args);
    await authorise(actor, 'admin', { action: 'programme.save', subject: `programme:${step}`, at: now() });
    const channelError = 'channel' in form.data ? await problemWithChannel(args, form.data.channel) : null;
    if (channelError) return ack({ response_action: 'errors', errors: { channel: channelError } });

    const programme = await saveProgramme(actor, step, form.data, now());
    const next = SETUP_STEPS[SETUP_STEPS.indexOf(step) + 1];
    const zone = (await slackPerson(client, actor.workspaceId, actor.userId))?.tz ?? 'UTC';
    await ack({ response_action: 'update', view: next ? setupForm(next, programme, zone) : setupDone(programme, setupGaps(programme)) });
  };

/** Input errors are plain text, so the marks of mrkdwn go. When Slack is silent, too, what was typed stays on the screen. */
async function problemWithChannel({ client }: ViewSubmission, channel: string): Promise<string | null> {
  try {
    await demandInternalChannel(client, channel);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return refusalSentence(error.code, error.details).replaceAll('`', '');
    if (error instanceof SlackError) return 'Slack could not check this channel. Try again in a moment.';
    throw error;
  }
}
