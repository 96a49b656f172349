import type { CostKind, CostScope } from '../../src/measure/ledger/transaction.ts';

export const COST_WORDS: Record<CostKind, string> = {
  people: 'People’s hours',
  mdf: 'Marketing funds',
  tools: 'Tools',
  content: 'Content',
  events: 'Events',
  discounts: 'Discounts',
  other: 'Other',
};

export const SCOPE_WORDS: Record<CostScope, string> = {
  programme: 'The whole programme',
  partner: 'One partner',
  direct: 'Our own direct sales',
};
