import { expect, test } from 'vitest';
import type { MachineReport } from '../../../src/recruit/replies/machine-report.ts';
import { day, understood } from '../../support/understood.ts';

const auto = (text: string, subject = 'Automatic reply: Peatworks and Larkspur') => understood({ isAutomatic: true, text, subject });

test.each([
  ['I am out of the office until 5 December 2026.', '2026-12-06'],
  ['I am on leave. I will be back on 5 December.', '2026-12-05'],
  ['Ich bin vom 20.11.2026 bis 05.12.2026 nicht im Büro.', '2026-12-06'],
  ['Je suis absente du bureau, de retour le 7 décembre.', '2026-12-07'],
  ['Estoy fuera de la oficina hasta el 4 de diciembre.', '2026-12-05'],
  ['I am on vacation and read no mail.', null],
])('out of office: %j until %s', (text, until) => {
  const { kind, laterUntil } = auto(text);
  expect([kind, day(laterUntil)]).toEqual(['out-of-office', until]);
});

test.each([
  ['Frånvaro: Peatworks', 'Jag är tillbaka den 7 december.', '2026-12-07'],
  ['Re: Peatworks', 'Jestem na urlopie, wracam 7.12.2026.', '2026-12-07'],
  ['Автоответ: Peatworks', 'Я в отпуске до 6 декабря 2026.', '2026-12-07'],
  ['自動返信: Peatworks', 'ただいま不在にしております。12月14日に戻ります。', '2026-12-14'],
  ['Risposta automatica: Peatworks', 'Sono in ferie fino al 6 dicembre.', '2026-12-07'],
  ['Automatisch antwoord: Peatworks', 'Ik ben op vakantie en ben terug op 7 december.', '2026-12-07'],
  ['Resposta automática: Peatworks', 'Estou de férias e volto a 7 de dezembro.', '2026-12-07'],
])('out of office in other languages: %j', (subject, text, until) => {
  const { kind, laterUntil } = auto(text, subject);
  expect([kind, day(laterUntil)]).toEqual(['out-of-office', until]);
});

test('by the subject alone, without headers', () => {
  const found = understood({ subject: 'Abwesenheitsnotiz: Peatworks', text: 'Ich bin am 7. Dezember wieder da.' });
  expect([found.kind, day(found.laterUntil)]).toEqual(['out-of-office', '2026-12-07']);
});

test.each([
  'We got your request #123. To unsubscribe from this newsletter click here.',
  'Unsubscribe me',
  'STOP',
  'We are very interested in your request. Sounds good!',
])('never an opt-out, never interest: %j', (text) => {
  expect(auto(text, 'Ticket #123').kind).toBe('other');
});

test('an absence with the footer of their newsletter', () => {
  const text = 'I am out of office, back on 7 December.\n\nUnsubscribe | Remove me from your list | peatworks.example';
  expect(auto(text)).toMatchObject({ kind: 'out-of-office' });
});

test.each([
  ['wrong-person', 'I have left the company. Please contact jane@beta.example.', 'Automatic reply: Peatworks'],
  ['wrong-person', 'Dana Fox is no longer with Beta. Please contact Jane Moss.', 'Automatic reply: Peatworks'],
  [
    'wrong-person',
    'Frau Fuchs ist nicht mehr bei Beta beschäftigt. Bitte wenden Sie sich an info@beta.example',
    'Automatische Antwort: Peatworks',
  ],
  ['other', 'We have received your message. Ticket #12345', 'Automatic reply: Peatworks'],
  [
    'out-of-office',
    'Thank you for your email. I am travelling with limited access to email and will be back on 7 December. For urgent matters please contact Jane Moss.',
    'Automatic reply: Peatworks and Larkspur',
  ],
  [
    'out-of-office',
    'Ich bin bis zum 4. Dezember im Urlaub. In dringenden Fällen wenden Sie sich bitte an vertrieb@beta.example.',
    'Automatische Antwort: Peatworks',
  ],
  [
    'wrong-person',
    'Please note that Dana Fox left Beta Ltd on 30 September. For anything to do with partnerships write to partners@beta.example.',
    'Automatic reply: Peatworks',
  ],
  [
    'wrong-person',
    "Bonjour, je ne fais plus partie de la société Beta. Merci d'écrire à contact@beta.example",
    'Réponse automatique : Peatworks',
  ],
  [
    'other',
    'Thanks for contacting Beta Support. Your request (#8812) has been logged and an agent will reply within two days.',
    'Automatic reply: Peatworks',
  ],
  [
    'out-of-office',
    "I'm currently on parental leave and will return on 1 March 2027. Jane Moss (jane@beta.example) is covering for me.",
    'Out of office: Peatworks',
  ],
  [
    'wrong-person',
    'Vielen Dank für Ihre Nachricht. Max Moor ist nicht länger für Beta tätig. Bitte wenden Sie sich an petra.lang@beta.example.',
    'Automatische Antwort: Peatworks',
  ],
  [
    'other',
    'Vielen Dank! Ihre Nachricht ist bei uns eingegangen und wird so schnell wie möglich bearbeitet.',
    'Automatische Antwort: Peatworks',
  ],
  [
    'out-of-office',
    'I am out of office with no access to email. Back on Monday 7 December.\n\nIf you are not the intended recipient please delete.',
    'Automatic reply: x',
  ],
  ['out-of-office', "Je suis en congés jusqu'au 6 décembre inclus. En cas d'urgence contactez Paul Roche.", 'Réponse automatique : x'],
  ['out-of-office', 'Estoy de vacaciones hasta el 8 de diciembre.', 'Respuesta automática: x'],
  [
    'wrong-person',
    'I no longer work for Beta Ltd. Your message has not been forwarded. Please write to info@beta.example',
    'Automatic reply: x',
  ],
  ['other', 'Ticket [#55] created. We will respond as soon as possible.', 'Automatic reply: x'],
  ['out-of-office', "Hi, I'm off until 3 January with no laptop.", 'Automatic reply: x'],
  ['wrong-person', 'Dana Fox has left Beta Ltd. For partnerships, contact jane@beta.example.', 'Automatic reply: x'],
] as const)('%s: %j', (kind, text, subject) => expect(auto(text, subject).kind).toBe(kind));

test('somebody who is gone for good, and whom they name', () => {
  const text = 'I have left the company. Please contact jane@beta.example.';
  expect(auto(text)).toMatchObject({ kind: 'wrong-person', sentence: 'I have left the company.', namedContact: 'jane@beta.example' });
  expect(auto('I have left the office, back on 7 December.').kind).toBe('out-of-office');
});

test('a report of a mail server, in its own words; an absence that it reports is one', () => {
  const report = (text: string, subject: string) => {
    const nobody = { entries: [], about: [], senders: [], answers: [] };
    const said: MachineReport = { ...nobody, of: 'delivery', by: 'mailer-daemon@mx.peatworks.example', words: text, isCertain: true };
    return understood({ report: said, isAutomatic: true, text, subject }).kind;
  };
  expect(report('Hi. This is the qmail-send program. I was not able to deliver your message.', 'failure notice')).toBe('bounce');
  expect(report('Sorry, no mailbox here by that name.', 'failure notice')).toBe('bounce');
  expect(report('Der Empfänger ist nicht erreichbar, die Nachricht wurde nicht zugestellt.', 'Unzustellbar')).toBe('bounce');
  expect(report('I am out of the office until 5 December.', 'Automatic reply: Peatworks')).toBe('out-of-office');
});
