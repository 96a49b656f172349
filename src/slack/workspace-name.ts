import { WebClient } from '@slack/web-api';

/** The workspace a bot token belongs to, as Slack names it; throws Slack's reason within seconds when it does not work. */
export async function workspaceName(botToken: string, slackApiUrl: string | undefined): Promise<string> {
  const where = slackApiUrl ? { slackApiUrl } : {};
  const { team } = await new WebClient(botToken, { ...where, timeout: 5000, retryConfig: { retries: 0 } }).auth.test();
  return team ?? 'a workspace without a name';
}
