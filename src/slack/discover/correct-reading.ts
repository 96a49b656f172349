import { z } from 'zod';
import { READING_TITLE, readingBlocks, readingForm, readingWords } from '../../../blocks/discover/reading.ts';
import { modal, noticeModal } from '../../../blocks/elements.ts';
import { section } from '../../../blocks/mrkdwn.ts';
import { setupForm } from '../../../blocks/programme/setup-form.ts';
import type { Deps } from '../../deps.ts';
import { correctReading, NewCorrection } from '../../discover/fit/correct-reading.ts';
import { ownReading } from '../../discover/fit/fit-profile.ts';
import { Refusal } from '../../errors.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { mayAct } from '../../programme/workspaces/role.ts';
import { resolveActor, timeZoneOf } from '../actor.ts';
import { carried, formErrors, formValues } from '../form.ts';
import { type ButtonClick, beforeAck, type ViewSubmission } from '../listener.ts';
import { fillModal, ownModal } from '../modal.ts';
import { showHome } from '../programme/home.ts';

const Metadata = z.object({ place: z.enum(['home', 'setup']) });

/** Saves how the company is to be understood, and shows it: in the next step of set-up, or here and on the Home tab. */
export const onCorrectReading =
  (deps: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const { ack, client, view } = args;
    const form = NewCorrection.safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    const { place } = carried(Metadata, view.private_metadata);
    const actor = await resolveActor(args);
    const programme = await correctReading(actor, form.data, deps.now());
    if (place === 'setup') {
      const zone = await timeZoneOf(client, actor);
      return ack({ response_action: 'update', view: setupForm('leaveOut', programme, zone) });
    }
    const saved = [...readingBlocks(programme, 'home'), section('`/partners list` and the next digest rank by this.')];
    await ack({ response_action: 'update', view: modal(READING_TITLE, saved) });
    await showHome(submission.client, actor, deps);
  };

/** What the company was understood to be; an admin may correct it. */
export const onOpenReading =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, READING_TITLE);
    const actor = await resolveActor(args);
    await authorise(actor, 'member', { action: 'reading.open', subject: 'programme:reading', at: now() });
    const reading = ownReading(await getProgramme(actor.workspaceId));
    if (!reading) throw new Refusal('setup-incomplete', { step: 'company' });
    const view = mayAct(actor, 'admin')
      ? readingForm(reading, args.action.value === 'setup' ? 'setup' : 'home')
      : noticeModal(READING_TITLE, `${readingWords(reading)}\n\nAn admin can correct this.`);
    await fillModal(args.client, opened, view);
  };
