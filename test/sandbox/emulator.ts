import { createEmulator } from 'emulate';
import type { Cast } from './cast.ts';
import { type Json, jsonOf, listOf, textOf } from './json.ts';

export type Emulator = {
  /** Calls a Web API method as the bot, or as the person whose id is given. Ids are ours both ways. */
  call(method: string, args: Json, as?: string): Promise<Json>;
  /** Any other request under the emulator's address, such as a file's upload or download. */
  fetch(path: string, init: RequestInit, as?: string): Promise<Response>;
  /** From now on a channel goes by another id, and the one it had is unknown. */
  rename(from: string, to: string): void;
  close(): Promise<void>;
};

/** The emulator counts 5,000 requests an hour per token and refuses the rest: the bot has as many tokens as a long test needs. */
const BOT_TOKENS = 200;
const botToken = (n: number): string => `xoxb-${n}`;
const personToken = (id: string): string => `xoxp-${id}`;

/** The emulator names its team itself and draws other ids at random. Ours are fixed, so every text that passes is renamed. */
function renamer(names: Map<string, string>): (text: string) => string {
  const pattern = new RegExp([...names.keys()].sort((a, b) => b.length - a.length).join('|'), 'g');
  return (text) => text.replace(pattern, (name) => names.get(name) ?? name);
}

function seedOf(cast: Cast): Json {
  const { app, people, team } = cast;
  const bot = { user: app.botUserId, app_id: app.id, bot_id: app.botId, bot_user_id: app.botUserId, type: 'bot' };
  return {
    team: { name: team.name, domain: team.domain },
    users: people.map((person) => ({ name: person.id, real_name: person.name, email: person.email })),
    oauth_apps: [
      {
        app_id: app.id,
        client_id: app.id,
        client_secret: 'unused',
        name: app.name,
        redirect_uris: [],
        bot_id: app.botId,
        bot_user_id: app.botUserId,
        bot_name: app.name,
      },
    ],
    tokens: [
      ...Array.from({ length: BOT_TOKENS }, (_, n) => ({ ...bot, token: botToken(n) })),
      ...people.map((person) => ({ token: personToken(person.id), user: person.id, type: 'user' })),
    ],
  };
}

type Raw = (method: string, args: Json, token: string) => Promise<Json>;

/** Puts the people into their channels and returns our id → the emulator's id for everybody and everything. */
async function settle(raw: Raw, cast: Cast): Promise<Map<string, string>> {
  const names = new Map([[cast.team.id, 'T000000001']]);
  const users = listOf((await raw('users.list', { limit: 1000 }, botToken(0))).members);
  for (const { id } of cast.people) names.set(id, textOf(users.find((user) => user.name === id)?.id));
  for (const channel of cast.channels) {
    const members = channel.members.map((id) => ({ token: personToken(id), id: names.get(id) ?? id }));
    const [creator, ...others] = channel.bot ? [{ token: botToken(0), id: cast.app.botUserId }, ...members] : members;
    if (!creator) throw new Error(`#${channel.name} needs a member`);
    const created = await raw('conversations.create', { name: channel.name, is_private: channel.kind === 'private' }, creator.token);
    const id = textOf(jsonOf(created.channel).id) || (await takeExisting(raw, channel.name, creator.token));
    for (const { id: user } of others) await raw('conversations.invite', { channel: id, users: user }, creator.token);
    names.set(channel.id, id);
  }
  return names;
}

/** #general is there from the start. */
async function takeExisting(raw: Raw, name: string, token: string): Promise<string> {
  const channels = listOf((await raw('conversations.list', { limit: 1000 }, token)).channels);
  const id = textOf(channels.find((channel) => channel.name === name)?.id);
  await raw('conversations.join', { channel: id }, token);
  return id;
}

/** Starts the emulator with the cast in it. `publicUrl` is the address its links are given. */
export async function startEmulator(cast: Cast, publicUrl: string): Promise<Emulator> {
  const server = await createEmulator({ service: 'slack', port: 0, seed: { slack: seedOf(cast) } });
  const address = `http://127.0.0.1:${new URL(server.url).port}`;
  const post = (method: string, token: string, body: string) =>
    fetch(`${address}/api/${method}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    });
  const raw: Raw = async (method, args, token) => jsonOf(await (await post(method, token, JSON.stringify(args))).json());

  const names = await settle(raw, cast);
  const gone = new Map<string, string>();
  const outwards = () => renamer(new Map([...gone, ...names]));
  const inwards = () =>
    renamer(new Map([[server.url, publicUrl], ...[...names].map(([ours, theirs]): [string, string] => [theirs, ours])]));
  let toEmulator = outwards();
  let fromEmulator = inwards();
  let calls = 0;
  const tokenOf = (as?: string) => (as ? personToken(as) : botToken(calls++ % BOT_TOKENS));
  return {
    async call(method, args, as) {
      const response = await post(method, tokenOf(as), toEmulator(JSON.stringify(args)));
      if (response.status === 404) return { ok: false, error: 'unknown_method', req_method: method };
      return jsonOf(JSON.parse(fromEmulator(await response.text())));
    },
    fetch: (path, init, as) => fetch(address + path, { ...init, headers: { ...init.headers, authorization: `Bearer ${tokenOf(as)}` } }),
    rename(from, to) {
      names.set(to, names.get(from) ?? from);
      names.delete(from);
      gone.set(from, `${from}GONE`);
      toEmulator = outwards();
      fromEmulator = inwards();
    },
    close: () => server.close(),
  };
}
