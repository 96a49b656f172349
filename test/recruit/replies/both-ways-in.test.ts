import { describe, expect, test } from 'vitest';
import { readMailboxJob } from '../../../jobs/recruit/read-mailbox.ts';
import { keysOfAddress } from '../../../src/programme/suppression/suppression.ts';
import { findSuppression } from '../../../src/programme/suppression/suppression-repository.ts';
import { listReplies } from '../../../src/recruit/replies/reply-repository.ts';
import { takeMail } from '../../../src/recruit/replies/take-mail.ts';
import { ANA, PARTNERSHIPS } from '../../sandbox/cast.ts';
import { HOME } from '../../support/builders.ts';
import { hasDovecot, startDovecot } from '../../support/dovecot.ts';
import { anAnswer } from '../../support/mails.ts';
import { useMongo } from '../../support/mongo.ts';
import { startProduct } from '../../support/product.ts';
import { aSentDraft } from '../../support/sent.ts';

const { uri } = useMongo();

(hasDovecot() ? describe : describe.skip)('the whole product with a real IMAP server', () => {
  test('two processes read the mailbox while the same mail comes by the other way: one reply, one card, silence at once', async () => {
    const server = await startDovecot();
    const [product, other] = await Promise.all([
      startProduct(uri, { env: { IMAP_URL: server.url } }),
      startProduct(uri, { env: { IMAP_URL: server.url }, workers: false }),
    ]);
    try {
      const draft = await aSentDraft();
      const mail = anAnswer(draft.messageId, 'Please stop.');
      await server.deliver(mail);
      const now = () => new Date();
      await Promise.all([
        readMailboxJob.run({}, product.deps),
        readMailboxJob.run({}, other.deps),
        takeMail(mail, now(), now, () => undefined),
      ]);
      await readMailboxJob.run({}, product.deps);
      expect(await listReplies(HOME, draft.threadId)).toMatchObject([{ kind: 'opt-out' }]);
      expect(await findSuppression(HOME, keysOfAddress('dana@peatworks.example'))).toMatchObject({ reason: 'opt-out', via: 'reply' });
      const cards = () =>
        product.sandbox
          .messages({ as: ANA, channel: PARTNERSHIPS })
          .filter(({ blocks }) => JSON.stringify(blocks).includes('They get nothing more from us'));
      await product.sandbox.waitFor(() => cards().length > 0);
      expect(cards()).toHaveLength(1);
    } finally {
      await Promise.all([product.stop(), other.stop()]);
      await server.stop();
    }
  });
});
