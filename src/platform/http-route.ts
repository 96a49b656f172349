import type { IncomingMessage, ServerResponse } from 'node:http';

/** One address that the app answers over HTTP beside Slack's. */
export type Route = {
  /** `:name` stands for any one part, such as `/optout/:token`. */
  path: string;
  method: string[];
  handler: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;
};
