import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebClient } from '@slack/web-api';
import { afterEach, expect, test } from 'vitest';
import { saveWorkspace } from '../../../src/programme/workspaces/workspace-repository.ts';
import { isFullMember } from '../../../src/slack/actor.ts';
import { AT, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
let close = () => {};
afterEach(() => close());

/** A Slack that says this of everybody, the sandbox has no guests. */
async function slackSaying(user: object | null): Promise<WebClient> {
  const server = createServer((_request, response) => {
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify(user ? { ok: true, user } : { ok: false, error: 'user_not_found' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => server.closeAllConnections() ?? server.close();
  // A TCP server's address is never a pipe's name.
  return new WebClient('xoxb-test', {
    slackApiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    retryConfig: { retries: 0 },
  });
}

test.each<[string, object | null, boolean]>([
  ['a member', { team_id: HOME }, true],
  ['a member of the same organisation', { team_id: 'T0SISTER', enterprise_user: { enterprise_id: 'E0HOME' } }, true],
  ['a guest of several channels', { team_id: HOME, is_restricted: true }, false],
  ['a guest of one channel', { team_id: HOME, is_restricted: true, is_ultra_restricted: true }, false],
  ['a stranger', { team_id: HOME, is_stranger: true }, false],
  ['a bot', { team_id: HOME, is_bot: true }, false],
  ['somebody who has left', { team_id: HOME, deleted: true }, false],
  ['somebody of another workspace', { team_id: 'T0QUILLMNT' }, false],
  ['somebody of another organisation', { team_id: 'T0QUILLMNT', enterprise_user: { enterprise_id: 'E0QUILL' } }, false],
  ['somebody Slack names no team of', {}, false],
  ['somebody Slack does not know', null, false],
])('%s may hold a role: %j → %s', async (name, user, may) => {
  const workspace = {
    id: HOME,
    enterpriseId: 'E0HOME',
    name: 'Larkspur',
    botToken: 'sealed',
    botUserId: 'U0BOT',
    botId: null,
    installedBy: null,
  };
  await saveWorkspace({ ...workspace, installedAt: AT });
  // Slack's word is kept for some minutes: each case is another person.
  expect(await isFullMember(await slackSaying(user), HOME, `U-${name}`)).toBe(may);
});
