import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ANA, EXT_QUILLMONT, MIA, MILO, PARTNERSHIPS, PIA } from './cast.ts';
import { type Sandbox, startSandbox } from './server.ts';
import { form, startTinyApp, type TinyApp } from './tiny-app.ts';

let sandbox: Sandbox;
let tiny: TinyApp;

beforeAll(async () => {
  sandbox = await startSandbox();
  tiny = await startTinyApp(sandbox.apiUrl);
  sandbox.setAppUrl(tiny.url);
  const { app } = tiny;
  app.command('/partners', async ({ ack, command, client, respond }) => {
    await ack();
    if (command.text === 'card') {
      const button = { type: 'button' as const, action_id: 'open', value: 'acme', text: { type: 'plain_text' as const, text: 'Open' } };
      await client.chat.postMessage({ channel: command.channel_id, text: 'Card', blocks: [{ type: 'actions', elements: [button] }] });
    } else await respond(`You said ${command.text}`);
  });
  app.action('open', async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const { view } = await client.views.open({ trigger_id: body.trigger_id, view: form('Loading') });
    await client.views.update({ view_id: view?.id ?? '', hash: view?.hash ?? '', view: form('Acme') });
  });
  app.view('form', async ({ ack, view, client, body }) => {
    const company = view.state.values.company?.company?.value ?? '';
    if (company === 'bad') return ack({ response_action: 'errors', errors: { company: 'Not that one.' } });
    if (company === 'more') return ack({ response_action: 'push', view: form('Second') });
    await ack();
    await client.chat.postEphemeral({ channel: PARTNERSHIPS, user: body.user.id, text: `Saved ${company}` });
  });
});

afterAll(async () => {
  await tiny.close();
  await sandbox.close();
});

describe('a whole scene', () => {
  test('a command is answered to the one who asked', async () => {
    expect(await sandbox.as(MILO).command(PARTNERSHIPS, '/partners hello @ana.alder #general')).toEqual({ ok: true });
    const message = await sandbox.waitFor(() => sandbox.messages({ as: MILO, channel: PARTNERSHIPS }).at(-1));
    expect(message).toMatchObject({ text: 'You said hello <@U0ANAALDER|ana.alder> <#C0GENERAL1|general>', onlyFor: MILO });
    expect(sandbox.messages({ as: ANA, channel: PARTNERSHIPS })).toEqual([]);
  });

  test('card, click, form, errors beside the field, submit, ephemeral', async () => {
    await sandbox.as(MILO).command(PARTNERSHIPS, '/partners card');
    const card = await sandbox.waitFor(() => sandbox.messages({ as: MIA, channel: PARTNERSHIPS }).find(({ text }) => text === 'Card'));
    expect(await sandbox.as(MIA).click(card, 'open')).toEqual({ ok: true });
    const modal = await sandbox.waitFor(() => sandbox.modal(MIA));
    await sandbox.waitFor(() => JSON.stringify(sandbox.modal(MIA)).includes('Acme'));
    expect(sandbox.modal(MILO)).toBeNull();
    expect(await sandbox.as(MIA).submit(modal, {})).toEqual({ ok: false, errors: { company: 'Please complete this required field.' } });
    expect(await sandbox.as(MIA).submit(modal, { company: 'bad' })).toEqual({ ok: false, errors: { company: 'Not that one.' } });
    expect(await sandbox.as(MIA).submit(modal, { company: 'more' })).toEqual({ ok: true });
    const second = await sandbox.waitFor(() => sandbox.modal(MIA));
    expect(await sandbox.as(MIA).submit(second, { company: 'Acme', kind: 'agency' })).toEqual({ ok: true });
    await sandbox.waitFor(() => sandbox.messages({ as: MIA }).find(({ text }) => text === 'Saved Acme'));
    expect(sandbox.state(MIA).modals.map(({ id }) => id)).toEqual([modal.id]);
    expect(sandbox.messages({ as: ANA }).map(({ text }) => text)).not.toContain('Saved Acme');
  });

  test('a mail is kept and shown to the home team only', async () => {
    const { port, hostname } = new URL(sandbox.smtpUrl);
    const transport = createTransport({ host: hostname, port: Number(port) });
    await transport.sendMail({ from: 'milo@larkspur.example', to: 'pia@quillmont.example', subject: 'Hi', text: 'Body' });
    transport.close();
    expect(sandbox.mail[0]).toMatchObject({ to: 'pia@quillmont.example', subject: 'Hi', text: 'Body' });
    expect(sandbox.state(ANA).mail).toHaveLength(1);
    expect(sandbox.state(PIA).mail).toEqual([]);
  });

  test('a partner’s person cannot use commands', async () => {
    const before = tiny.seen.length;
    const answer = await sandbox.as(PIA).command(EXT_QUILLMONT, '/partners help');
    expect(answer).toMatchObject({ ok: false, error: expect.stringContaining('/partners is not a valid command') });
    expect(tiny.seen).toHaveLength(before);
  });
});
