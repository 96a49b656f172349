import { wordForm } from './scan-words.ts';

/** Words that say nothing of a trade: grammar, and what every company writes. */
const COMMON = new Set(
  `about above across after again also among around because been before being best better between both built business businesses buyer
  buyers call called client clients companies company complete create customer customers deliver different digital does each easily
  easy every everyone fast first from full fully gather generate give good great group groups grow growing have headquartered help helps
  high independent industry into just keep kind large larger like look looking made main make makes many market markets medium member
  members modern more most much need needs only open opened order organisation organisations organization organizations other others over
  owner owners part partner partners people place platform platforms product products professional professionals program programme
  programmes programs project projects protocol provide provider providers provides real right sales same self sell selling send sends
  service services side simple single small smaller software solution solutions some start state such suite support system systems take
  team teams than that their them then there these they thing things third this those through together tool tools type under unify used
  user users uses using various vendor very want well what when where which while whole wide with within without work working works world
  worldwide would year years your home fund funds outside read write data account adopt around building once include including neutral
  apply applications application businesses handle handles manage manages management available`.split(/\s+/),
);
const SHORTEST = 4;
/** As many as two numbers of 32 bits can tell apart. */
export const MOST_WORDS = 64;

/** The telling words of what a person wrote about the company, each once in any number, in the order written. */
export function ownWords(text: string): string[] {
  const words = [...text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)]
    .map(([word]) => word)
    .filter((word) => word.length >= SHORTEST && !COMMON.has(word) && !/^\d+$/.test(word));
  return [...new Map(words.map((word) => [wordForm(word), word])).values()].slice(0, MOST_WORDS);
}
