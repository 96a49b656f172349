import { setTimeout as sleep } from 'node:timers/promises';
import { act } from './actions.ts';
import { allBlocks, elementsOf } from './block-ids.ts';
import type { Cast, Person } from './cast.ts';
import { typeCommand } from './commands.ts';
import { type ConnectDriver, connectDriverOf } from './connect-driver.ts';
import type { MailAnswer, SandboxAction, SandboxMail, SandboxMessage, SandboxState, SandboxView, SubmitAnswer } from './contract.ts';
import { type Answer, post, postEvent, postPayload, sign } from './delivery.ts';
import { sentFile, uploadFile } from './files.ts';
import { stateOf, valuesOf } from './inputs.ts';
import { type Json, jsonOf, listOf, textOf } from './json.ts';
import type { Outcome } from './outcome.ts';
import type { Source } from './payloads.ts';
import { bounce, outOfOffice, reply, unsubscribe } from './recipient.ts';
import { newResponseUrl } from './response-url.ts';
import { stateFor, visibleMessages } from './state.ts';
import { dismiss, submit } from './submissions.ts';
import { openHome, say } from './talk.ts';
import { newTrigger, stackOf } from './views.ts';
import { type Call, dmOf, getPerson, type Stub, sourceOf, type World } from './world.ts';

export type Choice = {
  /** An option's value, an id, a date, a list of those; with several buttons of one `action_id`, the value of the one meant. */
  value?: unknown;
  blockId?: string;
  /** What the form holds at that moment, by block_id. */
  filled?: Record<string, unknown>;
  /** Clicks what this copy shows even if it has changed since, as somebody does whose screen is a moment behind. */
  stale?: boolean;
};

/** One person at the keyboard. Everything waits until the app has acknowledged. */
export type Actor = {
  command(channel: string, text: string): Promise<Outcome>;
  say(channel: string, text: string, threadTs?: string): Promise<Outcome>;
  mention(channel: string, text: string, threadTs?: string): Promise<Outcome>;
  dm(text: string): Promise<Outcome>;
  /** Drops files into the direct messages with the bot, with words beside them or none. */
  drop(files: Json[], text?: string): Promise<Outcome>;
  openHome(): Promise<Outcome>;
  click(where: SandboxMessage | SandboxView, actionId: string, choice?: Choice): Promise<Outcome>;
  /** Fields by block_id; those left out keep what they start with. */
  submit(view: SandboxView | string, filled?: Record<string, unknown>): Promise<SubmitAnswer>;
  close(view: SandboxView | string): Promise<Outcome>;
  upload(name: string, bytes: Uint8Array): Promise<Json>;
};

export type Driver = ConnectDriver & {
  cast: Cast;
  as(personId: string): Actor;
  state(personId: string): SandboxState;
  /** What a person reads, oldest first. Copies, like all views here: they stay as they were when taken. */
  messages(given: { as: string; channel?: string }): SandboxMessage[];
  modal(personId: string): SandboxView | null;
  home(personId: string): SandboxView | null;
  dmWith(personId: string): string;
  mail: SandboxMail[];
  /** Plays the recipient of a mail; what the app answered is also kept with the mail. */
  reply(mail: SandboxMail, text: string): Promise<MailAnswer>;
  outOfOffice(mail: SandboxMail): Promise<MailAnswer>;
  unsubscribe(mail: SandboxMail): Promise<MailAnswer>;
  bounce(mail: SandboxMail): Promise<MailAnswer>;
  /** The bytes of a file the app sent, as a person downloads it; null when that person cannot see it. */
  download(personId: string, fileId: string): Promise<Buffer | null>;
  calls: Call[];
  /** The first thing `look` finds; throws after `ms`. */
  waitFor<T>(look: () => T | null | undefined | false, ms?: number): Promise<T>;
  rateLimit(method: string, seconds: number): void;
  /** Lets a Web API method, or `response_url`, answer otherwise until called with null. */
  answerWith(method: string, stub: Stub | null): void;
  /** Shares a channel with these people of another company, as can happen at any time. */
  share(channel: string, people: string[]): void;
  expireTriggers(): void;
  expireResponseUrls(): void;
  /** For forged and hostile requests; see payloads.ts. */
  sourceOf(person: string | Person): Source;
  trigger(personId: string, viewId?: string): string;
  responseUrl(channel: string, personId: string): string;
  sign(body: string, given?: { timestamp?: number; secret?: string }): Record<string, string>;
  post(rawBody: string, headers: Record<string, string>): Promise<Answer>;
  postPayload(payload: Json): Promise<Answer>;
  postEvent(envelope: Json): Promise<Answer>;
};

