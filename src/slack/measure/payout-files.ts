import { z } from 'zod';
import { noticeModal } from '../../../blocks/elements.ts';
import { bankFileForm, PAYOUT_TITLE } from '../../../blocks/measure/payout-view.ts';
import { bankFileWords, csvWords } from '../../../blocks/measure/payouts-page.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { dayIn, daysIn } from '../../measure/ledger/record-revenue.ts';
import { accountsCsv, bankCsv, ibanIn, isInSepa, listPayments, sepaFile } from '../../measure/payouts/bank-file.ts';
import { handOutPayout, lookAtPayout } from '../../measure/payouts/decide-payout.ts';
import type { Payout, PayoutStatus } from '../../measure/payouts/payout.ts';
import { statementCsv, statementPdf } from '../../measure/payouts/statement-file.ts';
import { listSalesByIds } from '../../measure/sales/sale-repository.ts';
import { listPartnersByIds } from '../../onboard/partners/partner-repository.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { demandAudience } from '../audience.ts';
import { carried, formErrors, formValues } from '../form.ts';
import { type ButtonClick, beforeAck, type ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, pushModal } from '../modal.ts';
import { sendFile } from '../recruit/show-records.ts';

type File = { name: string; content: string | Buffer };

/** *Bank File*: asks from which account. */
export const onOpenBankFile =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, PAYOUT_TITLE);
    const actor = await resolveActor(args);
    const payout = await demandDecided(actor, args.action.value ?? '', now(), ['approved']);
    const { company } = await getProgramme(actor.workspaceId);
    await fillModal(args.client, opened, bankFileForm(payout, company?.name ?? '', await dayIn(actor.workspaceId, now())));
  };

const Metadata = z.object({ payoutId: z.string() });
const WRONG_IBAN = 'This is no IBAN: look for a mistyped character';
const From = z.object({
  name: z.string('Give the name').trim().min(1, 'Give the name').max(70, 'Shorten it'),
  iban: z
    .string('Give the IBAN')
    .transform(ibanIn)
    .refine((iban) => iban !== '', { error: WRONG_IBAN, abort: true })
    .refine(isInSepa, 'This account is in no country of SEPA: use the CSV file'),
  day: z.iso.date('Choose a day'),
});

export const onMakeBankFile =
  ({ dataKeys, now }: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const form = await From.safeParseAsync(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const actor = await resolveActor(args);
    const payout = await demandDecided(actor, carried(Metadata, args.view.private_metadata).payoutId, now(), ['approved']);
    if (form.data.day < (await dayIn(actor.workspaceId, now())))
      return args.ack({ response_action: 'errors', errors: { day: 'That day is over: choose today or a later one' } });
    const opened = await keepOpen(args, PAYOUT_TITLE);
    const { xml, left } = await sepaFile(payout, await listPayments(payout, dataKeys), form.data, now());
    const files = [{ name: `payout-${payout.id.slice(0, 8)}.xml`, content: xml ?? '' }];
    if (xml) await handOut(args, actor, payout, { files, isToPay: true }, now());
    await fillModal(args.client, opened, noticeModal(PAYOUT_TITLE, bankFileWords(xml !== null, left)));
  };

/** *CSV Files*: one for the bank until it is paid, one for the accounts. */
export const onExportPayout =
  ({ dataKeys, now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, PAYOUT_TITLE);
    const actor = await resolveActor(args);
    const payout = await demandDecided(actor, args.action.value ?? '', now());
    const payments = await listPayments(payout, dataKeys);
    const names = new Map(payments.map(({ partnerId, name }) => [partnerId, name]));
    const base = `payout-${payout.id.slice(0, 8)}`;
    const isToPay = payout.status === 'approved';
    const files = [
      ...(isToPay ? [{ name: `${base}-bank.csv`, content: bankCsv(payout, payments) }] : []),
      { name: `${base}-accounts.csv`, content: accountsCsv(payout, names) },
    ];
    await handOut(args, actor, payout, { files, isToPay }, now());
    await fillModal(args.client, opened, noticeModal(PAYOUT_TITLE, csvWords(isToPay)));
  };

/** *Statement*: one partner's, as PDF and CSV. */
export const onExportStatement =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, PAYOUT_TITLE);
    const actor = await resolveActor(args);
    const [id = '', partnerId = ''] = (args.action.value ?? '').split('|');
    const payout = await lookAtPayout(actor, id, now());
    await handOut(args, actor, payout, { files: await statementFiles(payout, partnerId), isToPay: false }, now());
    await fillModal(args.client, opened, noticeModal(PAYOUT_TITLE, 'The statement is in our direct messages, as PDF and CSV.'));
  };

/** Refuses `press-outdated` for a partner without a statement in it. */
export async function statementFiles(payout: Payout, partnerId: string): Promise<File[]> {
  const { workspaceId } = payout;
  const statement = payout.statements.find((one) => one.partnerId === partnerId);
  if (!statement) throw new Refusal('press-outdated');
  const sales = [...new Set(statement.lines.flatMap(({ saleId }) => saleId ?? []))];
  const [partners, { company }, found] = await Promise.all([
    listPartnersByIds(workspaceId, [partnerId]),
    getProgramme(workspaceId),
    listSalesByIds(workspaceId, sales),
  ]);
  const customers = new Map(found.map((sale) => [sale.id, sale.customer]));
  const dayOf = await daysIn(workspaceId);
  const names = { dayOf, partner: partners[0]?.name ?? '', company: company?.name ?? '', customers };
  const base = `statement-${dayOf(payout.at)}-${payout.id.slice(0, 8)}`;
  return [
    { name: `${base}.pdf`, content: await statementPdf(payout, statement, names) },
    { name: `${base}.csv`, content: statementCsv(payout, statement, names) },
  ];
}

/** No account leaves before the payout is approved. */
async function demandDecided(
  actor: Actor,
  id: string,
  at: Date,
  statuses: readonly PayoutStatus[] = ['approved', 'paid'],
): Promise<Payout> {
  const payout = await lookAtPayout(actor, id, at);
  if (!statuses.includes(payout.status)) throw new Refusal('payout-moved-on');
  return payout;
}

/** To the direct messages of whoever asked alone; that they were handed out is on record. */
async function handOut(
  { client }: Pick<ButtonClick, 'client'>,
  actor: Actor,
  payout: Payout,
  { files, isToPay }: { files: readonly File[]; isToPay: boolean },
  at: Date,
): Promise<void> {
  const { workspaceId, userId } = actor;
  await demandAudience(client, workspaceId, { kind: 'person', userId });
  const names = files.map(({ name }) => name);
  await handOutPayout(actor, payout, { names, isToPay }, at);
  for (const { name, content } of files)
    await sendFile(client, {
      user: userId,
      name,
      bytes: Buffer.from(content),
      text: 'It is for the team that pays partners: keep it there.',
    });
}
