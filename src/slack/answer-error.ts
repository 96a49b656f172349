import { randomUUID } from 'node:crypto';
import type { AllMiddlewareArgs, AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { noticeModal } from '../../blocks/elements.ts';
import { section } from '../../blocks/mrkdwn.ts';
import { noticeHome } from '../../blocks/programme/home.ts';
import { refusalSentence } from '../../blocks/refusals.ts';
import type { Deps } from '../deps.ts';
import { Refusal } from '../errors.ts';
import { fillModal } from './modal.ts';
import { showOnce } from './post-once.ts';
import { isShown } from './post-repository.ts';
import { withFallback } from './with-fallback.ts';

/** The one place where a thrown error becomes words for the person in front of us. Wraps every listener. */
export function answerErrors(deps: Pick<Deps, 'log'>): Middleware<AnyMiddlewareArgs> {
  return async (args) => {
    try {
      await args.next();
    } catch (error) {
      const { teamId, enterpriseId, isEnterpriseInstall, userId } = args.context;
      const log = deps.log.child({ workspace: isEnterpriseInstall ? enterpriseId : teamId, user: userId });
      await answer(args, sentenceFor(error, log)).catch((err) => log.error({ err }, 'could not tell a person about an error'));
    }
  };
}

/** What a person may read of an error; whatever the rules did not foresee is logged under a reference. */
export function sentenceFor(error: unknown, log: Deps['log']): string {
  if (error instanceof Refusal) return refusalSentence(error.code, error.details);
  const ref = randomUUID().slice(0, 8);
  log.error({ err: error, ref }, 'a listener failed');
  return `Something went wrong on our side (ref ${ref}). Try again; if it stays, show this line to whoever runs the app.`;
}

/** Says it where the person is looking: in the open modal, in the submitted one, or in a message only they see. */
async function answer(args: AnyMiddlewareArgs & AllMiddlewareArgs, words: string): Promise<void> {
  const { context, client, body } = args;
  const workspaceId = (context.isEnterpriseInstall ? context.enterpriseId : context.teamId) ?? '';
  if (context.openedModal) return fillModal(client, context.openedModal, noticeModal(context.openedModal.title, words));
  // Once acknowledged, the submitted modal is gone and the words go to the person.
  if ('view' in args && 'ack' in args && body.type === 'view_submission' && !context.isAcknowledged?.()) {
    return args.ack({ response_action: 'update', view: noticeModal('Not done', words) });
  }
  if ('respond' in args && args.respond) {
    await args.respond({ text: words, response_type: 'ephemeral', replace_original: false });
    return;
  }
  if ('event' in args && args.event.type === 'app_mention' && args.event.user) {
    const { channel, user, thread_ts: threadTs } = args.event;
    return replyPrivately(client, { workspaceId, channel, user, threadTs }, { text: words });
  }
  if ('event' in args && args.event.type === 'app_home_opened') {
    await client.views.publish({ user_id: args.event.user, view: noticeHome(words) });
    return;
  }
  if (context.userId) await whisper(client, { workspaceId, user: context.userId }, { text: words });
}

/** A user's id; the records also name rules, operators and the people written to. */
export const IN_SLACK = /^[UW][A-Z0-9]+$/;

/** Tells one person, the first of `people` who is a colleague, in a new message for each `key`, why something that was to happen in the
 *  background did not. `what` is mrkdwn. Tells nobody when none of them is. */
export async function tellRefusal(
  client: WebClient,
  { workspaceId, key, people }: { workspaceId: string; key: string; people: (string | null)[] },
  what: string,
  { code, details }: Refusal,
): Promise<void> {
  const text = `${what} ${refusalSentence(code, details)}`;
  for (const userId of new Set(people)) {
    if (userId === null || !IN_SLACK.test(userId)) continue;
    const target = { workspaceId, key: `${key}:${userId}`, to: { kind: 'person', userId } } as const;
    if (await isShown(workspaceId, target.key, new Date(0))) return;
    try {
      await showOnce(client, target, what, async () => ({ text, blocks: [section(`:warning: ${text}`)] }));
      return;
    } catch (error) {
      // They have left the company: the next one is told.
      if (!(error instanceof Refusal)) throw error;
    }
  }
}

export type Words = { text: string; blocks?: KnownBlock[] };

/** An answer in a channel that only the asking person sees; safe in shared channels. */
export async function replyPrivately(
  client: WebClient,
  { workspaceId, channel, user, threadTs }: { workspaceId: string; channel: string; user: string; threadTs: string | undefined },
  { text, blocks = [] }: Words,
): Promise<void> {
  const thread = threadTs ? { thread_ts: threadTs } : {};
  await withFallback(client, workspaceId, blocks, (shown) =>
    client.chat.postEphemeral({ channel, user, ...thread, text, ...(shown.length > 0 ? { blocks: shown } : {}) }),
  );
}

/** A direct message from the bot, when the person's own click left nowhere else to answer. */
export async function whisper(
  client: WebClient,
  { workspaceId, user }: { workspaceId: string; user: string },
  { text, blocks = [] }: Words,
): Promise<void> {
  const { channel } = await client.conversations.open({ users: user });
  await withFallback(client, workspaceId, blocks, (shown) =>
    client.chat.postMessage({ channel: channel?.id ?? user, text, ...(shown.length > 0 ? { blocks: shown } : {}) }),
  );
}
