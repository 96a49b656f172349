import type { BenchRow } from './bench-row.ts';
import { listReaders } from './hostile-lists.ts';
import { mailReaders } from './hostile-mail.ts';
import { turnsOf } from './longest-turn.ts';

const SIZES = [10_000, 100_000, 1_000_000];
const GROWTH_GOAL = 12;
const TURN_GOAL_MS = 50;
/** Whatever takes less is as good as nothing: the clock and the collector of garbage would be measured instead. */
const LEAST_MS = 5;
const TRIES = 3;

/** What those write who want a reader to hang, by name; each is repeated up to a size. */
export const PATTERNS: Record<string, string> = {
  spaces: ' ',
  'line breaks': '\n',
  'blanks and a letter': `${' '.repeat(999)}x`,
  'carriage returns': '\r\n',
  'nested brackets': '[(<{',
  addresses: 'a@',
  quotes: '"',
  'closed quotes': 'a","b\n',
  'quoted lines': '> ',
  replies: 'On 1 Jan wrote:\n',
  attachments: 'begin 644 a\n',
  'one-cell rows': 'x\n',
  commas: ',',
  'less-than signs': '<',
  'unclosed tags': '<a href="',
  'unclosed comments': '<!--',
  'nested elements': '<div>',
  'closing tags': '</p>',
  entities: '&amp;&#x',
  'style rules': '.a{display :',
  agents: 'User-agent: *\n',
  rules: 'Disallow: /*a*a$\n',
  stars: '*a',
  dates: '1 Jan 2027 ',
  'zero-width': '\u200b',
  'names behind “with”': 'integrates with A, ',
  'combining marks': 'e\u0301',
  'half pairs': '\ud83d',
  slashes: 'a/',
  points: 'a.',
  colons: ':1',
};

type Worst = { growth: number; turn: number; growthBy: string; turnBy: string };

/** Every reader of outside text on every pattern in three sizes: the most that ten times the text takes the time of (where ten times is
 *  fair), and the longest turn. What is worst is named on stderr. */
export async function measureHostile(): Promise<BenchRow[]> {
  const readers = { ...listReaders, ...mailReaders };
  const worst: Worst = { growth: 0, turn: 0, growthBy: '', turnBy: '' };
  let measured = 0;
  for (const [reader, read] of Object.entries(readers)) {
    // Compiled, and whatever is loaded with the first text, before it is measured.
    for (const pattern of Object.values(PATTERNS)) await read(textOf(pattern, SIZES[0] ?? 0));
    for (const [name, pattern] of Object.entries(PATTERNS)) {
      await measureOne(worst, `${reader} on ${name}`, read, pattern);
      measured++;
    }
  }
  process.stderr.write(`hostile: grows most: ${worst.growthBy}; longest turn: ${worst.turnBy}\n`);
  const round = (value: number) => Math.round(value * 10) / 10;
  return [
    row({ name: 'hostile', ours: round(worst.growth), goal: GROWTH_GOAL, unit: '× the time for ten times the text', n: measured }),
    row({ name: 'hostile-turn', ours: Math.round(worst.turn), goal: TURN_GOAL_MS, unit: 'ms, longest turn', n: measured }),
  ];
}

async function measureOne(worst: Worst, name: string, read: (text: string) => unknown, pattern: string): Promise<void> {
  let before = 0;
  for (const size of SIZES) {
    const text = textOf(pattern, size);
    const { all, longest } = await bestOf(() => read(text));
    const growth = before === 0 ? 0 : Math.max(all, LEAST_MS) / Math.max(before, LEAST_MS);
    if (growth > worst.growth) Object.assign(worst, { growth, growthBy: `${name}, ${size} characters in ${Math.round(all)} ms` });
    if (longest > worst.turn) Object.assign(worst, { turn: longest, turnBy: `${name}, ${size} characters` });
    before = all;
  }
}

/** The best of a few, so that a moment in which memory was swept counts for nothing; a slow one is not tried again. */
async function bestOf(work: () => unknown): Promise<{ all: number; longest: number }> {
  let best = await turnsOf(work);
  for (let next = 1; next < TRIES && best.all > LEAST_MS && best.all < 2_000; next++) {
    const { all, longest } = await turnsOf(work);
    best = { all: Math.min(best.all, all), longest: Math.min(best.longest, longest) };
  }
  return best;
}

export function textOf(pattern: string, size: number): string {
  const text = pattern.repeat(Math.ceil(size / pattern.length)).slice(0, size);
  // One flat string, as a reader gets it, not the recipe of one.
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

function row({ name, ours, goal, unit, n }: { name: string; ours: number; goal: number; unit: string; n: number }): BenchRow {
  const isHeld = ours <= goal;
  if (!isHeld) process.stderr.write(`${name}: ${ours} is more than ${goal}\n`);
  return { name, ours, peer: null, ratio: null, unit: `${unit}, at most ${goal}`, n };
}
