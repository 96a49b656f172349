import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { escaped } from '../../../blocks/mrkdwn.ts';
import { sendPageLink } from '../../../jobs/onboard/send-page-link.ts';
import type { Deps } from '../../deps.ts';
import { demandLinkPossible, LINK_MINUTES } from '../../onboard/pages/page-link.ts';
import { resolveActor } from '../actor.ts';
import { carried } from '../form.ts';
import type { ButtonClick } from '../listener.ts';
import { originOf, tellAt } from '../origin.ts';

/** What the button *Send Page Link* on a partner's person carries. */
export const PersonRef = z.object({ partnerId: z.string(), contactId: z.string() });

/** *Send Page Link*: what is in the way is said at once; the mail leaves by a job. */
export const onSendPageLink =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await resolveActor(args);
    const person = carried(PersonRef, args.action.value);
    const { email, name } = await demandLinkPossible(actor, person, deps);
    const { workspaceId, userId: by } = actor;
    await deps.enqueue(sendPageLink, { workspaceId, ...person, id: randomUUID(), by });
    const text = `The link goes to ${escaped(name || email)} &lt;${escaped(email)}&gt;. It works once, within ${LINK_MINUTES} minutes; the page sends a new one when it has ended.`;
    await tellAt(args.client, actor, originOf(args.body), { text });
  };
