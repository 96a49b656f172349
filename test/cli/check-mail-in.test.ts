import { describe, expect, test } from 'vitest';
import { checkMailIn } from '../../src/cli/doctor.ts';
import { readConfig } from '../../src/config.ts';
import { hasDovecot, startDovecot } from '../support/dovecot.ts';
import { aMail } from '../support/mails.ts';

(hasDovecot() ? describe : describe.skip)('a real IMAP server', () => {
  test('that opens the mailbox, and that refuses the password', async () => {
    const server = await startDovecot();
    try {
      await server.deliver(aMail('Hello'));
      expect(await checkMailIn(readConfig({ IMAP_URL: server.url }))).toEqual({
        name: 'mail in',
        ok: true,
        words: '127.0.0.1 opens the mailbox, 1 mails in it',
      });
      const refused = await checkMailIn(readConfig({ IMAP_URL: server.url.replace(/:[^:@]+@/, ':not-it@') }));
      expect(refused).toMatchObject({ ok: false, words: expect.stringContaining('Authentication failed') });
      expect(refused.words).not.toContain('not-it');
    } finally {
      await server.stop();
    }
  });
});
