import type { BenchRow } from './bench-row.ts';
import { listReaders } from './hostile-lists.ts';
import { mailReaders } from './hostile-mail.ts';
import { turnsOf } from './longest-turn.ts';

const SIZES = [10_000, 100_000, 1_000_000];
const GROWTH_GOAL = 12;
const TURN_GOAL_MS = 50;
/** Whatever takes less is as good as nothing: the clock and the collector of garbage would be measured instead. */
const LEAST_MS = 10;
const TRIES = 3;

/** What those write who want a reader to hang, by name; each is repeated up to a size. */
export const PATTERNS: Record<string, string> = {
  spaces: ' ',
  'line breaks': '\n',
  'blanks and a letter': `${' '.repeat(999)}x`,
  'carriage returns': '\r\n',
  'nested brackets': '[(<{',
  addresses: 'a@',
  'addresses in a list': 'a@b.example, ',
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
  'short headers of one name': 'X-A: b\n',
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

/** Tried again where it is over a goal, and the best counts: a moment in which memory was swept says nothing of a reader. */
async function measureOne(worst: Worst, name: string, read: (text: string) => unknown, pattern: string): Promise<void> {
  let before = 0;
  for (const size of SIZES) {
    const text = textOf(pattern, size);
    let [all, longest, growth] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0];
    for (let tried = 0; tried < TRIES && (tried === 0 || growth > GROWTH_GOAL || longest > TURN_GOAL_MS); tried++) {
      const took = await turnsOf(() => read(text));
      [all, longest] = [Math.min(all, took.all), Math.min(longest, took.longest)];
      growth = before === 0 ? 0 : Math.max(all, LEAST_MS) / before;
    }
    if (growth > worst.growth) Object.assign(worst, { growth, growthBy: `${name}, ${size} characters in ${Math.round(all)} ms` });
    if (longest > worst.turn) Object.assign(worst, { turn: longest, turnBy: `${name}, ${size} characters` });
    if (growth > GROWTH_GOAL || longest > TURN_GOAL_MS) tell(name, size, { all, longest, growth });
    before = Math.max(all, LEAST_MS);
  }
}

function tell(name: string, size: number, figures: Record<'all' | 'longest' | 'growth', number>): void {
  const [all, longest, growth] = [figures.all, figures.longest, figures.growth].map((figure) => Math.round(figure));
  process.stderr.write(`hostile: ${name}, ${size} characters: ${all} ms, ${growth} × the smaller one, longest turn ${longest} ms\n`);
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
