import { z } from 'zod';
import { noticeModal } from '../../../blocks/elements.ts';
import { RATES_TITLE, ratesForm, ratesWords, rateTypedWords, typeRateForm } from '../../../blocks/measure/rates-page.ts';
import { refusalSentence } from '../../../blocks/refusals.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { dayIn } from '../../measure/ledger/record-revenue.ts';
import { bringRates, TypedRate, typeRate } from '../../measure/rates/bring-rates.ts';
import { lastRateDay } from '../../measure/rates/rate-repository.ts';
import { countWaitingForRates } from '../../measure/sales/sale-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { downloadFile } from '../download-file.ts';
import { formErrors, formValues } from '../form.ts';
import { type ButtonClick, beforeAck, type Caller, type ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, openModal, pushModal } from '../modal.ts';

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

/** *Type a Rate*, on top. */
export const onOpenTypeRate =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, RATES_TITLE);
    const { workspaceId } = await demandManager(args, deps, 'rates.open');
    await fillModal(args.client, opened, typeRateForm(await dayIn(workspaceId, deps.now())));
  };

/** Beside which field a refusal is said. */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ['rate-known', 'currency'],
  ['rate-published', 'currency'],
  ['rate-to-come', 'day'],
]);

/** Faults are said beside their fields; what was typed stays. */
export const onTypeRate =
  (deps: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const form = TypedRate.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const { workspaceId, userId: by } = await demandManager(args, deps, 'rates.type');
    try {
      const typed = await typeRate(workspaceId, form.data, { by, at: deps.now() });
      await args.ack({ response_action: 'update', view: noticeModal(RATES_TITLE, rateTypedWords(form.data, typed)) });
    } catch (error) {
      const field = error instanceof Refusal ? FIELDS.get(error.code) : null;
      if (!(error instanceof Refusal) || !field) throw error;
      await args.ack({ response_action: 'errors', errors: { [field]: refusalSentence(error.code, error.details) } });
    }
  };
