import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitQuoted, withoutSignature } from '../../../src/recruit/replies/split-quoted.ts';

const OLD = '> Hello Dana,\n> answer “stop” and we will not write again.';

test.each([
  'On Mon, 23 Nov 2026 at 10:00, Ana Alder <ana@larkspur.example> wrote:',
  'On Mon, 23 Nov 2026 at 10:00, Ana Alder\n<ana@larkspur.example> wrote:',
  'On 23/11/2026 10:00, Ana Alder wrote:',
  'Ana Alder <ana@larkspur.example> wrote:',
  'Am 23.11.2026 um 10:00 schrieb Ana Alder:',
  'Am Mo., 23. Nov. 2026 um 10:00 Uhr schrieb Ana Alder\n<ana@larkspur.example>:',
  'Le lun. 23 nov. 2026 à 10:00, Ana Alder <ana@larkspur.example> a écrit :',
  'El lun, 23 nov 2026 a las 10:00, Ana Alder (<ana@larkspur.example>) escribió:',
  'Il giorno lun 23 nov 2026 alle ore 10:00 Ana Alder <ana@larkspur.example> ha scritto:',
  'Op ma 23 nov 2026 om 10:00 schreef Ana Alder <ana@larkspur.example>:',
  'Em seg., 23 de nov. de 2026 às 10:00, Ana Alder <ana@larkspur.example> escreveu:',
  'Den mån 23 nov. 2026 kl 10:00 skrev Ana Alder <ana@larkspur.example>:',
  'pon., 23 lis 2026 o 10:00 Ana Alder <ana@larkspur.example> napisał(a):',
  'ma 23. marrask. 2026 klo 10.00 Ana Alder <ana@larkspur.example> kirjoitti:',
  '-----Original Message-----',
  '-----Ursprüngliche Nachricht-----',
  '________________________________',
  'From: Ana Alder <ana@larkspur.example>\nSent: Monday, 23 November 2026 10:00\nTo: Dana Reed\nSubject: Hello',
  '*Von:* Ana Alder <ana@larkspur.example>\n*Gesendet:* Montag, 23. November 2026 10:00\n*An:* Dana Reed\n*Betreff:* Hallo',
  'De : Ana Alder <ana@larkspur.example>\nEnvoyé : lundi 23 novembre 2026 10:00\nÀ : Dana Reed\nObjet : Bonjour',
  'De: Ana Alder <ana@larkspur.example>\nEnviado: lunes, 23 de noviembre\nPara: Dana Reed\nAsunto: Hola',
])('what is under %j is quoted, marked or not', (introduction) => {
  const marked = splitQuoted(`Sounds good.\n\n${introduction}\n\n${OLD}`);
  expect(marked.text).toBe('Sounds good.');
  expect(marked.quoted).toContain('“stop”');
  const plain = splitQuoted(`Sounds good.\r\n\r\n${introduction}\r\n\r\n${OLD.replaceAll('> ', '')}`);
  expect(plain.text).toBe('Sounds good.');
  expect(plain.quoted).toContain('“stop”');
});

describe('new text', () => {
  test('between and under quoted lines', () => {
    const { text, quoted } = splitQuoted('On 23/11/2026, Ana wrote:\n> Shall we talk?\nYes.\n> When?\nMonday.\n\nDana');
    expect(text).toBe('Yes.\nMonday.\n\nDana');
    expect(quoted).toBe('On 23/11/2026, Ana wrote:\n> Shall we talk?\n> When?');
  });

  test.each([
    'From: what I read, To: what I want. Both fit.',
    'From our side: yes.',
    'On Monday I wrote a memo.',
    'We wrote:\n\na book.',
    'Von: 10 bis 12 Uhr',
    '---',
  ])('%j stays', (words) => expect(splitQuoted(`${words}\n\nStop`)).toMatchObject({ text: `${words}\n\nStop`, quoted: '' }));

  test('what is said is without signatures and lines of programs; the text has them', () => {
    const { text, said } = splitQuoted('Yes.\n\nSent from my iPhone');
    expect([text, said]).toEqual(['Yes.\n\nSent from my iPhone', 'Yes.']);
    expect(splitQuoted('Yes.\n—\nDana Reed\nPeatworks').said).toBe('Yes.');
    expect(splitQuoted('It costs $& and $1.\n\nOn Mon, 23 Nov 2026, Ana $& wrote:\n> Hi').said).toBe('It costs $& and $1.');
  });

  test('a long mail is kept whole: what is marked is quoted wherever it stands', () => {
    const long = 'A line of a long mail that goes on and on.\n'.repeat(400);
    const { text, quoted } = splitQuoted(`${long}> old\nStop`);
    expect([text, quoted]).toEqual([`${long}Stop`, '> old']);
  });

  test('a signature is left out of what decides', () => {
    expect(withoutSignature('Yes.\n-- \nDana Reed\nPeatworks')).toBe('Yes.');
    expect(withoutSignature('Yes.\n--\nDana')).toBe('Yes.');
    expect(withoutSignature('Yes -- really.')).toBe('Yes -- really.');
  });
});

test('any text: no line is lost or doubled', () => {
  const line = fc.oneof(
    fc.constantFrom('> old', 'On 1/1/2026 Ana wrote:', 'From: Ana', 'Sent: now', 'To: me', '', '-- ', 'new', '________________________'),
    fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n]/g, '')),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const { text, quoted } = splitQuoted(lines.join('\n'));
      const kept = (all: string) =>
        all
          .split('\n')
          .map((one) => one.trim())
          .filter(Boolean)
          .sort();
      expect([...kept(text), ...kept(quoted)].sort()).toEqual(kept(lines.join('\n')));
    }),
  );
});
