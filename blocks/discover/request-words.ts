import type { Demand, Part, Request, Topic } from '../../src/discover/find/request.ts';
import type { PartnerType } from '../../src/programme/setup/programme.ts';
import { escapedTo } from '../mrkdwn.ts';
import { count, PARTNERS_WORDS } from '../words.ts';
import { AREA_WORDS, SEGMENT_WORDS } from './vocabulary.ts';

const LONGEST_PART = 80;

const MANY: Record<PartnerType, string> = { ...PARTNERS_WORDS, technology: 'companies with a product of their own' };

/** What was understood, each with the words it was understood from where they say it differently; and what was not. */
export function understoodWords({ parts, left, words }: Request, notOnFile: readonly string[]): string {
  const used = parts.filter((part) => part.kind !== 'like' || !notOnFile.includes(part.name)).map(understoodPart);
  const unused = [...left.map((index) => words[index] ?? ''), ...notOnFile].map((word) => `“${escapedTo(word, 40)}”`);
  const lines = [`*I understood:* ${used.length > 0 ? used.join(' · ') : 'nothing I can look for'}`];
  if (left.length > 0)
    lines.push(`${unused.slice(0, left.length).join(', ')} I did not use. Put a word in quotation marks to look for it as it stands.`);
  if (notOnFile.length > 0)
    lines.push(`${unused.slice(left.length).join(', ')} is not on file, so I cannot say which companies are like it.`);
  return lines.join('\n');
}

function understoodPart(part: Part): string {
  const words = `${part.not ? 'not ' : ''}${partWords(part)}`;
  return words.toLowerCase().includes(escapedTo(part.said.toLowerCase(), LONGEST_PART))
    ? words
    : `${words} (“${escapedTo(part.said, LONGEST_PART)}”)`;
}

export function demandWords({ not, parts }: Demand): string {
  return `${not ? 'not ' : ''}${[...new Set(parts.map(partWords))].join(' or ')}`;
}

function partWords(part: Part): string {
  switch (part.kind) {
    case 'role': {
      const [only, ...more] = part.areas;
      const work = only && more.length === 0 ? AREA_WORDS[only] : MANY[part.type];
      const about = topicNames(part.about);
      return about ? `${work}, about ${about}` : work;
    }
    case 'area':
    case 'customers':
      return part.narrow ? `speaks of “${escapedTo(part.said, LONGEST_PART)}” or the like` : topicNames(part);
    case 'place':
      if (!part.geography) {
        const country = part.within?.places[0]?.country;
        return `in “${escapedTo(part.name, LONGEST_PART)}”${country ? ` (${country})` : ''}`;
      }
      return (
        [...(part.geography.places.length > 0 ? part.geography.places.map(({ country }) => country) : part.geography.regions)].join(
          ' or ',
        ) || 'anywhere'
      );
    case 'size':
      return sizeWords(part);
    case 'name':
      return `speaks of “${escapedTo(part.name, LONGEST_PART)}”${part.forms ? ' or the like' : ''}`;
    case 'like':
      return `like ${escapedTo(part.name, LONGEST_PART)}`;
  }
}

function topicNames({ areas, segments }: Topic): string {
  const names = segments.length > 0 ? segments.map((id) => SEGMENT_WORDS[id]) : areas.map((id) => AREA_WORDS[id]);
  return names.join(' or ');
}

function sizeWords({ min, max }: { min: number; max: number }): string {
  if (max === Number.POSITIVE_INFINITY) return `${count(min, 'person', 'people')} or more`;
  return min <= 1 ? `up to ${count(max, 'person', 'people')}` : `${min.toLocaleString('en-GB')}–${count(max, 'person', 'people')}`;
}
