import { createTransport } from 'nodemailer';
import { describe, expect, test } from 'vitest';
import { useStage } from './stage.ts';

const stage = useStage();

describe('mail trouble', () => {
  const send = () => {
    const { port, hostname } = new URL(stage.sandbox.smtpUrl);
    const transport = createTransport({ host: hostname, port: Number(port) });
    return transport.sendMail({ from: 'a@larkspur.example', to: 'b@acme.example', subject: 'S', text: 'T' });
  };

  test('a refused recipient, once', async () => {
    stage.sandbox.mailTrouble.rejectRecipient = true;
    await expect(send()).rejects.toMatchObject({ responseCode: 550 });
    await send();
    expect(stage.sandbox.mail).toHaveLength(1);
  });

  test('try again later', async () => {
    stage.sandbox.mailTrouble.tryLater = true;
    await expect(send()).rejects.toMatchObject({ responseCode: 451 });
    expect(stage.sandbox.mail).toEqual([]);
  });

  test('the mail is taken but the connection drops before the sender hears of it', async () => {
    stage.sandbox.mailTrouble.dropAfterData = true;
    await expect(send()).rejects.toThrow();
    expect(stage.sandbox.mail).toHaveLength(1);
  });
});
