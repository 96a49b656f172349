/** Words that are written with a capital without naming a company: months, days, first names, places, languages, titles and the
 *  shorthand of the trade. A company with such a name is not counted as named by others, unless in full with another word. */
export const NOT_NAMES: ReadonlySet<string> = new Set(
  `january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday
  sunday spring summer autumn fall winter christmas
  aaron abigail adam ada adrian alan albert alex alexa alexander alexandra alexis alfred ali alice allison amanda amber amir amit amy ana
  andrea andrew andy angela anita ann anna anne anthony anton antonio archie ariel arjun arthur ashley audrey austin ava barbara beatrice
  ben benjamin betty bill billy blake bob bobby brad bradley brandon brenda brian brittany bruce bryan caleb cameron carl carlos carmen
  carol caroline carolyn catherine charles charlie charlotte chen cheryl chris christian christina christine christopher claire clara
  claude cole connor cynthia daisy dan daniel danielle dave david deborah dennis derek diana diane diego dominic don donald donna dorothy
  doug douglas dylan ed eddie edward edwin elena eli elijah elizabeth ella ellen emily emma eric erik ethan eugene eva evan eve evelyn
  faith felix finn fiona frances francis frank fred gabriel gary george gerald gloria gordon grace grant greg gregory guy hannah harold
  harry harvey hazel heather helen henry hope howard hugo ian igor iris isaac isabella ivan ivy jack jackson jacob jade jake james jamie
  jan jane janet jason jasper jay jean jeff jeffrey jennifer jeremy jerry jesse jessica jim jimmy joan joe joel john johnny jon jonathan
  jordan jose joseph joshua joy joyce juan judith judy julia julian julie justin kai karen karl kate katherine kathleen keith kelly ken
  kenneth kevin kim kimberly kyle larry laura lauren lawrence leah lee leo leon lewis li liam lily linda lisa logan lori louis lucas lucy
  luis luke luna madison maggie marc marcus margaret maria marie marilyn mario mark martha martin mary mason matt matthew max maya megan
  melissa mia michael michelle miguel mike miles milo molly morgan nancy natalie nathan neil nicholas nick nicole nina noah nora oliver
  olive olivia omar oscar otto owen pablo pamela parker patricia patrick paul paula penny peter phil philip pierre rachel raj ralph ravi
  ray raymond rebecca richard rick rob robert robin roger ron ronald rosa rose roy ruby russell ruth ryan sally sam samantha samuel sandra
  sara sarah scott sean sebastian sergio sharon shirley simon sofia sophia sophie stan stella stephanie stephen steve steven stuart susan
  ted teresa terry theo theresa thomas tim timothy todd tom tommy tony tracy travis tyler victor victoria vincent violet virginia walter
  wayne wei wendy wesley will william willie xavier yuki zach zachary zoe
  africa america american asia asian australia austin berlin boston brazil britain british california canada canadian chicago china chinese
  dubai dutch england english europe european france french german germany hong india indian israel italian italy japan japanese kong korea
  korean london mexico nigeria nordic paris poland portuguese russia russian seattle singapore spain spanish sydney texas tokyo toronto
  united usa uk eu us states kingdom york francisco silicon valley east west north south earth internet web
  ai api apis app ar b2b b2c bi cdn ceo cfo cio ciso cli cms coo cpa cpg cpo crm cto cto css csv ehr erp esg etl faq gdpr gpt gpu gps hipaa
  hr html http https iot ios ip ipo iso it json kpi llm llms ml mvp nfc nft nlp ocr os pdf phd plg pos pr qa qr rest roi saas sales sdk seo
  sla smb sms sql sso tv ui url usd ux vc vp vpn vr xml yaml inc corp corporation company group labs founder founders team the we our`.split(
    /\s+/,
  ),
);

/** After one of these in a sentence a name tells where a person came from or who paid, not what the company works with. */
export const PAST_WORDS: ReadonlySet<string> = new Set(
  `former formerly previously ex prior worked alum alums alumni founder founders founded cofounder cofounders cofounded backed investor
  investors raised veteran veterans background degree studied acquired aka`.split(/\s+/),
);

/** Endings of company names that others leave out when they name it. */
export const LEGAL_FORMS: ReadonlySet<string> = new Set(
  `inc incorporated llc llp lp ltd limited gmbh ag kg ug se sa sas sarl srl spa bv nv ab as asa aps oy oyj plc corp corporation co company
  pty pte kk sl slu lda ltda sro doo zoo kft`.split(/\s+/),
);
