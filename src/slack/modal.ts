import type { AllMiddlewareArgs } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { loadingModal, type Modal } from '../../blocks/elements.ts';
import { Refusal } from '../errors.ts';
import type { ButtonClick, ViewSubmission } from './listener.ts';
import { slackRefusal } from './slack-refusal.ts';

/** A modal that opened at once and is filled when the facts are there. */
export type OpenedModal = { id: string; title: string };

declare module '@slack/bolt' {
  interface Context {
    /** Where an error of this request is shown, once a modal is open. */
    openedModal?: OpenedModal;
  }
}

/** Slack's names for a trigger that is too old or was used; its pages differ. */
const LATE = new Set(['expired_trigger_id', 'exchanged_trigger_id', 'trigger_expired', 'trigger_exchanged']);

/** Opens a modal before anything is looked up: the trigger lives three seconds. Call it first after `ack`. */
export async function openModal(args: Opener, triggerId: string, title: string): Promise<OpenedModal> {
  return opened(args, title, args.client.views.open({ trigger_id: triggerId, view: loadingModal(title) }));
}

/** As `openModal`, on top of the modal that holds the button, so that closing it leads back; a new one for a button elsewhere. Slack holds
 *  three modals at most: the third gives its place to what would stand on it. */
export async function pushModal(args: ButtonClick, title: string): Promise<OpenedModal> {
  const { body, client } = args;
  if (body.view?.type !== 'modal') return openModal(args, body.trigger_id, title);
  return opened(args, title, client.views.push({ trigger_id: body.trigger_id, view: loadingModal(title) })).catch((error: unknown) => {
    if (slackRefusal(error) === 'push_limit_reached') return ownModal(args, title);
    throw error;
  });
}

type Opener = Pick<AllMiddlewareArgs, 'client' | 'context'>;

async function opened({ context }: Opener, title: string, opening: Promise<{ view?: { id?: string } }>): Promise<OpenedModal> {
  const { view } = await opening.catch((cause: unknown) => {
    if (LATE.has(slackRefusal(cause) ?? '')) throw new Refusal('trigger-expired', {}, { cause });
    throw cause;
  });
  if (!view?.id) throw new Error('Slack opened a modal and did not name it');
  const modal = { id: view.id, title };
  context.openedModal = modal;
  return modal;
}

/** The modal that holds the button, or a new one for a button elsewhere; errors are shown in it too. */
export async function ownModal({ body, client, context }: ButtonClick, title: string): Promise<OpenedModal> {
  if (body.view?.type !== 'modal') return openModal({ client, context }, body.trigger_id, title);
  const opened = { id: body.view.id, title };
  context.openedModal = opened;
  return opened;
}

/** Acknowledges a submission at once; its modal stays open and is filled when the outcome is known. */
export async function keepOpen({ ack, context, view }: ViewSubmission, title: string, wait = loadingModal(title)): Promise<OpenedModal> {
  await ack({ response_action: 'update', view: wait });
  const opened = { id: view.id, title };
  context.openedModal = opened;
  return opened;
}

/** Replaces what an opened modal shows. Without effect when the person has closed it meanwhile. */
export async function fillModal(client: WebClient, { id }: Pick<OpenedModal, 'id'>, view: Modal): Promise<void> {
  await client.views.update({ view_id: id, view }).catch((error: unknown) => {
    if (slackRefusal(error) !== 'not_found') throw error;
  });
}
