import { HTTPReceiver, type HTTPReceiverOptions, type Receiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import { NotTaken } from './answer-everything.ts';
import { type Door, guardSlackRequests, openDoor } from './http-door.ts';
import { createSocketDoor } from './socket-door.ts';

type Slack = { appToken: string | undefined; signingSecret: string; clientOptions: WebClientOptions };

/** How Slack reaches us: by HTTP, or with an app token by Socket Mode; the same listeners behind both, and the same routes beside them. */
export function createReceiver(door: Door, { appToken, signingSecret, clientOptions }: Slack): Receiver {
  const { logger } = door;
  const healthz: Door['routes'][number] = {
    path: '/healthz',
    method: ['GET'],
    handler: (_request, response) => void response.writeHead(200).end('ok'),
  };
  const routes = [...door.routes, healthz];
  if (appToken) return openDoor({ ...door, routes }, null, createSocketDoor({ appToken, clientOptions, logger }));
  // Bolt checks signatures and reads bodies; the server is ours.
  const bolt = new HTTPReceiver({ signingSecret, logger, processEventErrorHandler: answerFailure });
  const idle = async () => {};
  const inner = { init: bolt.init.bind(bolt), start: idle, stop: idle };
  return openDoor({ ...door, routes }, guardSlackRequests(bolt.requestListener), inner);
}

/** True says that Bolt need not answer any more. */
const answerFailure: NonNullable<HTTPReceiverOptions['processEventErrorHandler']> = async ({ error, logger, response }) => {
  logger.warn('a request was not worked off', error);
  if (response.headersSent) return false;
  const status = error instanceof NotTaken ? error.status : 500;
  // What cannot be read now cannot be read in five minutes either.
  response.writeHead(status, status === 400 ? { 'x-slack-no-retry': '1' } : {}).end();
  return true;
};
