import type { WebClient } from '@slack/web-api';
import { paidNews, STATEMENT_SENT, takenBackNews } from '../../../blocks/measure/payout-news.ts';
import { Refusal } from '../../errors.ts';
import { dayIn } from '../../measure/ledger/record-revenue.ts';
import type { Payout, Statement } from '../../measure/payouts/payout.ts';
import { claimFiledStatement } from '../../measure/payouts/payout-repository.ts';
import { findPartnerNow } from '../../onboard/partners/merge-partners.ts';
import type { Partner } from '../../onboard/partners/partner.ts';
import { moneyWords } from '../../platform/money.ts';
import { demandAudience } from '../audience.ts';
import { type TellTools, tellPartner, toldBy } from '../manage/tell-partner.ts';
import { findPost } from '../post-repository.ts';
import { slackRefusal } from '../slack-refusal.ts';
import { statementFiles } from './payout-files.ts';

/** Tells one partner once that it was paid, with its statement where Slack takes files; when that is taken back, whoever was told hears so too. A partner that is
 *  on file no longer is told nothing. Throws what `tellPartner` throws. */
export async function tellPaid(client: WebClient, payout: Payout, statement: Statement, tools: TellTools): Promise<void> {
  const { workspaceId, id, currency, paid, takenBack, reference } = payout;
  const partner = await findPartnerNow(workspaceId, statement.partnerId);
  if (!paid || !partner) return;
  const key = `payout:${id}:${statement.partnerId}`;
  const isBack = takenBack !== null;
  if (isBack && !(await toldBy(workspaceId, key))) return;
  const sum = moneyWords({ minor: statement.payoutMinor, currency });
  const told = { partnerId: partner.id, sum, at: paid.at, reference };
  const message = isBack ? takenBackNews(told) : paidNews(told);
  const day = await dayIn(workspaceId, paid.at);
  const values = (url: string) => ({ url, partner: partner.name, sum, day, reference, isBack });
  const news = {
    title: message.title,
    render: async () => message,
    mail: { template: 'payout', values },
    by: '',
    object: 'statement',
  } as const;
  const isTold = await tellPartner(client, partner, { ...news, key: isBack ? `${key}:back` : key }, tools);
  if (!isTold)
    tools.log.warn({ workspace: workspaceId, payout: id, partner: partner.id }, 'no channel and no mail reaches a partner that was paid');
  if (!isBack) await fileStatement(client, payout, { statement, partner, key }, tools);
}

/** Puts the statement into the thread of the news. Slack cannot be asked to take a file only once: when the process dies with it on the line, it is not sent again;
 *  the team can send it from the payout. */
async function fileStatement(
  client: WebClient,
  payout: Payout,
  { statement, partner, key }: { statement: Statement; partner: Partner; key: string },
  { log }: TellTools,
): Promise<void> {
  const { workspaceId, id } = payout;
  const place = await findPost(workspaceId, key);
  if (!place || place.channel !== partner.channel) return;
  try {
    const shown = { object: 'statement', partnerId: partner.id } as const;
    await demandAudience(client, workspaceId, { kind: 'partner-channel', channel: place.channel, shown });
    const [pdf] = await statementFiles(payout, statement.partnerId);
    if (!pdf || !(await claimFiledStatement(workspaceId, id, statement.partnerId))) return;
    const file = { filename: pdf.name, file: Buffer.from(pdf.content), initial_comment: STATEMENT_SENT };
    await client.files.uploadV2({ channel_id: place.channel, thread_ts: place.ts, ...file });
  } catch (error) {
    const code = error instanceof Refusal ? error.code : slackRefusal(error);
    if (!code) throw error;
    log.warn({ workspace: workspaceId, payout: id, partner: partner.id, code }, 'a statement was not put into the channel of its partner');
  }
}
