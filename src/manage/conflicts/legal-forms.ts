/** Legal forms of companies: a name for the form, the countries that have it, and its spellings, in small letters without dots and accents. `inc` and
 *  `corp` are one: American law lets a corporation choose the word. Sources: the countries' company acts. */
const FORMS = `
inc | US CA PH | inc; incorporated; corp; corporation
llc | US AE | llc; l l c; limited liability company; fz llc; fzllc
lp | US GB CA | lp; limited partnership
llp | US GB IN CA SG | llp; limited liability partnership
pllc | US | pllc; professional limited liability company
pc | US | pc; professional corporation
pbc | US | pbc; public benefit corporation
ltd | GB IE IN AU NZ ZA HK SG CA KE NG IL CY MT | ltd; limited; ltd liability co
pvt | IN PK BD LK ZW | pvt ltd; private limited; pvt limited; private ltd; p ltd
opc | IN PH | opc; opc private limited; opc pvt ltd
pty | AU ZA BW NA | pty ltd; pty limited; proprietary limited; pty
pte | SG | pte ltd; pte limited; private limited
plc | GB IE | plc; public limited company
cic | GB | cic; community interest company
dac | IE | dac; designated activity company
ulc | CA IE | ulc; unlimited company
bhd | MY | bhd; berhad
sdn | MY | sdn bhd; sendirian berhad
gmbh | DE AT CH LI | gmbh; ges mbh; gesmbh; gesellschaft mit beschrankter haftung; ggmbh; mbh
ag | DE AT CH LI | ag; aktiengesellschaft
ug | DE | ug; ug haftungsbeschrankt; unternehmergesellschaft; unternehmergesellschaft haftungsbeschrankt
gmbhkg | DE AT | gmbh co kg; gmbh and co kg; gmbh und co kg; gmbh cie kg
agkg | DE | ag co kg; ag and co kg; ag und co kg; se co kg; ug co kg
kg | DE AT | kg; kommanditgesellschaft
kgaa | DE | kgaa; se co kgaa; ag co kgaa; gmbh co kgaa
ohg | DE AT | ohg; og; offene handelsgesellschaft
partg | DE | partg; partg mbb; partnerschaft; partnerschaft mbb; partnerschaftsgesellschaft
ek | DE | ek; eingetragener kaufmann; e kfm; e kfr
eg | DE | eg; eingetragene genossenschaft
ev | DE | ev; e v; eingetragener verein
sarl | FR LU CH MA TN DZ BE | sarl; societe a responsabilite limitee; sarlu; eurl
sas | FR CO | sas; sasu; societe par actions simplifiee; sociedad por acciones simplificada
sa | FR BE LU CH ES PT AR MX PL GR RO CL CO PE BR | sa; societe anonyme; sociedad anonima; sociedade anonima
snc | FR BE IT | snc; societe en nom collectif; societa in nome collettivo
sci | FR | sci
scop | FR | scop
srl | IT RO AR BE MD BO PE UY DO | srl; societa a responsabilita limitata; srls; sc srl; societate cu raspundere limitata; sociedad de responsabilidad limitada
spa | IT CL DZ | spa; societa per azioni; sociedad por acciones
sas-it | IT | sas di; societa in accomandita semplice
scarl | IT | scarl; soc coop; societa cooperativa
sl | ES | sl; slu; sociedad limitada; sociedad limitada unipersonal; slne
sau | ES AR | sau; sociedad anonima unipersonal
sacv | MX | sa de cv; sapi de cv; sociedad anonima de capital variable
srlcv | MX | s de rl de cv; s de rl; s rl de cv
lda | PT AO MZ | lda; limitada; unipessoal lda
ltda | BR CL CO | ltda; limitada; eireli; me; epp
bv | NL BE | bv; besloten vennootschap; bvba
nv | NL BE CW | nv; naamloze vennootschap
vof | NL BE | vof; vennootschap onder firma
cv | NL BE | cv; commanditaire vennootschap
stichting | NL | stichting
ab | SE FI | ab; aktiebolag; publ ab; ab publ
hb | SE | hb; handelsbolag; kb
as | NO CZ SK TR EE LV | as; aksjeselskap; a s; akciova spolecnost; akciova spolocnost; anonim sirketi
asa | NO | asa; allmennaksjeselskap
aps | DK | aps; anpartsselskab; ivs
a-s | DK | as; aktieselskab
oy | FI | oy; oyj; osakeyhtio; oy ab
ehf | IS | ehf; hf; einkahlutafelag
ou | EE | ou; osauhing
sia | LV | sia
uab | LT | uab; uzdaroji akcine bendrove
spzoo | PL | sp z oo; spzoo; spolka z oo; spolka z ograniczona odpowiedzialnoscia; sp z o o
spk | PL | sp k; spolka komandytowa; sp zoo sp k; sp z oo sp k
sro | CZ SK | sro; s r o; s ro; spol s ro; spol sro; spolecnost s rucenim omezenym
kft | HU | kft; korlatolt felelossegu tarsasag
zrt | HU | zrt; nyrt; rt; bt
doo | HR SI RS BA ME MK | doo; d o o; drustvo s ogranicenom odgovornoscu
dd | HR SI BA | dd; d d
ood | BG | ood; eood; ead
ad | BG RS | ad
epe | GR | epe; ike; ae
ooo | RU | ооо; ooo; общество с ограниченной ответственностью
ao | RU | ао; зао; пао; оао; ao; zao; pao; oao
ip | RU | ип
tov | UA | тов; tov; тзов
pp | UA | пп
ltdsti | TR | ltd sti; limited sirketi; ltd sirketi
kk | JP | 株式会社; (株); kk; k k; kabushiki kaisha; kabushiki gaisha; co ltd
gk | JP | 合同会社; (同); gk; godo kaisha
yk | JP | 有限会社; (有); yk; yugen gaisha
coltd | CN TW TH VN KR HK | co ltd; company limited; 有限公司; 有限责任公司; 股份有限公司; 股份公司
jh | KR | 주식회사; (주); ㈜; 유한회사
pt | ID | pt; persero; tbk
jsc | VN KZ | jsc; joint stock company
fze | AE | fze; fzco; fzc
wll | QA BH KW | wll; w l l
bsc | BH | bsc
llcsa | SA | شركة
saog | OM | saog; saoc
se | DE FR NL AT LU | se; societas europaea
`;

