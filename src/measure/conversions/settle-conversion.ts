import { addDays, addMinutes, min } from 'date-fns';
import { Refusal } from '../../errors.ts';
import { findTransaction } from '../ledger/ledger-repository.ts';
import { recordInvoice, recordPayment, recordRefund } from '../ledger/record-money.ts';
import { recordRevenue, STAGES } from '../ledger/record-revenue.ts';
import type { Sale } from '../sales/sale.ts';
import { findSale, markSaleDue } from '../sales/sale-repository.ts';
import { type Conversion, saleIdOf, sourceOf } from './conversion.ts';
import { hurryConversions, listNaming, listOfCustomer, settleConversions } from './conversion-repository.ts';
import { followCustomer } from './follow-customer.ts';

/** So long a payment or a refund waits for its sale; then it is no partner's, or a person is shown it where its customer is one's. */
const WAIT_DAYS = 7;
const RETRY_MINUTES = [1, 5, 30, 120];

/** Brings sales, touches and ledger to what one conversion says, as far as the others are there. Safe to repeat, to run twice at once and to stop
 *  at any write; in whichever order conversions come, the ledger says the same in the end. */
export async function settleConversion(conversion: Conversion, now: Date): Promise<void> {
  switch (conversion.kind) {
    case 'lead':
    case 'sale':
      return settleCustomer(conversion, now);
    case 'reference':
      await hurryConversions(conversion.workspaceId, conversion.refs, now);
      return settleConversions(conversion.workspaceId, [conversion.id], { state: 'counted' });
    case 'payment':
    case 'refund':
      return settleMoney(conversion, now);
  }
}

/** Of a customer whom a partner brought, all that they bought is recorded, also what was told before anybody knew of the partner. */
async function settleCustomer({ workspaceId, customer, id }: Conversion, now: Date): Promise<void> {
  const sale = customer ? await followCustomer(workspaceId, customer, now) : null;
  if (!customer || !sale) return settleConversions(workspaceId, [id], { state: 'not-ours' });
  const told = await listOfCustomer(workspaceId, customer);
  const sales = told.filter(({ kind }) => kind === 'sale');
  for (const one of sales) await recordSale(one, sale, now);
  await markSaleDue(workspaceId, sale.id, now);
  const ids = told.map((one) => one.id);
  await hurryConversions(workspaceId, [...new Set(told.flatMap(({ refs }) => refs))], now);
  await settleConversions(workspaceId, ids, { state: 'counted' });
}

async function recordSale({ workspaceId, id, at, product, money, isPaid }: Conversion, { id: saleId }: Sale, now: Date): Promise<void> {
  if (!money) return;
  const came = { workspaceId, saleId, at, by: 'webhook', product, money, evidence: evidenceOf(id) };
  await recordRevenue({ ...came, source: sourceOf(id, 'booked'), kind: 'booked', stage: 'booked', of: null, like: null }, now);
  await recordInvoice({ ...came, source: sourceOf(id, 'invoiced') }, now);
  if (isPaid) await recordPayment({ ...came, source: sourceOf(id, 'collected') }, now);
}

const evidenceOf = (id: string) => ({ kind: 'webhook', ref: id, words: `Told as ${id}` }) as const;

async function settleMoney(conversion: Conversion, now: Date): Promise<void> {
  const { workspaceId, id } = conversion;
  const { sale, named } = await saleNamed(conversion);
  if (sale?.state !== 'counted' || !sale.customer) return putOff(conversion, sale, now);
  const saleId = saleIdOf(sale.customer);
  if (conversion.kind === 'payment' && sale.money) {
    const came = { workspaceId, saleId, at: conversion.at, by: 'webhook', product: sale.product, money: sale.money };
    await recordPayment({ ...came, source: sourceOf(sale.id, 'collected'), evidence: evidenceOf(id) }, now);
  }
  // A payment may come after a refund of what it paid.
  const refunds = named.filter(({ kind, state }) => kind === 'refund' && state !== 'put-aside' && state !== 'refused');
  for (const refund of refunds) await recordBack(refund, sale, now);
  if (conversion.kind === 'payment') await settleConversions(workspaceId, [id], { state: 'counted' });
}

/** A refund goes back at every stage that its sale has. */
async function recordBack({ workspaceId, id, at, money }: Conversion, sale: Conversion, now: Date): Promise<void> {
  const back = { workspaceId, at, by: 'webhook', evidence: evidenceOf(id), minor: money?.minor ?? 0 };
  try {
    if (money?.currency !== sale.money?.currency) throw new Refusal('refund-too-large');
    for (const stage of STAGES) {
      const of = sourceOf(sale.id, stage);
      if (await findTransaction(workspaceId, of)) await recordRefund({ ...back, of, source: sourceOf(id, stage) }, now);
    }
    await settleConversions(workspaceId, [id], { state: 'counted' });
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'refund-too-large') throw error;
    await settleConversions(workspaceId, [id], { state: 'refused' });
  }
}

/** The sale that a payment or a refund calls by one of its names, also by a name that something else gives it; and all that calls it so. */
async function saleNamed({ workspaceId, refs }: Conversion): Promise<{ sale: Conversion | null; named: Conversion[] }> {
  const near = await listNaming(workspaceId, refs);
  const names = [...new Set([...refs, ...near.flatMap((one) => one.refs)])];
  const named = await listNaming(workspaceId, names);
  const further = await listNaming(workspaceId, [...new Set(named.flatMap((one) => one.refs))]);
  return { sale: further.find(({ kind }) => kind === 'sale') ?? null, named: further };
}

/** It waits while its sale may still come, or may still turn out to be a partner's. */
async function putOff(conversion: Conversion, sale: Conversion | null, now: Date): Promise<void> {
  const { workspaceId, id, receivedAt, customer } = conversion;
  const end = addDays(receivedAt, WAIT_DAYS);
  if (now < end) {
    const waited = (now.getTime() - receivedAt.getTime()) / 60_000;
    const minutes = RETRY_MINUTES.find((one) => one > waited) ?? 360;
    const due = addMinutes(now, minutes);
    return settleConversions(workspaceId, [id], { state: 'waiting', due: min([due, end]) });
  }
  // Most customers were brought by nobody: only what names a customer of ours is missed.
  const isOurs = sale === null && customer !== null && (await findSale(workspaceId, saleIdOf(customer))) !== null;
  await settleConversions(workspaceId, [id], { state: isOurs ? 'lost' : 'not-ours' });
}
