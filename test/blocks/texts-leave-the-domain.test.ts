import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Files of the domain that may hold sentences: messages of schemas that face people, letters and their pages, what a model or an operator
 *  reads (a migration keeps the words of its time). */
const MAY =
  /^(programme\/setup\/programme|programme\/migrations\/.*|discover\/learning\/type-weights|discover\/fit\/(areas|complements|segments|places|not-names)|recruit\/(opt-out|notice|replies|style|mail)\/.*|recruit\/writing\/phrases\/.*|recruit\/outreach\/(draft|footer)|recruit\/policy\/country-policy|onboard\/agreements\/agreement-(copy|page)|onboard\/training\/(certificates|example-course|training-page)|onboard\/mails\/mail-words|onboard\/pages\/page-words|onboard\/checklists\/checklist-page|onboard\/payment-details\/payment-page|manage\/deals\/(deal-page|deal-words|record-page|reply-page)|measure\/commissions\/(earning-words|earnings-page)|measure\/links\/link-page|measure\/qbr\/qbr-words)\.ts$/;
const ROOT = new URL('../../src/', import.meta.url);

const files = ['programme', 'discover', 'recruit', 'onboard', 'manage', 'measure'].flatMap((stage) =>
  readdirSync(new URL(`${stage}/`, ROOT), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${stage}/${name}`),
);

/** A sentence in quotation marks or backticks: it begins with a capital, has a blank and ends with a full stop. */
const SENTENCE = /(['`])\s?[A-Z“$][^'`\n]* [^'`\n]*\.\1/g;

test('sentences that people read are written in blocks, not in the domain', () => {
  const found = files
    .filter((name) => !MAY.test(name))
    .flatMap((name) => {
      const code = readFileSync(new URL(name, ROOT), 'utf8')
        .replace(/^\s*(\/\*\*|\*|\/\/).*$/gm, '')
        .replace(/\/\/ .*$/gm, '');
      return [...code.matchAll(SENTENCE)].map(([text]) => `${name}: ${text}`);
    });
  expect(files.length).toBeGreaterThan(100);
  expect(found).toEqual([]);
});
