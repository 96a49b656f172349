import { describe, expect, test } from 'vitest';
import { checkDraft } from '../../../src/recruit/writing/check-draft.ts';
import type { Language } from '../../../src/recruit/writing/writing.ts';
import { anInput, groundsFor } from './any-input.ts';

const grounds = groundsFor(anInput({ oneLiner: 'Appointment booking for clinics' }));
const [fact] = grounds.evidence;
const problems = (body: string, language: Language) => checkDraft({ subject: 'Booking', body, claims: [], language }, grounds);

describe('what is said of them without a fact is seen', () => {
  test.each<[string, Language]>([
    ['Your engineers can ship quickly.', 'en'],
    ['Your engineers can ship quickly and your team won a national award.', 'en'],
    ['We know your platform struggles with billing.', 'en'],
    ['I understand your customers complain about slow support.', 'en'],
    ['We noticed your award.', 'en'],
    ['Everybody knows Peatworks is slow.', 'en'],
    ['Would you like to talk, since you are the market leader?', 'en'],
    ['If you agree, your team won an award.', 'en'],
    ['Your users could get more, and Peatworks is the leader.', 'en'],
    ['We could help, because Peatworks has lost customers.', 'en'],
    ['My idea: you are the market leader.', 'en'],
    ['As I understand it, your customers complain.', 'en'],
    ['As I understand it, you would like more, and your team won an award.', 'en'],
    ['Have you fixed the security breach at Beta Health?', 'en'],
    ['Why do your customers leave?', 'en'],
    ['Did your product sell?', 'en'],
    ['Your platform struggles, so would you talk?', 'en'],
    ['As the market leader in clinic booking, how would this fit?', 'en'],
    ['Peatworks, which won an award, could use it.', 'en'],
    ['Would your struggling team like help?', 'en'],
    ['Given the outage at Peatworks, would you like help?', 'en'],
    ['Ich weiß, dass Ihre Plattform mit der Abrechnung kämpft.', 'de'],
    ['Wir würden gern helfen, weil Ihre Kunden klagen.', 'de'],
    ['Ich verstehe, dass Ihre Kunden über den Support klagen.', 'de'],
    ['Ihre Nutzer hätten mehr davon, und Ihr Team gewann einen Preis.', 'de'],
    ['Haben Sie die Sicherheitslücke behoben?', 'de'],
    ['Als Marktführer für Termine, wie würde das passen?', 'de'],
    ['Ihre preisgekrönte Firma könnte passen.', 'de'],
    ['Nous savons que votre plateforme a des problèmes.', 'fr'],
    ['Vos clients pourraient y gagner, et votre équipe a gagné un prix.', 'fr'],
    ['Avez-vous corrigé la faille chez vous ?', 'fr'],
    ['En tant que leader du marché, cela vous conviendrait-il ?', 'fr'],
    ['Votre société, leader du marché, pourrait l’utiliser.', 'fr'],
    ['Sé que su empresa ganó un premio nacional que todos conocen.', 'es'],
    ['Su empresa, líder del mercado, podría usarlo.', 'es'],
    ['Entiendo que sus clientes se quejan del soporte.', 'es'],
    ['Su equipo podría ganar, y su empresa ganó un premio.', 'es'],
    ['¿Han resuelto el fallo de seguridad?', 'es'],
    ['Como líder del mercado, ¿le parece bien?', 'es'],
  ])('%s', (sentence, language) => {
    expect(problems(sentence, language).join('\n')).toMatch(/of them and names no fact/);
  });

  test('also what stands beside a claim in the same sentence', () => {
    const text = 'You book appointments for clinics';
    const body = `${text} and your team won an award.`;
    const claims = [{ text, evidence: fact ? [fact] : [] }];
    expect(checkDraft({ subject: 'Booking', body, claims, language: 'en' }, grounds).join('\n')).toMatch(/of them and names no fact/);
    expect(checkDraft({ subject: 'Booking', body: `${text}.`, claims, language: 'en' }, grounds)).toEqual([]);
    const word = [{ text: 'You', evidence: fact ? [fact] : [] }];
    expect(checkDraft({ subject: 'Booking', body: 'You won an award.', claims: word, language: 'en' }, grounds)).not.toEqual([]);
  });
});

describe('what asks, proposes or is polite is none', () => {
  test.each<[string, Language]>([
    ['I hope you are well.', 'en'],
    ['If you have 20 minutes next week, I would be glad to show it.', 'en'],
    ['Could Larkspur and Peatworks work together?', 'en'],
    ['Do you work with clinics?', 'en'],
    ['Have you thought about a joint piece?', 'en'],
    ['Your users would get more out of what they have, so would ours.', 'en'],
    ['I would like to see whether Peatworks could offer Larkspur.', 'en'],
    ['Our users and your customers would both gain.', 'en'],
    ['I think your customers could gain from it.', 'en'],
    ['As a next step, shall we talk?', 'en'],
    ['As a vendor of reports, we would like to learn from you.', 'en'],
    ['As I understand it, you are away at the moment.', 'en'],
    ['Who at Peatworks is the right person for this?', 'en'],
    ['We can send you an example.', 'en'],
    ['We could serve your customers’ needs.', 'en'],
    ['It could make your client work easier.', 'en'],
    ['Haben Sie nächste Woche 20 Minuten?', 'de'],
    ['Wenn Sie Zeit haben, würde ich gern anrufen.', 'de'],
    ['Ich hoffe, dass es Ihnen gut geht.', 'de'],
    ['Als nächsten Schritt könnten wir sprechen.', 'de'],
    ['Danke, dass Sie sich gemeldet haben.', 'de'],
    ['Ich bin da, wenn Sie Fragen haben.', 'de'],
    ['Haben Sie schon an einen gemeinsamen Beitrag gedacht?', 'de'],
    ['Si vous avez un moment, je serais heureux d’en parler.', 'fr'],
    ['Avez-vous un moment lundi ?', 'fr'],
    ['Vos équipes seraient-elles intéressées ?', 'fr'],
    ['Pourquoi ne pas en parler avec nous ?', 'fr'],
    ['Si tiene un momento, podríamos hablar.', 'es'],
    ['Nos gustaría saber si sus clientes lo necesitan.', 'es'],
    ['¿Por qué no hablamos un momento?', 'es'],
    ['¿Ha pensado en una pieza conjunta?', 'es'],
  ])('%s', (sentence, language) => {
    expect(problems(sentence, language)).toEqual([]);
  });
});