export type LegalForm = { id: string; countries: readonly string[] };

/** Of each spelling, word by word, the forms it can stand for. */
export const SPELLINGS: ReadonlyMap<string, readonly LegalForm[]> = readForms();
/** Words of the longest spelling. */
export const LONGEST = Math.max(...[...SPELLINGS.keys()].map((spelling) => spelling.split(' ').length));

/** Spellings of scripts that set no space between the form and the name. */
export const GLUED = [...SPELLINGS.keys()].filter((spelling) => /[\p{Script=Han}\p{Script=Hangul}()㈜]/u.test(spelling));

function readForms(): Map<string, LegalForm[]> {
  const forms = new Map<string, LegalForm[]>();
  for (const line of FORMS.trim().split('\n')) {
    const [id = '', countries = '', spellings = ''] = line.split('|').map((part) => part.trim());
    const form = { id, countries: countries.split(' ') };
    for (const spelling of spellings.split(';').map((part) => part.trim())) forms.set(spelling, [...(forms.get(spelling) ?? []), form]);
  }
  return forms;
}

/** Words of companies’ registers that tell no company from another. */
export const EMPTY_WORDS: ReadonlySet<string> = new Set(['the', 'co', 'company', 'cie']);
/** A company or the group around it: nobody knows without looking. */
export const GROUP_WORDS: ReadonlySet<string> = new Set(['group', 'groupe', 'gruppe', 'grupo', 'gruppo', 'holding', 'holdings', 'hq']);
/** What registers and people shorten, and how it is written out. */
export const WRITTEN_OUT: Readonly<Record<string, string>> = {
  intl: 'international',
  bros: 'brothers',
  gebr: 'gebruder',
  mfg: 'manufacturing',
  assoc: 'associates',
  zero: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
  eleven: '11',
  twelve: '12',
};
/** What stands before a former name, inside brackets. */
export const FORMERLY =
  /^(formerly|previously|f\/?k\/?a|ex|ehemals|vormals|früher|anciennement|antes|già|voorheen|tidigere|tidigare)\b[\s:.]*/iu;
