import type { Revenue } from '../../src/measure/ledger/record-revenue.ts';
import type { Sale } from '../../src/measure/sales/sale.ts';
import { saveSale } from '../../src/measure/sales/sale-repository.ts';
import type { Touch } from '../../src/measure/touches/touch.ts';
import { AT, HOME } from './builders.ts';

export async function aSale(given: Partial<Sale> = {}): Promise<Sale> {
  const whose = {
    id: 'crm:1',
    workspaceId: HOME,
    customer: 'Saltmarsh Clinics',
    domain: 'saltmarsh.example',
    dealId: null,
    opportunityId: '1',
  };
  const sale: Sale = { ...whose, state: 'open', createdAt: AT, closedAt: null, partners: [], rev: 0, ...given };
  const saved = await saveSale(sale, null, AT);
  if (!saved) throw new Error('there is such a sale already');
  return saved;
}

export function aTouch(given: Partial<Touch> = {}): Touch {
  const whose = { workspaceId: HOME, source: 'touch-1', saleId: 'crm:1', partnerId: 'p1', by: 'U1', evidence: 'Said so' };
  return { ...whose, type: 'event', role: 'influence', at: AT, recordedAt: AT, lateOverride: null, ...given };
}

export function revenue(given: Partial<Revenue> = {}): Revenue {
  const whose = { workspaceId: HOME, source: 'invoice-1', saleId: 'crm:1', by: 'crm', product: '', of: null, like: null };
  const evidence = { kind: 'file', ref: 'invoice-1', words: 'Invoice 1' } as const;
  return { ...whose, kind: 'invoiced', stage: 'invoiced', at: AT, evidence, money: { minor: 1_200_000, currency: 'EUR' }, ...given };
}
