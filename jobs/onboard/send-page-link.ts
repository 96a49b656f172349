import { z } from 'zod';
import { sendLink } from '../../src/onboard/pages/page-link.ts';
import { PageOwner } from '../../src/onboard/pages/page-link-repository.ts';
import { defineJob } from '../job.ts';

/** Mails one person the link to their page. `id` names the wish: asked for twice, one mail leaves. */
export const sendPageLink = defineJob({
  name: 'send-page-link',
  payload: PageOwner.extend({ id: z.string(), by: z.string() }),
  once: true,
  run: (asked, deps) => sendLink(asked, deps),
});
