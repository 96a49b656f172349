import type { Fault, FaultCode } from '../../src/recruit/writing/fault.ts';

/** One sentence for each fault, for whoever wrote the letter, a person or a model; the type demands it. Not escaped. */
const SENTENCES: Record<FaultCode, (said: string) => string> = {
  form: (said) => said,
  'ground-unknown': (said) => `Rests on “${said}”, which is not on file.`,
  'ground-missing': (said) => `Says “${said}” and names nothing it rests on.`,
  'ground-crosswise': (said) => `Says “${said}” of one side and rests it on the other’s.`,
  'no-fact-of-theirs': () => 'Uses nothing that is on file about them: a first message says why it goes to them.',
  'quote-unknown': (said) => `Quotes “${said}”, which nobody wrote so.`,
  order: (said) => `Repeats an order to a reader that stands in somebody’s text: “${said}”.`,
  placeholder: (said) => `Has “${said}”: finish the text.`,
  'name-unknown': (said) => `Names “${said}”, which stands nowhere on file.`,
  stranger: (said) => `Names “${said}”: other companies have no place in this message.`,
  'figure-unknown': (said) => `Says “${said}”: this number stands nowhere in what the sentence rests on.`,
  money: (said) => `Says “${said}”: promise no money, discount, guarantee or other terms that set-up does not give.`,
  address: (said) => `Has the address “${said}”: only our own and theirs may stand there.`,
  language: (said) => `Is in another language: “${said}”.`,
  'too-long': (said) => `Has ${said} words: 180 are the most, and 60 to 110 are read.`,
  'several-questions': (said) => `Asks a second time: “${said}”. One question is answered more easily.`,
  'no-thread': (said) => `Has the subject “${said}” as if it answered something: this is the first message.`,
  copied: (said) => `Repeats words of an example letter: “${said}”. Follow its manner in words of your own.`,
  'subject-says-more': (said) => `Has “${said}” in its subject, of which the text says nothing.`,
  'english-says-more': (said) => `Has “${said}” in the English beside, which the text does not say.`,
  'says-more': (said) => `Says “${said}”, which is more than is on file.`,
};

export function faultWords({ code, said }: Pick<Fault, 'code' | 'said'>): string {
  return SENTENCES[code](said.length > LONGEST ? `${said.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '')}…` : said);
}

const LONGEST = 200;
