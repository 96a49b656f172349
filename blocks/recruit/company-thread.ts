import type { KnownBlock } from '@slack/types';
import type { Company } from '../../src/programme/companies/company.ts';
import { context, escaped, plain, section } from '../mrkdwn.ts';
import { stageWords } from '../stage-words.ts';

/** The head of a company's own thread in the team channel. */
export function companyThread({ name, domain, stage }: Pick<Company, 'name' | 'domain' | 'stage'>): { text: string; blocks: KnownBlock[] } {
  const text = `Outreach to ${escaped(name)}`;
  return {
    text,
    blocks: [
      section(`:speech_balloon: *${plain(name)}* · ${escaped(domain)}\nDrafts, decisions and replies are in this thread.`),
      ...(stage ? [context(stageWords(stage))] : []),
    ],
  };
}
