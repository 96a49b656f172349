import { z } from 'zod';
import { listPagesOfAddress } from '../../src/onboard/partners/partner-repository.ts';
import { defineJob } from '../job.ts';
import { sendPageLink } from './send-page-link.ts';

/** Somebody typed their address on the page: whoever it belongs to is sent a link for each page of theirs, and nobody else anything. */
export const sendPageLinks = defineJob({
  name: 'send-page-links',
  payload: z.object({ id: z.string(), email: z.string() }),
  run: async ({ id, email }, { enqueue }) => {
    for (const page of await listPagesOfAddress(email))
      await enqueue(sendPageLink, { ...page, id: `${id}:${page.partnerId}`, by: 'recipient' });
  },
});
