import EmailReplyParser from 'email-reply-parser';

/** Characters and lines' lengths that the library reads: its patterns take far longer for more. */
const MOST_READ = 8000;
const LONGEST_LINE = 200;

/** Lines that programs write above what they quote are told by their form, whatever their language: a ruler, perhaps with words in it; an
 *  address or a moment before a colon; the first lines of a head, of which one has a moment. */
const RULER = /^(?:_{20,}|[-–—]{2,}\s?(?:\S.{0,100}\S\s?[-–—]{2,}))$/u;
const INTRODUCTION = /^(?=.*(?:\d|@)).{4,400}[:：]$/u;
const SAYS_WHO = /<[^<>\s]+@[^<>\s]+>|\b20\d\d\b.*\d{1,2}[:.]\d\d\b/u;
const HEAD_LINE = /^\*?\p{L}[\p{L} ]{0,20}\s?:\*?\s?\S/u;
const MOMENT = /\b20\d\d\b.*\b\d{1,2}[:.]\d\d\b/u;
/** Source: RFC 3676, section 4.3; the others are what people and programs write instead. */
const SIGNATURE = /^(?:--|—|–) ?$/;

type Kind = 'new' | 'signature' | 'quoted';

/** `text`: what somebody wrote now, `quoted`: what is repeated of earlier mails; together they hold every line of the mail. Lines with `>` are
 *  quoted wherever they stand: what is written between them is new. `said` is the text without signatures and lines of programs. */
export function splitQuoted(mail: string): { text: string; said: string; quoted: string } {
  const lines = mail.replace(/\r\n?/g, '\n').split('\n');
  const kinds = withForms(lines, byLibrary(lines));
  const partOf = (...wanted: Kind[]) => trimLines(lines.filter((_, at) => wanted.includes(kinds[at] ?? 'new')));
  return { text: partOf('new', 'signature'), said: partOf('new'), quoted: partOf('quoted') };
}

/** The new part up to a marked signature: words under one decide nothing. */
export function withoutSignature(text: string): string {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => SIGNATURE.test(line));
  return at < 0 ? text : lines.slice(0, at).join('\n').trim();
}

/** What the library says of each line. It reads short lines with single blanks and without gaps, and joins and trims some of them; their
 *  letters stay in their order, so each line is found again by counting. */
function byLibrary(lines: readonly string[]): Kind[] {
  const { read, until } = sketchOf(lines);
  const fragments = new EmailReplyParser().read(read.map(({ line }) => line).join('\n')).getFragments();
  const kinds = new Map<number, Kind>();
  let at = 0;
  let left = lettersIn(fragments[0]?.getContent() ?? '');
  for (const { line, index } of read) {
    while (left <= 0 && at + 1 < fragments.length) left = lettersIn(fragments[++at]?.getContent() ?? '');
    const fragment = fragments[at];
    kinds.set(index, fragment?.isQuoted() ? 'quoted' : fragment?.isSignature() ? 'signature' : 'new');
    left -= lettersIn(line);
  }
  const rest = kinds.get(read.at(-1)?.index ?? -1) ?? 'new';
  let last: Kind = 'new';
  return lines.map((_, index) => {
    last = kinds.get(index) ?? (index >= until ? rest : last);
    return last;
  });
}

function sketchOf(lines: readonly string[]): { read: { line: string; index: number }[]; until: number } {
  const read: { line: string; index: number }[] = [];
  let size = 0;
  for (const [index, whole] of lines.entries()) {
    // A `$` would be taken for a place to put in what was found.
    const line = whole
      .slice(0, 2 * LONGEST_LINE)
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, LONGEST_LINE)
      .replaceAll('$', 'S');
    size += line.length + 1;
    if (size > MOST_READ) return { read, until: index };
    if (line || read.at(-1)?.line) read.push({ line, index });
  }
  return { read, until: lines.length };
}

function lettersIn(text: string): number {
  return text.replace(/\s/g, '').length;
}

function withForms(lines: readonly string[], known: readonly Kind[]): Kind[] {
  const kinds: Kind[] = [];
  let below: 'quoted' | 'signature' | null = null;
  for (const [at, whole] of lines.entries()) {
    const line = whole.slice(0, LONGEST_LINE + 50).trim();
    if (kinds[at]) continue;
    if (line.startsWith('>')) kinds[at] = 'quoted';
    else if (below === 'quoted') kinds[at] = 'quoted';
    else if (SIGNATURE.test(line)) below = kinds[at] = 'signature';
    else {
      const length = introductionAt(lines, at);
      for (let more = 0; more < length; more++) kinds[at + more] = 'quoted';
      if (length > 0) below = isMarked(lines, at + length) ? null : 'quoted';
      else kinds[at] = below ?? known[at] ?? 'new';
    }
  }
  return kinds;
}

/** Lines that introduce what is quoted below: one, or two or three where a program broke them; 0 for none. */
function introductionAt(lines: readonly string[], at: number): number {
  const [line = '', ...next] = lines.slice(at, at + 6).map((one) => one.slice(0, LONGEST_LINE + 50).trim());
  if (!line) return 0;
  if (RULER.test(line)) return 1;
  const isHead =
    HEAD_LINE.test(line) && next.slice(0, 2).every((one) => HEAD_LINE.test(one)) && [line, ...next].some((one) => MOMENT.test(one));
  if (isHead) return 1;
  for (const length of [1, 2, 3]) {
    const words = [line, ...next].slice(0, length).join(' ');
    if (length > 1 && !next[length - 2]) return 0;
    if (INTRODUCTION.test(words) && (isMarked(lines, at + length) || SAYS_WHO.test(words))) return length;
  }
  return 0;
}

/** Whether the next line with words is marked as quoted: then the unmarked ones below it are new. */
function isMarked(lines: readonly string[], from: number): boolean {
  let at = from;
  while (at < lines.length && at < from + 3 && !lines[at]?.trim()) at++;
  return /^\s{0,9}>/.test(lines[at] ?? '');
}

function trimLines(lines: readonly string[]): string {
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
