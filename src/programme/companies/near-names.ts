import { eachNamed, type Named } from './company-repository.ts';

/** Names less alike than this are other names. */
const LEAST = 0.35;

/** Companies whose name or domain is spelled most like `text`, the likest first: by the share of letter pairs in common (Dice). */
export async function findNearNames(
  workspaceId: string,
  text: string,
  limit: number,
  isShown: (company: Named) => boolean,
): Promise<Named[]> {
  const wanted = pairsOf(text);
  if (wanted.size === 0) return [];
  let near: { company: Named; likeness: number }[] = [];
  for await (const page of eachNamed(workspaceId)) {
    for (const company of page) {
      const spellings = [company.name, company.domain.replace(/\.[^.]+$/, ''), ...company.aliases];
      const likeness = Math.max(...spellings.map((spelling) => dice(wanted, pairsOf(spelling))));
      if (likeness >= LEAST && isShown(company)) near.push({ company, likeness });
    }
    near = near.sort((a, b) => b.likeness - a.likeness).slice(0, limit);
  }
  return near.map(({ company }) => company);
}

function pairsOf(text: string): Set<string> {
  const letters = text
    .slice(0, 200)
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '');
  // The first and the last letter count once more, with the edge beside them.
  return new Set(Array.from(letters === '' ? [] : ` ${letters}`, (_, at) => ` ${letters} `.slice(at, at + 2)));
}

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0;
  for (const pair of b) if (a.has(pair)) both++;
  return (2 * both) / Math.max(1, a.size + b.size);
}
