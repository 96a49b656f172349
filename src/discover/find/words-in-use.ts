import { type OnFile, rankCandidates } from '../digest/rank-candidates.ts';
import { type Judge, speaksOfForms } from './judge-facts.ts';
import type { Part, Request } from './request.ts';
import { isPlainWord, type Token, tokensOf } from './request-tokens.ts';
import { nearestWord } from './suggest-words.ts';

/** So many words in no list are looked up. */
const MOST_TRIED = 5;

/** The request with those of its words in no list demanded that a company uses which meets all the rest: “hubspot” in “hubspot agencies”. */
export async function withWordsInUse(workspaceId: string, request: Request, judges: readonly Judge[], now: Date): Promise<Request> {
  const tokens = tokensOf(request.words.join(' '));
  const tried = request.left.filter((index) => isPlainWord(tokens[index])).slice(0, MOST_TRIED);
  if (tried.length === 0) return request;
  const words = tried.map((index) => ({ index, part: namedBy(tokens[index], index), isUsed: false }));
  const tests = words.map((word) => ({ word, judge: speaksOfForms(word.part.said) }));
  await eachOnFile(workspaceId, now, ({ reading, decision }, isGated) => {
    if (isGated || decision?.kind === 'not-fit' || !judges.every((judge) => judge(reading).state === 'met')) return;
    for (const { word, judge } of tests) word.isUsed ||= judge(reading).state === 'met';
  });
  const used = words.filter(({ isUsed }) => isUsed);
  const left = request.left.filter((index) => !used.some((word) => word.index === index));
  return { ...request, parts: [...request.parts, ...used.map(({ part }) => part)], left };
}

/** For each word of the request that nobody is known to use, the nearest with which companies say what they are, the most common first. A name
 *  counts where nothing was found by it. */
export async function nearInList(
  workspaceId: string,
  { words, parts, left }: Request,
  { isFound, now }: { isFound: boolean; now: Date },
): Promise<ReadonlyMap<string, string>> {
  const tokens = tokensOf(words.join(' '));
  const named = isFound ? [] : parts.flatMap((part) => (part.kind === 'name' && part.forms ? part.at : []));
  const typed = [...left, ...named]
    .flatMap((index) => (isPlainWord(tokens[index]) ? (tokens[index]?.bare ?? []) : []))
    .slice(0, MOST_TRIED);
  const near = new Map<string, string>();
  if (typed.length === 0) return near;
  const counts = new Map<string, number>();
  await eachOnFile(workspaceId, now, ({ reading: { text } }, isGated) => {
    if (isGated) return;
    for (const [word] of text.slice(0, text.indexOf('\n')).matchAll(/\p{L}{4,}/gu)) {
      // People seldom mistype the first letter.
      if (typed.some((one) => one[0] === word[0] && Math.abs(one.length - word.length) <= 2)) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  });
  const known = [...counts].sort((a, b) => b[1] - a[1]).map(([word]) => word);
  for (const word of typed) {
    const nearest = nearestWord(word, known);
    if (nearest) near.set(word, nearest);
  }
  return near;
}

function namedBy(token: Token | undefined, index: number): Part {
  const { word = '', bare = '' } = token ?? {};
  return { kind: 'name', name: bare, forms: true, at: [index], said: word, not: false, and: false };
}

/** Shows every company to `see`, in turns, and ranks none. */
async function eachOnFile(workspaceId: string, now: Date, see: (company: OnFile, isGated: boolean) => void): Promise<void> {
  const include = (company: OnFile, isGated: boolean) => {
    see(company, isGated);
    return false;
  };
  await rankCandidates(workspaceId, { top: 0, now, include });
}
