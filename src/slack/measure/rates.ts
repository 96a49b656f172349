import { z } from 'zod';
import { noticeModal } from '../../../blocks/elements.ts';
import { RATES_TITLE, ratesForm, ratesWords } from '../../../blocks/measure/rates-page.ts';
import type { Deps } from '../../deps.ts';
import { bringRates } from '../../measure/rates/bring-rates.ts';
import { lastRateDay } from '../../measure/rates/rate-repository.ts';
import { countWaitingForRates } from '../../measure/sales/sale-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { downloadFile } from '../download-file.ts';
import { formErrors, formValues } from '../form.ts';
import type { Caller, ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, openModal } from '../modal.ts';

/** `/partners rates`, for managers. */
export async function openRates(args: Caller, triggerId: string, deps: Deps): Promise<void> {
  const opened = await openModal(args, triggerId, RATES_TITLE);
  const { workspaceId } = await demandManager(args, deps, 'rates.open');
  const [last, waiting] = await Promise.all([lastRateDay(workspaceId), countWaitingForRates(workspaceId)]);
  await fillModal(args.client, opened, ratesForm({ last, waiting }));
}

async function demandManager(args: Caller, { now }: Pick<Deps, 'now'>, action: string): Promise<Actor> {
  const actor = await resolveActor(args);
  await authorise(actor, 'manager', { action, subject: 'rates:all', at: now() });
  return actor;
}

const Upload = z.object({ file: z.array(z.object({ id: z.string() }), 'Choose a file').min(1, 'Choose a file') });

/** Refuses what `bringRates` refuses. */
export const onBringRates =
  (deps: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const form = Upload.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const opened = await keepOpen(args, RATES_TITLE);
    const { workspaceId, userId: by } = await demandManager(args, deps, 'rates.bring');
    const bytes = await downloadFile(args.client, form.data.file[0]?.id ?? '');
    const brought = await bringRates(workspaceId, bytes, { by, at: deps.now() });
    await fillModal(args.client, opened, noticeModal(RATES_TITLE, ratesWords(brought)));
  };
