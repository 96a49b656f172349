import { z } from 'zod';
import { modal, noticeModal } from '../../../blocks/elements.ts';
import { COUNTED, LATE_TITLE, lateForm, TOUCH_TITLE, touchForm, touchNoted } from '../../../blocks/measure/touch-form.ts';
import { pressable } from '../../../blocks/pressable.ts';
import { refusalSentence } from '../../../blocks/refusals.ts';
import { creditSales } from '../../../jobs/measure/credit-sales.ts';
import type { Deps } from '../../deps.ts';
import { Refusal, type RefusalCode } from '../../errors.ts';
import { findDeal } from '../../manage/deals/deal-repository.ts';
import { dayIn } from '../../measure/ledger/record-revenue.ts';
import { followDeal } from '../../measure/sales/follow-deal.ts';
import { type Sale, saleIdOf } from '../../measure/sales/sale.ts';
import { findSale } from '../../measure/sales/sale-repository.ts';
import { letCount, lookAtLate, notableBy, noteTouch, salesToNote } from '../../measure/touches/note-touch.ts';
import { NOTED_TYPES } from '../../measure/touches/touch.ts';
import { listPartnersByIds } from '../../onboard/partners/partner-repository.ts';
import { resolveActor } from '../actor.ts';
import { carried, formErrors, formValues } from '../form.ts';
import { type ButtonClick, beforeAck, type Caller, type ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, openModal, pushModal } from '../modal.ts';

/** `/partners touch CUSTOMER`: asks of which sale. */
export async function openTouch(args: Caller, triggerId: string, customer: string, { now }: Deps): Promise<void> {
  const opened = await openModal(args, triggerId, TOUCH_TITLE);
  const actor = await resolveActor(args);
  const found = await salesToNote(actor, customer, now());
  const today = await dayIn(actor.workspaceId, now());
  await fillModal(args.client, opened, touchForm({ ...found, types: notableBy(actor), customer, sale: null, partner: '', today }));
}

/** *Note a Touch*, on a deal's card and on a sale: that one is meant. */
export const onOpenTouch =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, TOUCH_TITLE);
    const actor = await resolveActor(args);
    await salesToNote(actor, '', now());
    const { workspaceId } = actor;
    const sale = await saleNamed(workspaceId, z.string().max(300).parse(args.action.value), now());
    const [first] = await listPartnersByIds(workspaceId, sale.partners.map(({ partnerId }) => partnerId).slice(0, 1));
    const today = await dayIn(workspaceId, now());
    await fillModal(
      args.client,
      opened,
      touchForm({ types: notableBy(actor), sale, sales: [], isMore: false, customer: '', partner: first?.name ?? '', today }),
    );
  };

/** By its id, or as `deal:ID` by its deal, also where that was approved a moment ago. Refuses `sale-unknown`. */
export async function saleNamed(workspaceId: string, id: string, at: Date): Promise<Sale> {
  const known = await findSale(workspaceId, id);
  if (known) return known;
  const deal = id.startsWith('deal:') ? await findDeal(workspaceId, id.slice('deal:'.length)) : null;
  if (deal) await followDeal(workspaceId, deal.id, at);
  const sale = deal && (await findSale(workspaceId, saleIdOf(deal)));
  if (!sale) throw new Refusal('sale-unknown');
  return sale;
}

const Metadata = z.object({ saleId: z.string().max(300).nullable() });
const TouchForm = z.object({
  saleId: z.string('Choose the sale').max(300).optional(),
  partner: z.string('Write its name').trim().min(1, 'Write its name').max(200, 'Shorten it'),
  type: z.enum(NOTED_TYPES, 'Choose what it did'),
  day: z.iso.date('Choose a day'),
  evidence: z.string('Say what says so').trim().min(3, 'Say what says so').max(500, 'Shorten it'),
});

/** Refusals that a field of the form can mend. */
const FIELDS: Partial<Record<RefusalCode, string>> = { 'partner-unknown': 'partner', 'partner-ended': 'partner', 'day-to-come': 'day' };

/** Faults are said beside their fields; what was typed stays. Then it says whether the touch counts. */
export const onNoteTouch =
  ({ enqueue, log, now }: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const { ack, view } = args;
    const form = TouchForm.safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    const { saleId } = carried(Metadata, view.private_metadata);
    const chosen = saleId ?? form.data.saleId;
    if (!chosen) return ack({ response_action: 'errors', errors: { saleId: 'Choose the sale' } });
    const actor = await resolveActor(args);
    const noted = await noteTouch(actor, { ...form.data, id: view.id, saleId: chosen }, now()).catch((error: unknown) => {
      const field = error instanceof Refusal ? FIELDS[error.code] : undefined;
      if (error instanceof Refusal && field) return { errors: { [field]: refusalSentence(error.code, error.details).replaceAll('`', '') } };
      throw error;
    });
    if ('errors' in noted) return ack({ response_action: 'errors', errors: noted.errors });
    await ack({ response_action: 'update', view: modal(TOUCH_TITLE, pressable(touchNoted(noted), actor)) });
    log.info({ workspace: actor.workspaceId, user: actor.userId, sale: chosen, because: noted.because }, 'touch noted');
    await enqueue(creditSales, {});
  };

const Late = z.object({ source: z.string().max(200) });

/** *Let It Count*, for managers: asks why. */
export const onOpenLate =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, LATE_TITLE);
    const actor = await resolveActor(args);
    await fillModal(args.client, opened, lateForm(await lookAtLate(actor, carried(Late, args.action.value).source, now())));
  };

const LateForm = z.object({ because: z.string('Say why').trim().min(3, 'Say why').max(300, 'Shorten it') });

export const onLetCount =
  ({ enqueue, log, now }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const form = LateForm.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const opened = await keepOpen(args, LATE_TITLE);
    const actor = await resolveActor(args);
    const { source } = carried(Late, args.view.private_metadata);
    await letCount(actor, { source, ...form.data }, now());
    log.info({ workspace: actor.workspaceId, user: actor.userId, touch: source }, 'a late claim counts');
    await enqueue(creditSales, {});
    await fillModal(args.client, opened, noticeModal(LATE_TITLE, COUNTED));
  };
