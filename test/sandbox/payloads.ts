/** Payloads in Slack's shapes, as pure functions, so that a test can also forge one for a stranger, another workspace or an old click. */
import { randomBytes } from 'node:crypto';
import type { AppSeed, Person, Team } from './cast.ts';
import { type Json, listOf } from './json.ts';

/** Who acts, their workspace, the workspace the app is installed in, the app. */
export type Source = { actor: Person; actorTeam: Team; home: Team; app: AppSeed };

const VERIFICATION_TOKEN = 'deprecated';

export const idNow = (): string =>
  `${Math.floor(Date.now() / 1000)}.${randomBytes(3).readUIntBE(0, 3).toString().padStart(8, '0').slice(0, 6)}`;

const short = ({ id, domain }: Team): Json => ({ id, domain });

function common({ actor, app }: Source, team: Json): Json {
  return {
    user: { id: actor.id, username: actor.handle, name: actor.handle, team_id: actor.teamId },
    api_app_id: app.id,
    token: VERIFICATION_TOKEN,
    team,
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** Fields of a slash command, to be sent as a form. `text` comes without the command. */
export function commandPayload(
  source: Source,
  given: { command: string; text: string; channel: { id: string; name: string }; triggerId: string; responseUrl: string },
): Record<string, string> {
  return {
    token: VERIFICATION_TOKEN,
    team_id: source.home.id,
    team_domain: source.home.domain,
    channel_id: given.channel.id,
    channel_name: given.channel.name,
    user_id: source.actor.id,
    user_name: source.actor.handle,
    command: given.command,
    text: given.text,
    api_app_id: source.app.id,
    is_enterprise_install: 'false',
    response_url: given.responseUrl,
    trigger_id: given.triggerId,
  };
}

/** A click or choice. `team` is where the app is installed, even when a partner's person clicks; theirs is `user.team_id`. */
export function blockActions(source: Source, given: { action: Json; triggerId: string; place: Json }): Json {
  const { home } = source;
  return {
    type: 'block_actions',
    ...common(source, short(home)),
    trigger_id: given.triggerId,
    ...given.place,
    actions: [{ ...given.action, action_ts: idNow() }],
  };
}

/** Where a click in a message came from. An ephemeral message is not repeated in the payload. */
export function messagePlace(given: {
  channel: { id: string; name: string };
  message: Json;
  ephemeral: boolean;
  values: Json;
  responseUrl: string;
}): Json {
  const { channel, message, ephemeral, values, responseUrl } = given;
  const thread = message.thread_ts ? { thread_ts: message.thread_ts } : {};
  return {
    container: { type: 'message', message_ts: message.ts, channel_id: channel.id, is_ephemeral: ephemeral, ...thread },
    channel,
    ...(ephemeral ? {} : { message }),
    state: { values },
    response_url: responseUrl,
  };
}

/** A shortcut on a message, for people of the workspace where the app is installed. */
export function messageAction(
  source: Source,
  given: { callbackId: string; triggerId: string; channel: { id: string; name: string }; message: Json; responseUrl: string },
): Json {
  const { callbackId, triggerId, channel, message, responseUrl } = given;
  return {
    type: 'message_action',
    ...common(source, short(source.home)),
    callback_id: callbackId,
    trigger_id: triggerId,
    response_url: responseUrl,
    message_ts: message.ts,
    channel,
    message,
    action_ts: idNow(),
  };
}

export function viewPlace(view: Json, values: Json): Json {
  return { container: { type: 'view', view_id: view.id }, view: { ...view, state: { values } } };
}

/** A submitted form. For a partner's person `team` is their own; only `view.app_installed_team_id` names home. */
export function viewSubmission(source: Source, given: { view: Json; values: Json; triggerId: string }): Json {
  return {
    type: 'view_submission',
    ...common(source, short(source.actorTeam)),
    trigger_id: given.triggerId,
    view: { ...given.view, state: { values: given.values } },
    response_urls: [],
  };
}

export function viewClosed(source: Source, given: { view: Json; cleared: boolean }): Json {
  return { type: 'view_closed', ...common(source, short(source.actorTeam)), view: given.view, is_cleared: given.cleared };
}

/** An event in its envelope, with a fresh `event_id`. */
export function eventCallback({ home, app }: Source, event: Json, sharedChannel: boolean): Json {
  return {
    token: VERIFICATION_TOKEN,
    team_id: home.id,
    context_team_id: home.id,
    context_enterprise_id: null,
    api_app_id: app.id,
    event,
    type: 'event_callback',
    event_id: `Ev${randomBytes(6).toString('hex').toUpperCase()}`,
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [{ enterprise_id: null, team_id: home.id, user_id: app.botUserId, is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: sharedChannel,
    event_context: `4-${randomBytes(16).toString('hex')}`,
  };
}

/** A message of a person, as `app_mention` or as `message` in a direct message. One with files does not say whose team it is. */
export function messageEvent(source: Source, given: { type: 'app_mention' | 'message'; message: Json; channel: string }): Json {
  const { actor } = source;
  const { type, message, channel } = given;
  const files = listOf(message.files);
  const team = { team: actor.teamId, user_team: actor.teamId, source_team: actor.teamId };
  return {
    type,
    user: actor.id,
    text: message.text,
    ts: message.ts,
    ...(message.thread_ts ? { thread_ts: message.thread_ts } : {}),
    client_msg_id: randomBytes(16).toString('hex'),
    channel,
    event_ts: message.ts,
    ...(files.length > 0 ? { subtype: 'file_share', files, upload: false, display_as_bot: false } : team),
    ...(type === 'message' ? { channel_type: 'im' } : {}),
  };
}

export function homeOpened(source: Source, given: { channel: string; view: Json | null }): Json {
  return {
    type: 'app_home_opened',
    user: source.actor.id,
    channel: given.channel,
    tab: 'home',
    event_ts: idNow(),
    ...(given.view ? { view: given.view } : {}),
  };
}
