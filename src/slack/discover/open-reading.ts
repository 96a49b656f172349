import { READING_TITLE, readingForm, readingWords } from '../../../blocks/discover/reading.ts';
import { noticeModal } from '../../../blocks/elements.ts';
import type { Deps } from '../../deps.ts';
import { ownReading } from '../../discover/fit/own-reading.ts';
import { Refusal } from '../../errors.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { mayAct } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import type { ButtonClick } from '../listener.ts';
import { fillModal, ownModal } from '../modal.ts';

/** What the company was understood to be; an admin may correct it. */
export const onOpenReading =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, READING_TITLE);
    const actor = await resolveActor(args);
    await authorise(actor, 'internal', { action: 'reading.open', subject: 'programme:reading', at: now() });
    const reading = ownReading(await getProgramme(actor.workspaceId));
    if (!reading) throw new Refusal('setup-incomplete', { step: 'company' });
    const view = mayAct(actor, 'admin')
      ? readingForm(reading, args.action.value === 'setup' ? 'setup' : 'home')
      : noticeModal(READING_TITLE, `${readingWords(reading)}\n\nAn admin can correct this.`);
    await fillModal(args.client, opened, view);
  };
