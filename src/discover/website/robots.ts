import { AGENT } from './fetch-page.ts';

type Rule = { allow: boolean; pattern: string };

/** More of a robots.txt is not read. Source: RFC 9309, 2.5. */
const MAX_TEXT = 500_000;
const MAX_LINES = 20_000;
const MAX_RULES = 2_000;
/** No address is longer, as browsers and servers go. */
const MAX_PATTERN = 2_000;

/** Whether a robots.txt lets us read `path` (with its query): the longest rule that matches decides, and of equals the one that
 *  allows. The rules are those of the groups that name us, else of the groups for everybody. Source: RFC 9309. */
export function mayRead(robots: string, path: string): boolean {
  const wanted = normalised(path);
  const matching = rulesFor(robots).filter(({ pattern }) => matches(pattern, wanted));
  const longest = Math.max(0, ...matching.map(({ pattern }) => pattern.length));
  const deciding = matching.filter(({ pattern }) => pattern.length === longest);
  return deciding.length === 0 || deciding.some(({ allow }) => allow);
}

function rulesFor(robots: string): Rule[] {
  const ours: Rule[] = [];
  const everybodys: Rule[] = [];
  let named = false;
  let groups: Rule[][] = [];
  let inRules = false;
  for (const line of robots.slice(0, MAX_TEXT).split(/\r\n|\r|\n/, MAX_LINES)) {
    const [, key = '', value = ''] = /^\s*([\w-]+)\s*:\s*([^#]*)/.exec(line) ?? [];
    const field = key.toLowerCase();
    if (field === 'user-agent') {
      if (inRules) groups = [];
      inRules = false;
      const agent = value.trim().toLowerCase().split('/')[0] ?? '';
      if (agent === AGENT.toLowerCase()) {
        named = true;
        groups.push(ours);
      } else if (agent === '*') groups.push(everybodys);
    } else if (field === 'allow' || field === 'disallow') {
      inRules = true;
      // An empty rule forbids nothing; what is too long forbids by its beginning, and allows nothing.
      const rule = value.trim();
      if (field === 'allow' && rule.length > MAX_PATTERN) continue;
      const pattern = normalised(rule.slice(0, MAX_PATTERN));
      if (pattern !== '') for (const group of groups) if (group.length < MAX_RULES) group.push({ allow: field === 'allow', pattern });
    }
  }
  return named ? ours : everybodys;
}

/** Percent-encoding in one spelling, so that `/%7Ejoe` and `/~joe` are one path. */
function normalised(path: string): string {
  return path.replace(/%([0-9a-f]{2})|[^\x21-\x7e]+/gi, (part, hex: string | undefined) => {
    if (hex === undefined) return encodeURIComponent(part.replace(/\p{Cs}/gu, ''));
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return /[\w.~-]/.test(character) ? character : part.toUpperCase();
  });
}

/** `*` stands for anything, `$` at the end for the end; without it a pattern is a beginning. Takes time in proportion to both
 *  lengths at worst, whatever the stars. */
function matches(pattern: string, path: string): boolean {
  const anchored = pattern.endsWith('$');
  const parts = (anchored ? pattern.slice(0, -1) : pattern).split('*');
  const [first = '', ...rest] = parts;
  if (!path.startsWith(first)) return false;
  const last = anchored ? rest.pop() : undefined;
  let at = first.length;
  for (const part of rest) {
    const found = path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  if (!anchored) return true;
  return last === undefined ? at === path.length : path.length - last.length >= at && path.endsWith(last);
}