export function driverOf(world: World): Driver {
  const { cast } = world;
  return {
    ...connectDriverOf(world),
    cast,
    as: (personId) => actorOf(world, getPerson(world, personId)),
    state: (personId) => structuredClone(stateFor(world, personId)),
    messages: ({ as, channel }) => structuredClone(visibleMessages(world, as, channel)),
    modal: (personId) => structuredClone(stackOf(world, personId).at(-1) ?? null),
    home: (personId) => structuredClone(world.homes.get(personId) ?? null),
    dmWith: (personId) => dmOf(world, personId)?.id ?? '',
    mail: world.mail,
    reply: (mail, text) => reply(world, mail, text),
    outOfOffice: (mail) => outOfOffice(world, mail),
    unsubscribe: (mail) => unsubscribe(world, mail),
    bounce: (mail) => bounce(world, mail),
    download: async (personId, fileId) => (await sentFile(world, personId, fileId))?.bytes ?? null,
    calls: world.calls,
    waitFor,
    rateLimit: (method, seconds) => void world.rateLimits.set(method, Date.now() + seconds * 1000),
    answerWith: (method, stub) => void (stub ? world.stubs.set(method, stub) : world.stubs.delete(method)),
    share: (id, people) => {
      const channel = world.channels.get(id);
      if (!channel) throw new Error(`There is no channel ${id}.`);
      Object.assign(channel, { shared: true, members: [...channel.members, ...people] });
    },
    expireTriggers: () => {
      for (const trigger of world.triggers.values()) trigger.expiresAt = 0;
    },
    expireResponseUrls: () => {
      for (const responseUrl of world.responseUrls.values()) responseUrl.expiresAt = 0;
    },
    sourceOf: (person) => sourceOf(world, typeof person === 'string' ? getPerson(world, person) : person),
    trigger: (personId, viewId) => newTrigger(world, personId, viewId ?? null),
    responseUrl: (channel, personId) => newResponseUrl(world, channel, personId, null),
    sign: (body, { timestamp, secret = cast.app.signingSecret } = {}) => sign(secret, body, timestamp),
    post: (rawBody, headers) => post(world, rawBody, headers),
    postPayload: (payload) => postPayload(world, payload),
    postEvent: (envelope) => postEvent(world, envelope),
  };
}

function actorOf(world: World, person: Person): Actor {
  const bot = world.cast.app.botUserId;
  const open = (view: SandboxView | string): SandboxView => {
    const id = typeof view === 'string' ? view : view.id;
    const found = stackOf(world, person.id).find((candidate) => candidate.id === id);
    if (!found) throw new Error(`${person.name} has no such form open.`);
    return found;
  };
  return {
    command: (channel, text) => typeCommand(world, person, channel, text),
    say: (channel, text, threadTs) => say(world, person, channel, text, threadTs),
    mention: (channel, text, threadTs) => say(world, person, channel, `<@${bot}> ${text}`, threadTs),
    dm: (text) => say(world, person, dmOf(world, person.id)?.id ?? '', text),
    drop: (files, text = '') => say(world, person, dmOf(world, person.id)?.id ?? '', text, undefined, files),
    openHome: () => openHome(world, person),
    click: (where, actionId, choice = {}) => act(world, person, actionOn(where, actionId, choice), choice.stale),
    submit: (view, filled) => submit(world, person, open(view).id, valuesOf(open(view), filled)),
    close: (view) => dismiss(world, person, open(view).id),
    upload: (name, bytes) => uploadFile(world, person.id, name, bytes),
  };
}

function actionOn(where: SandboxMessage | SandboxView, actionId: string, choice: Choice): SandboxAction {
  const isView = 'hash' in where;
  const found = allBlocks(where.blocks)
    .flatMap((block) => elementsOf(block).map((element) => ({ blockId: textOf(block.block_id), element })))
    .filter(({ blockId }) => choice.blockId === undefined || blockId === choice.blockId);
  const named = found.filter(({ element }) => element.action_id === actionId);
  const hit = named.find(({ element }) => element.type !== 'button' || choice.value === undefined || element.value === choice.value);
  if (!hit)
    throw new Error(`There is no ${actionId} here, only ${found.map(({ element }) => textOf(element.action_id)).join(', ') || 'text'}.`);
  return {
    blockId: hit.blockId,
    element: chosen(hit.element, choice.value),
    from: isView ? { kind: 'view', viewId: where.id } : { kind: 'message', channel: where.channel, ts: where.ts },
    ...(isView ? { values: valuesOf(where, choice.filled) } : {}),
  };
}

function chosen(element: Json, value: unknown): Json {
  const { type, action_id } = element;
  if (type === 'button') {
    const { text, style } = element;
    return { type, action_id, text, ...(element.value === undefined ? {} : { value: element.value }), ...(style ? { style } : {}) };
  }
  if (type === 'overflow') {
    const option = listOf(element.options).find((candidate) => candidate.value === value);
    return { type, action_id, selected_option: jsonOf(option) };
  }
  return { action_id, ...stateOf(element, value) };
}

async function waitFor<T>(look: () => T | null | undefined | false, ms = 5000): Promise<T> {
  const until = Date.now() + ms;
  for (;;) {
    const found = look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > until) throw new Error(`Nothing came within ${ms} ms: ${look.toString()}`);
    await sleep(10);
  }
}
