import { describe, expect, test } from 'vitest';
import { GENERAL, MIA, MILO } from './cast.ts';
import { card, useStage } from './stage.ts';

const stage = useStage();

describe('response_url', () => {
  const use = (url: string, answer: object) => fetch(url, { method: 'POST', body: JSON.stringify(answer) });

  test('five times, private unless asked, then never again', async () => {
    const url = stage.sandbox.responseUrl(GENERAL, MIA);
    await use(url, { text: 'private' });
    await use(url, { text: 'public', response_type: 'in_channel' });
    expect(stage.sandbox.messages({ as: MILO }).map(({ text }) => text)).toEqual(['public']);
    expect(stage.sandbox.messages({ as: MIA }).map(({ text }) => text)).toEqual(['private', 'public']);
    expect((await use(url, { text: 'x', blocks: [{ type: 'nothing' }] })).status).toBe(400);
    await use(url, { text: '4' });
    await use(url, { text: '5' });
    expect((await use(url, { text: '6' })).status).toBe(404);
    expect((await use(`${url}0`, { text: '?' })).status).toBe(404);
    const late = stage.sandbox.responseUrl(GENERAL, MIA);
    stage.sandbox.expireResponseUrls();
    expect((await use(late, { text: 'late' })).status).toBe(404);
  });

  test.each(['channel', 'ephemeral'])('replaces and deletes the message clicked (%s)', async (kind) => {
    stage.tiny.app.action('pick', async ({ ack, respond }) => {
      await ack();
      await respond({ text: 'Chosen', blocks: card('Again'), replace_original: true });
    });
    stage.tiny.app.action('open', async ({ ack, respond }) => {
      await ack();
      await respond({ delete_original: true });
    });
    if (kind === 'channel') await stage.postCard(GENERAL);
    else await stage.tiny.app.client.chat.postEphemeral({ channel: GENERAL, user: MIA, text: 'Card', blocks: card() });
    await stage.sandbox.as(MIA).click(await stage.newest(MIA, GENERAL), 'pick', { value: 'x' });
    const replaced = await stage.sandbox.waitFor(() => stage.sandbox.messages({ as: MIA }).find(({ text }) => text === 'Chosen'));
    expect(stage.sandbox.messages({ as: MIA })).toEqual([replaced]);
    if (kind === 'ephemeral') expect(stage.lastSeen('block_actions')?.body.message).toBeUndefined();
    await stage.sandbox.as(MIA).click(replaced, 'open');
    await stage.sandbox.waitFor(() => stage.sandbox.messages({ as: MIA }).length === 0);
  });

  test('a command may be answered in the response itself', async () => {
    stage.tiny.app.command('/partners', async ({ ack, command }) =>
      command.text === 'all' ? ack({ response_type: 'in_channel', text: 'To all' }) : ack('To you'),
    );
    await stage.sandbox.as(MIA).command(GENERAL, '/partners');
    await stage.sandbox.as(MIA).command(GENERAL, '/partners all');
    expect(stage.sandbox.messages({ as: MILO }).map(({ text }) => text)).toEqual(['To all']);
    expect(stage.sandbox.messages({ as: MIA }).map(({ text }) => text)).toEqual(['To you', 'To all']);
    expect(await stage.sandbox.as(MIA).command(GENERAL, '/other')).toMatchObject({
      ok: false,
      error: expect.stringContaining('/other is not a valid command'),
    });
  });
});
