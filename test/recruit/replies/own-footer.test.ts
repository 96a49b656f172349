import { expect, test } from 'vitest';
import { footerAndNotice } from '../../../src/recruit/outreach/footer.ts';
import { classifyReply } from '../../../src/recruit/replies/classify-reply.ts';
import { LANGUAGES } from '../../../src/recruit/writing/writing.ts';
import { aContact } from '../../support/builders.ts';

const now = new Date('2026-11-23T09:00:00Z');
const sender = { name: 'Ana Alder', address: 'ana@larkspur.example', postalAddress: '1 Harbour Street, London' };

/** As mail programs break lines. */
function wrapped(text: string, width: number): string {
  return text.replace(new RegExp(`(?=.{${width}})(.{1,${width}}) `, 'g'), '$1\n');
}

const cases = LANGUAGES.flatMap((language) =>
  (['first', 'follow-up'] as const).flatMap((kind) =>
    (['https://larkspur.example', null] as const).map((publicUrl) => [language, kind, publicUrl] as const),
  ),
);

test.each(cases)(
  'our own footer in %s under a %s (%s), repeated without any mark, is no opt-out and no absence',
  (language, kind, publicUrl) => {
    const contact = aContact({ country: 'FR' });
    const { footer } = footerAndNotice({ contact, kind, optOutToken: 'abc', language }, { name: 'Larkspur' }, sender, publicUrl);
    const ours = { subject: 'Larkspur and Peatworks', text: `Hello Dana,\n\nShall we talk?\n\n${footer}` };
    const read = (text: string) =>
      classifyReply(
        { text, subject: `Re: ${ours.subject}`, isAutomatic: false, isUnsubscribe: false, away: null, report: null },
        { ours, writtenTo: 'dana@peatworks.example', now },
      ).kind;
    for (const width of [60, 66, 72, 76, 78, 998]) {
      expect([width, read(`Hm.\n\n${wrapped(ours.text, width)}`)]).toEqual([width, 'other']);
      expect([width, read(`Please stop.\n\n${wrapped(ours.text, width)}`)]).toEqual([width, 'opt-out']);
    }
  },
);
