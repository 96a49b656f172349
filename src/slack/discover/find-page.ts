import type { KnownBlock } from '@slack/types';
import { PAGE_SIZE } from '../../../blocks/discover/company-list.ts';
import { findAnswer, findHelp } from '../../../blocks/discover/find-answer.ts';
import { findCompanies } from '../../discover/find/find-companies.ts';
import { LONGEST_REQUEST, understandRequest } from '../../discover/find/understand-request.ts';

/** What `/partners find` answers to `words`; and each further page of it. Refuses `setup-incomplete`. */
export async function findPage(
  workspaceId: string,
  { from, words }: { from: number; words: string },
  now: Date,
): Promise<{ text: string; blocks: KnownBlock[] }> {
  const text = 'Companies you asked for';
  if (words.length > LONGEST_REQUEST) {
    const problem = `That is ${words.length.toLocaleString('en-GB')} characters, and I read up to ${LONGEST_REQUEST}.`;
    return { text, blocks: findHelp(problem) };
  }
  const request = understandRequest(words);
  if (request.parts.length === 0) return { text, blocks: findHelp(words ? 'I found nothing in that to look for.' : '') };
  return { text, blocks: findAnswer(request, await findCompanies(workspaceId, request, { from, count: PAGE_SIZE, now }), { from, words }) };
}
