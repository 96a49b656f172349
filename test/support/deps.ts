import type { Deps } from '../../src/deps.ts';
import { internet } from '../../src/discover/website/network.ts';
import { createLog } from '../../src/log.ts';
import { PERSONAL_DATA } from '../../src/personal-data.ts';
import { AT, mailTools } from './builders.ts';

/** For a job that runs outside of the product: nothing is connected but what is `given`. */
export function someDeps(given: Partial<Deps> = {}): Deps {
  return {
    log: createLog('silent'),
    now: () => AT,
    enqueue: async () => undefined,
    ask: null,
    research: null,
    network: internet,
    mailReady: false,
    ...mailTools(undefined),
    readMailbox: null,
    crm: null,
    linkKey: null,
    dataKeys: [],
    personalData: PERSONAL_DATA,
    slackFor: () => Promise.reject(new Error('this worker has no Slack')),
    ...given,
  };
}
