import { describe, expect, test } from 'vitest';
import { ANA, EXT_QUILLMONT, GENERAL, MIA, MILO } from './cast.ts';
import { card, useStage } from './stage.ts';

const stage = useStage();

describe('the Web API', () => {
  test('refuses what is over a limit, and says where', async () => {
    const wrong = stage.tiny.app.client.chat.postMessage({ channel: GENERAL, text: 'T', blocks: card('x'.repeat(76)) });
    await expect(wrong).rejects.toMatchObject({
      data: { error: 'invalid_blocks', response_metadata: { messages: [expect.stringContaining('/blocks/0/elements/0/text/text')] } },
    });
    expect(stage.sandbox.state(ANA).messages).toEqual([]);
    expect(stage.sandbox.calls.findLast(({ method }) => method === 'chat.postMessage')).toMatchObject({ response: { ok: false } });
  });

  test('wrong and missing tokens, channels the bot is not in', async () => {
    const { client } = stage.tiny.app;
    await expect(client.auth.test({ token: 'xoxb-0' })).rejects.toThrow('invalid_auth');
    expect(await (await fetch(`${stage.sandbox.apiUrl}auth.test`, { method: 'POST' })).json()).toEqual({ ok: false, error: 'not_authed' });
    expect(await client.auth.test()).toMatchObject({ team_id: 'T0LARKSPUR', user_id: 'U0PRTNRBOT', bot_id: 'B0PARTNERS' });
    await expect(client.chat.postMessage({ channel: 'C0NOWHERE', text: 'T' })).rejects.toThrow('channel_not_found');
    await expect(client.chat.postEphemeral({ channel: EXT_QUILLMONT, user: MIA, text: 'T' })).rejects.toThrow('user_not_in_channel');
  });

  test('a method nobody has', async () => {
    await expect(stage.tiny.app.client.apiCall('constructor')).rejects.toThrow('unknown_method');
    await expect(stage.tiny.app.client.apiCall('chat.nothing')).rejects.toThrow('unknown_method');
  });

  test.each(['users.lookupByEmail', 'conversations.listConnectInvites'])('%s needs a scope the app does not ask for', async (method) => {
    await expect(stage.tiny.app.client.apiCall(method, { email: 'mia.moss@larkspur.example' })).rejects.toThrow('missing_scope');
    expect((await stage.tiny.app.client.users.info({ user: ANA })).user?.profile).not.toHaveProperty('email');
  });

  test('429 on demand, with the time to wait', async () => {
    stage.sandbox.rateLimit('chat.postMessage', 7);
    await expect(stage.postCard(GENERAL)).rejects.toMatchObject({ retryAfter: 7 });
    expect(await stage.tiny.app.client.users.info({ user: ANA })).toMatchObject({ ok: true });
    stage.sandbox.rateLimit('chat.postMessage', 0);
    expect(await stage.postCard(GENERAL)).toMatch(/^\d+\.\d+$/);
  });

  test('updates, threads and links', async () => {
    const { chat } = stage.tiny.app.client;
    const ts = await stage.postCard(GENERAL);
    await chat.postMessage({ channel: GENERAL, thread_ts: ts, text: 'Reply' });
    await chat.update({ channel: GENERAL, ts, text: 'Done' });
    expect(stage.sandbox.messages({ as: MIA, channel: GENERAL })).toMatchObject([
      { ts, text: 'Done', blocks: [], edited: true, threadTs: null },
      { text: 'Reply', threadTs: ts },
    ]);
    const { permalink } = await chat.getPermalink({ channel: GENERAL, message_ts: ts });
    expect(permalink).toBe(`${stage.sandbox.url}/#${GENERAL}/p${ts.replace('.', '')}`);
  });

  test('a direct message by user id, by opening it, and a channel the app makes', async () => {
    const { client } = stage.tiny.app;
    const opened = await client.conversations.open({ users: MIA });
    await client.chat.postMessage({ channel: MIA, text: 'Hello' });
    expect(stage.sandbox.messages({ as: MIA })).toMatchObject([{ channel: opened.channel?.id, text: 'Hello' }]);
    expect(stage.sandbox.messages({ as: ANA })).toEqual([]);
    const made = await client.conversations.create({ name: 'new-one' });
    await client.conversations.invite({ channel: made.channel?.id ?? '', users: MILO });
    expect(stage.sandbox.state(MILO).channels.map(({ name }) => name)).toContain('new-one');
    expect(stage.sandbox.state(MIA).channels.map(({ name }) => name)).not.toContain('new-one');
  });

  test('a file from a form: facts, bytes for the bot’s token only', async () => {
    const bytes = Buffer.from('name,website\nAcmé,acme.example\n');
    const { id } = await stage.sandbox.as(MIA).upload('my companies & more.csv', bytes);
    const { file } = await stage.tiny.app.client.files.info({ file: String(id) });
    expect(file).toMatchObject({ name: 'my companies & more.csv', size: bytes.length, user: MIA });
    const url = file?.url_private_download ?? '';
    expect(url.startsWith(stage.sandbox.url)).toBe(true);
    const withToken = await fetch(url, { headers: { authorization: `Bearer ${stage.sandbox.cast.app.botToken}` } });
    expect(Buffer.from(await withToken.arrayBuffer())).toEqual(bytes);
    expect(await (await fetch(url)).text()).toContain('Sign in');
  });
});
