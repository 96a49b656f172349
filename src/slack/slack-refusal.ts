import { WebAPIPlatformError } from '@slack/web-api';

/** The code with which Slack itself said no, such as `channel_not_found`; null for a broken line, a time-out or anything else. */
export function slackRefusal(error: unknown): string | null {
  return error instanceof WebAPIPlatformError ? error.data.error : null;
}
