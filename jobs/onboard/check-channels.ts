import { listChannelsDue } from '../../src/onboard/channels/channel-repository.ts';
import { defineSweep } from '../job.ts';
import { checkChannelJob } from './check-channel.ts';

/** Looks at each partner's channel once a day: Slack promises no event. */
export const checkChannels = defineSweep({
  name: 'check-channels',
  every: '1 hour',
  find: listChannelsDue,
  act: ({ workspaceId, id: partnerId }, { enqueue }) => enqueue(checkChannelJob, { workspaceId, partnerId }),
});
