import type { MailedStep, PartnerTemplate, TemplateValues } from './partner-mail.ts';

/** Who writes to whom. */
export type MailNames = { company: string; sender: string; postalAddress: string; person: string };
const DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });

type Words = { subject: string; lines: string[] };

/** Every mail that the product itself sends to partners' own people. Nothing a model wrote, nothing of other partners. */
const TEMPLATES: { [Template in PartnerTemplate]: (values: TemplateValues[Template], names: MailNames) => Words } = {
  'page-link': ({ url, minutes }, { company }) => ({
    subject: `Your partner page at ${company}`,
    lines: [
      'This link opens your partner page. There you register deals, see the ones you have registered, and say how you want to be paid.',
      url,
      `It works once, in the next ${minutes} minutes, and it is for you alone: do not pass it on. The page itself sends you a new one whenever you need it.`,
      'If you did not ask for it, you need not do anything.',
    ],
  }),
  deal: ({ url, customer, outcome }, { company }) => ({
    subject: OUTCOME_SUBJECTS[outcome](company),
    lines: [
      `This is about ${customer.replace(/\s+/g, ' ').slice(0, 200)}, which your company registered with ${company}.`,
      OUTCOME_LINES[outcome],
      `Your partner page shows all of it, and there you answer. Ask for the link here, with the address that this mail went to: ${url}`,
    ],
  }),
  reminder: ({ url, partner, steps }, { company }) => ({
    subject: steps.length === 1 ? `A step waits for you at ${company}` : `${steps.length} steps wait for you at ${company}`,
    lines: [
      `This waits for you on the checklist that ${partner} shares with ${company}:`,
      steps.map(stepLine).join('\n'),
      `Your partner page shows the whole list, and most of it is done there. Ask for the link here, with the address that this mail went to: ${url}`,
      `You get this because you are the main contact of ${partner} at ${company}. If somebody else is, answer this mail and say who.`,
    ],
  }),
};

const OUTCOME_SUBJECTS = {
  ask: (company: string) => `A question from ${company} about a deal you registered`,
  approve: (company: string) => `${company} approved a deal you registered`,
  reject: (company: string) => `${company} did not accept a deal you registered`,
};

const OUTCOME_LINES = {
  ask: 'There is a question for you. The review goes on when you have answered it.',
  approve: 'It is approved: the account is yours until the day that your page names.',
  reject: 'It was not accepted. Your page says why, and there you can appeal once if you know something they do not.',
};

function stepLine({ title, dueOn, late }: MailedStep): string {
  const since = late === 0 ? '' : late === 1 ? ', 1 working day late' : `, ${late} working days late`;
  return `- ${title.replace(/\s+/g, ' ')} (due ${DAY.format(new Date(Date.parse(dueOn)))}${since})`;
}

/** Subject and text of a mail, plain. */
export function mailWords<Template extends PartnerTemplate>(
  template: Template,
  values: TemplateValues[Template],
  names: MailNames,
): { subject: string; text: string } {
  const { subject, lines } = TEMPLATES[template](values, names);
  const hello = names.person ? `Hello ${names.person},` : 'Hello,';
  return { subject, text: [hello, ...lines, `${names.sender}\n${names.company}\n${names.postalAddress}`].join('\n\n') };
}
