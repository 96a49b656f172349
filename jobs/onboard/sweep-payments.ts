import { listPaymentsDue } from '../../src/onboard/payment-details/payment-repository.ts';
import { defineSweep } from '../job.ts';
import { askPayment } from './ask-payment.ts';

/** Finds payment details of which a crash kept the team from hearing. */
export const sweepPayments = defineSweep({
  name: 'sweep-payments',
  every: '1 minute',
  find: async () => listPaymentsDue(),
  act: ({ workspaceId, partnerId, entryId }, { enqueue }) => enqueue(askPayment, { workspaceId, partnerId, entryId }),
});
