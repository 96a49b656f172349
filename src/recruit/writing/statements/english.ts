import { THEM } from '../other-names.ts';
import type { Statements } from '../statements.ts';

/** Before “you” or “your” they make a question or a condition of what follows, or another word its subject. */
const NOT_SUBJECT =
  'if|whether|when|where|unless|once|until|till|before|after|hope(?: that)?|so(?: that)?|than|what|whatever|would|could|should|shall|may|might|can|will|' +
  'do|does|did|are|is|have|has|to|help|lets?|at|with|of|for|from|in|by';
const MODAL = 'would|could|should|might|may|to';
const YOUR = `your(?: (?!(?:${MODAL})\\b)[\\w’-]+){0,2}?`;
const ADVERB = '(?:,? (?:which|who|that))?(?: (?:\\w+ly|also|still|already|just|never|always|all|both))?';
const STATE = 'are|is|was|were|have|has|had|did|won|grew|made|built|sold|ran|led|lost|got|became|took|went|began|left|\\w{3,}ed';
const DO =
  'run|serve|sell|work|offer|make|use|grow|lead|build|help|operate|employ|struggle|need|lack|suffer|provide|want|face|handle|lose|own|win|complain';
const KNOW =
  'know|knew|knows|understand|understood|notice|noticed|hear|heard|learn|learned|learnt|gather|realise|realize|appreciate|recognise|recognize';
const THINK = 'see|saw|seen|read|found|find|believe|assume|suppose|imagine|guess|think|remember';
const ASKED =
  'have|has|haven.t|hasn.t|had|did|didn.t|were|was|why (?:do|does|did|are|is|have|has)|how (?:did|have|has|long)|when did|since when';
const UNLESS_MODAL = '(?![^.?!]*\\b(?:would|could|might|may)\\b)';

export const ENGLISH: Statements = {
  harmless: [
    [new RegExp(`\\b(?:Ourname and ${THEM}|${THEM} and Ourname)\\b`, 'g'), 'both'],
    [/\byou (?:and|or) your [\w’'-]+/gi, 'you'],
    [/\b(?:get|be|feel|stay) \w+ed\b/gi, 'go'],
    [/\bunderstand you (?:well|right|correctly)\b/gi, 'understand'],
    [/\byou need (?:not|only)\b/gi, 'one may'],
    // A proposal is no statement: “My idea: Theirname offers Ourname to its customers”.
    [
      new RegExp(
        `^((?:so )?(?:here is )?(?:my|our|the) (?:idea|thought|proposal|suggestion)\\b.{0,60}: )${THEM} \\w+s\\b(?<! is| was| has)`,
        'i',
      ),
      '$1it',
    ],
  ],
  signs: [
    // Their state and their past.
    new RegExp(`(?<!\\b(?:${NOT_SUBJECT}) )\\b(?:you|${THEM}(?:[’']s)?(?: [\\w-]+){0,2}?|${YOUR} [\\w’-]+)${ADVERB} (?:${STATE})\\b`, 'i'),
    /\byou[’'](?:re|ve)\b/i,
    // What they do; “your client work” and “your customers’ needs” do nothing.
    new RegExp(`(?<!\\b(?:${NOT_SUBJECT}) )\\b(?:you|${YOUR} [\\w-]+s)${ADVERB} (?:${DO})\\b`, 'i'),
    new RegExp(`(?<!\\b(?:${NOT_SUBJECT}) )\\b(?:${THEM}|${YOUR} [\\w-]*[a-rt-z])${ADVERB} (?:${DO})s\\b`, 'i'),
    // What we know of them, or think.
    new RegExp(
      `\\b(?:I|we|everybody|everyone)(?:[’'](?:ve|m)| have| am| are| can)?(?: (?:\\w+ly|also|both|all))? (?:${KNOW})\\b${UNLESS_MODAL}[^.?!]*\\b(?:you|your|${THEM})\\b`,
      'i',
    ),
    new RegExp(`\\b(?:I|we)(?: \\w+ly)? (?:${THINK})(?: (?:that|how|why|from|about))? (?:your|${THEM})\\b${UNLESS_MODAL}`, 'i'),
    // What a question takes for granted, and what leads to one: “Given your …, would you”, “As the leader, how”.
    new RegExp(
      `(?:^|, )(?:and |but |so )?(?:${ASKED})\\b[^,?]{0,20}\\b(?:you|your|${THEM})\\b(?! (?:thought|considered|time|got|had|room|ever|an?)\\b)[^?]*\\?`,
      'i',
    ),
    new RegExp(
      `^(?:given|thanks to|after|despite|because of|due to|in view of|considering)\\b(?![^,]*\\b(?:reply|answer|time|message|note|e?-?mail|calendar|interest|holiday|return|team)\\b)[^,]*\\b(?:your|${THEM})\\b[^,]*, `,
      'i',
    ),
    /^(?:being|as) (?:the|an?|one of)\b(?! (?:next|first|second|small|start|beginning|way|favou?r|reminder|rule|thank|follow|test|trial|result|last)\b)[^,?!.]*, (?!(?:we|I|our|my)\b)/i,
  ],
  loaded:
    /\b(?:awards?|award-winning|prizes?|market leaders?|industry leaders?|breach(?:es)?|outages?|lawsuits?|scandals?|lay-?offs?|complaints?|bankruptcy)\b|\byour (?:\w+ )?(?:slow|poor|weak|broken|failing|struggling|growing|successful|famous|renowned|leading|great|excellent|impressive)\b/i,
};
