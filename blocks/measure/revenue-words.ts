import type { CreditKind, Uncounted } from '../../src/measure/attribution/credit.ts';
import type { ModelName } from '../../src/measure/attribution/models.ts';
import type { Stage } from '../../src/measure/ledger/record-revenue.ts';
import type { TransactionKind } from '../../src/measure/ledger/transaction.ts';
import type { By } from '../../src/measure/revenue/ask.ts';
import type { TouchType } from '../../src/measure/touches/touch.ts';

/** `said` goes on with a sum. */
export const KIND_WORDS: Record<CreditKind, { label: string; said: string; means: string }> = {
  sourced: {
    label: 'Sourced',
    said: 'Partners sourced',
    means: 'the partner had it first: a registration that was approved, or a referral',
  },
  influenced: {
    label: 'Influenced',
    said: 'Partners influenced',
    means: 'somebody else had it first, and the partner moved it on while it was open',
  },
  referral: { label: 'Referral', said: 'Partners referred', means: 'a referral of the partner was accepted' },
  'co-sell': { label: 'Co-sell', said: 'Partners sold together with us', means: 'the partner met the customer together with our sales' },
  delivered: { label: 'Delivered', said: 'Partners delivered', means: 'the partner implements what was sold' },
};

export const MODEL_WORDS: Record<ModelName, { label: string; means: string }> = {
  first: { label: 'First touch', means: 'whoever acted first has all of a sale' },
  last: { label: 'Last touch', means: 'whoever acted last has all of a sale' },
  linear: { label: 'Linear', means: 'every touch counts the same' },
  position: { label: 'Position', means: '40 % to the first touch, 40 % to the last, the rest to those between' },
  decay: { label: 'Time decay', means: 'the nearer to the end, the more a touch counts' },
  roles: { label: 'Roles', means: 'each partner by what it does in the sale' },
};

export const STAGE_WORDS: Record<Stage, { label: string; means: string }> = {
  booked: { label: 'Booked', means: 'what was won' },
  invoiced: { label: 'Invoiced', means: 'what was invoiced' },
  collected: { label: 'Collected', means: 'what was paid' },
};

/** `none`: a line that has no name. */
export const BY_WORDS: Record<By, { label: string; none: string }> = {
  partner: { label: 'Partner', none: 'A partner that is not on file any more' },
  type: { label: 'Type', none: 'Not on file any more' },
  tier: { label: 'Tier', none: 'No tier' },
  month: { label: 'Month', none: '' },
  product: { label: 'Product', none: 'No product named' },
};

export const TOUCH_WORDS: Record<TouchType, string> = {
  'referral-click': 'Click on a referral link',
  'referral-accepted': 'Referral accepted',
  registration: 'Registration',
  introduction: 'Introduction',
  demo: 'Demo',
  'co-sell-meeting': 'Meeting with our sales',
  event: 'Event',
  influence: 'Influence',
  implementation: 'Implementation',
};

export const UNCOUNTED_WORDS: Record<Uncounted['because'], string> = {
  'too-old': 'does not count: longer before the sale began than touches are looked back for',
  'too-late': 'does not count: after the sale was closed',
  'claimed-late': 'does not count: claimed after the deadline, and nobody let it count',
  'taken-back': 'does not count: this part in the deal was taken away',
};

export const TRANSACTION_WORDS: Record<TransactionKind, string> = {
  booked: 'Booked',
  renewed: 'Renewed',
  invoiced: 'Invoiced',
  collected: 'Collected',
  refunded: 'Refunded',
  earned: 'Commission earned',
  clawback: 'Commission taken back',
  paid: 'Paid out',
  cost: 'Cost',
  reversed: 'Taken back',
};
