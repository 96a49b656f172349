import { WebClient } from '@slack/web-api';
import { afterEach, describe, expect, test } from 'vitest';
import { ANA, MIA, MILO, PIA } from './cast.ts';
import { type Sandbox, startSandbox } from './server.ts';

const open: Sandbox[] = [];

async function start(options: Parameters<typeof startSandbox>[0]) {
  const sandbox = await startSandbox(options);
  open.push(sandbox);
  const client = new WebClient(sandbox.cast.app.botToken, { slackApiUrl: sandbox.apiUrl, retryConfig: { retries: 0 } });
  return { sandbox, client };
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
});

describe('channels nobody invited the bot to', () => {
  const channels = [
    { id: 'C0OPEN0001', name: 'open', kind: 'public' as const, shared: false, members: [ANA, MIA], bot: false },
    { id: 'C0SECRET01', name: 'secret', kind: 'private' as const, shared: false, members: [ANA, MILO], bot: false },
  ];

  test('it cannot post there, and a private one is unknown to it', async () => {
    const { client, sandbox } = await start({ channels });
    await expect(client.chat.postMessage({ channel: 'C0OPEN0001', text: 'T' })).rejects.toThrow('not_in_channel');
    await expect(client.chat.postMessage({ channel: 'C0SECRET01', text: 'T' })).rejects.toThrow('channel_not_found');
    await expect(client.conversations.info({ channel: 'C0SECRET01' })).rejects.toThrow('channel_not_found');
    expect((await client.conversations.list({ types: 'public_channel,private_channel' })).channels?.map(({ name }) => name)).toEqual([
      'open',
    ]);
    await client.conversations.join({ channel: 'C0OPEN0001' });
    expect(await client.chat.postMessage({ channel: 'C0OPEN0001', text: 'T' })).toMatchObject({ ok: true });
    expect(sandbox.state(MILO).messages).toEqual([]);
  });

  test('it does not hear what is said there, and people do', async () => {
    const { sandbox } = await start({ channels, appUrl: 'http://127.0.0.1:9' });
    expect(await sandbox.as(ANA).mention('C0SECRET01', 'hello')).toEqual({ ok: true });
    expect(sandbox.messages({ as: MILO })).toMatchObject([{ text: '<@U0PRTNRBOT> hello' }]);
    expect(sandbox.messages({ as: MIA })).toEqual([]);
  });

  test('a partner’s person who shares no channel with the bot is a stranger to it', async () => {
    const { client, sandbox } = await start({ channels });
    expect((await client.users.info({ user: PIA })).user).toMatchObject({ team_id: 'T0QUILLMNT', is_stranger: true });
    expect(sandbox.state(PIA).channels).toEqual([]);
    expect(await sandbox.as(PIA).dm('hello')).toMatchObject({ ok: false });
    expect(sandbox.state(MIA).channels.map(({ kind }) => kind)).toEqual(['public', 'dm']);
  });
});

test('two sandboxes know nothing of each other', async () => {
  const one = await start({});
  const two = await start({ team: { id: 'T0OTHERONE', name: 'Other', domain: 'other' } });
  await one.client.chat.postMessage({ channel: MIA, text: 'One' });
  expect(two.sandbox.state(MIA).messages).toEqual([]);
  expect(await one.client.auth.test()).toMatchObject({ team_id: 'T0LARKSPUR', team: 'Larkspur' });
  expect(await two.client.auth.test()).toMatchObject({ team_id: 'T0OTHERONE', team: 'Other' });
});
