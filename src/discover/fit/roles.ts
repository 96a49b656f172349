import type { PartnerType } from '../../programme/setup/programme.ts';

/** What a phrase says of the work a company does. `is…`: by this it names itself; the others: what it does, and how. */
export const ROLE_SIGNS = [
  'isAgency',
  'isConsultant',
  'isReseller',
  'isPublisher',
  'isProduct',
  'clients',
  'services',
  'consulting',
  'custom',
  'expert',
  'build',
  'managed',
  'resell',
  'audience',
  'productWords',
  'sellsTo',
  'field',
] as const;
export type RoleSign = (typeof ROLE_SIGNS)[number];

/** So often a sign counts in one company; once where nothing is said. */
export const ROLE_CAPS: Partial<Record<RoleSign, number>> = { services: 2, expert: 2, managed: 2, productWords: 3, sellsTo: 2 };

/** Each kind of evidence by type of partner: how much one sign of it speaks for the role, or against it. `ENOUGH_ROLE` of the sum is all one
 *  can ask. */
const WORK = { clients: 0.9, services: 0.5, consulting: 0.5, custom: 0.6, expert: 0.35, build: 0.8 } as const;
const NO_SERVICE = { isProduct: -0.6, productWords: -0.3, sellsTo: -0.7 } as const;
const SERVICE = { ...WORK, isAgency: 1.6, isConsultant: 1.5 } as const;
const PRODUCT = { isProduct: 1, productWords: 0.3, field: 0.8 } as const;
export const ENOUGH_ROLE = 1.5;
export const ROLE_WEIGHTS: Record<PartnerType, Partial<Record<RoleSign, number>>> = {
  agency: { ...times(WORK, 0.6), ...NO_SERVICE, isAgency: 1.6, isConsultant: 0.3 },
  consultant: { ...times(WORK, 0.9), ...NO_SERVICE, isConsultant: 1.2, isAgency: 0.6, consulting: 0.85, managed: 0.3 },
  reseller: {
    ...times(WORK, 0.5),
    ...times(NO_SERVICE, 0.8),
    isReseller: 1.3,
    isConsultant: 0.4,
    isAgency: -0.6,
    managed: 0.6,
    resell: 0.8,
  },
  affiliate: { isPublisher: 1.3, audience: 0.5, isProduct: -0.5, sellsTo: -0.4 },
  referral: { ...WORK, isAgency: 1.2, isConsultant: 1.5, isProduct: 0.4, productWords: 0.1, field: 0.5, sellsTo: -0.2 },
  technology: { ...PRODUCT, ...times(SERVICE, -1) },
  'co-marketing': { ...PRODUCT, ...times(SERVICE, -0.7), isPublisher: 1.3, audience: 0.4 },
};

function times<Key extends string>(weights: Record<Key, number>, factor: number): Record<Key, number> {
  return Object.fromEntries(Object.entries<number>(weights).map(([key, weight]) => [key, weight * factor])) as Record<Key, number>; // the same keys
}

/** Phrases of each sign, written from general knowledge of how such companies speak of themselves: correct a line here and every role
 *  follows. `[a b] [c d]` stands for every pair. Any number (agency = agencies), case and hyphenation. */
export const ROLE_PHRASES: Record<Exclude<RoleSign, 'field'>, string> = {
  isAgency: `agency, studio, [design web digital creative marketing branding advertising seo media] agency, [design web digital product no-code low-code software app mobile development creative branding marketing] [studio shop house firm
    partner team consultancy consultants company], [web website app mobile software product front-end frontend e-commerce ecommerce shopify wordpress
    drupal magento game] [development design engineering] [company firm agency team house partner shop studio consultancy], software house, web shop,
    interface design, dev shop, design collective, creative collective, [wordpress shopify drupal magento salesforce hubspot webflow] [shop experts
    specialists agency partner studio], outsourcing company, development team, web developers, software engineering company, software services company,
    software development services, web development services, marketing services, design services, app developers`,
  isConsultant: `consultancy, it services and consulting firm, engineering consultancy, it consultancy, consultant, consulting, consultants, consulting firm, consulting company, advisory, advisory firm, advisory services, advisor, systems
    integrator, system integrator, integration partner, implementation partner, [professional it technology engineering cloud consulting] services,
    [professional it technology engineering cloud consulting] services [company firm provider], training company, training provider, auditor, assessor, audit firm,
    assessment organization, law firm, lawyers, accountants, accounting firm, bookkeepers, bookkeeping service, cpa firm, tax advisor, fractional cfo, fractional cmo,
    fractional cto, devops and sre services, [sre devops kubernetes] services, [group network collective] of [engineers consultants experts developers specialists], team of consultants, [cloud devops kubernetes open-source security data
    infrastructure linux] [provider company firm partner house specialists experts consultants], trusted partner, technology partner, it partner, services firm,
    service firm, services company, services provider, service provider, 3pao, experts in`,
  isReseller: `reseller, managed service, managed kubernetes, managed cloud, distributor, value-added reseller, value added reseller, var, msp, mssp, [managed it cloud security hosting] service provider, [managed it cloud
    security hosting] services provider, managed hosting, managed services, managed security services, hosting provider, hosting company, web host, [cloud it internet data-centre
    data-center telecom telecommunications network] [provider operator carrier], solutions provider, solution provider, solutions integrator, systems integrator,
    system integrator, telco, telecommunications company, telecom company, it company, it service company, it distributor, it reseller, licensing partner, internet service provider`,
  isPublisher: `newsletter, blog, magazine, publisher, publication, media company, media brand, podcast, online courses, course provider, bootcamp, coding bootcamp, academy,
    online community, community of, professional community, comparison site, comparison website, review site, reviews site, review platform, directory, deals site, news site, news website, forum,
    accelerator, professional association, trade association, membership community, professional network, course platform, price comparison, comparison platform, guide to, online school`,
  isProduct: `platform, software, app, tool, api, saas, suite, database, engine, framework, copilot, co-pilot, agent, solution, bank, protocol, marketplace, system, assistant, operating
    system, crm, erp, browser, sdk, library, extension, plugin, dashboard, infrastructure, cloud, workspace, chatbot, bot, toolkit, neobank, wallet, exchange, network, ai, software company,
    saas company, product company, service that, technology`,
  clients: `our clients, client projects, your project, our client, clients include, for our clients, for clients, for its clients, its clients, with clients, client work, work with clients, clients worldwide,
    clients around the world, clients across, helping clients, help clients, helps clients, help our clients, enable clients, client needs, client satisfaction`,
  services: `[consulting development design migration training managed marketing seo audit accounting implementation integration engineering security branding advertising creative support
    staffing assessment advisory professional strategy bookkeeping tax] services, range of services, full range of services, services include, our services, services and solutions, services company`,
  consulting: `consulting, training and support, training support, workshops and consulting, consulting training, training and consulting, consulting and training, consulting and implementation, consulting services, support our customers, assist organizations, assist organisations, assists organizations,
    assist companies, assists companies, professional services, consulting and support, advice and implementation, consulting and development, provides consulting, offers consulting, provide consulting, offer consulting, technical
    consulting, strategy consulting, advise companies, advises companies, we advise, workshops and training, implementation and support, strategic advice, we consult, consult on, consulting engineering`,
  custom: `[custom bespoke tailor-made tailored] [software web website app application mobile solutions], full-service, full service, from idea to, end-to-end development, outsourcing, outsourced, staff augmentation, custom development, custom software
    development, custom-built, turnkey, white glove, nearshore, offshore, dedicated team, dedicated development team`,
  expert: `[our certified senior experienced expert seasoned] [engineers developers consultants designers experts specialists professionals], specialize in, specializes in, specialise in, specialises in, specializing in, specialising in, expertise in, trusted advisor,
    years of experience, we are experts, deep expertise, team of experts, team of engineers, team of developers, team of designers`,
  build: `we [design build develop create] [websites apps applications software products platforms digital custom web mobile solutions brands e-commerce], design and build [websites apps applications software products digital custom web],
    design and develop [websites apps applications software products digital custom web mobile], builds websites, build websites, building websites, migrate to, design implement and operate, web and mobile apps, websites and apps, help companies build, helps companies build,
    help businesses build, helping companies build, design and development, strategy design and development`,
  managed: `managed kubernetes, managed hosting, managed cloud, managed services, managed service, managed it, managed security, managed infrastructure, fully managed service, data centre, data center, we operate, sla, hosting services, cloud hosting, it support, operations
    support`,
  resell: `resell, reselling, licences, software licenses [aws microsoft google redhat suse vmware cisco oracle sap atlassian hashicorp dell hpe citrix salesforce] partner, red hat partner, authorized partner, authorised partner, authorized reseller, authorised reseller, certified
    partner, advanced partner, premier partner, gold partner, official partner, distribution of, distributes, procurement services`,
  audience: `readers, our readers, subscribers, newsletter, articles, compare prices, exclusive deals, listeners, in-depth guides, our community, tutorials, editorial, reviews of`,
  productWords: `our platform, the platform, our software, the software, our app, the app, our api, the api, sign up, saas, open-source, open source, dashboard, integrates with, in minutes, plugin, our product, our tool, one platform, a platform, single platform, no-code platform,
    software platform, our technology, ai-powered platform, cloud-based, automates, lines of code, self-serve, sdk, free trial, our mobile app`,
  // Found behind “for”, “helps” and the like, the names of other roles say the same.
  sellsTo: `agencies can, agencies use, resellers can, creators can, msps can, consultants can, accountants can, for [agencies resellers msps consultants creators publishers accountants bookkeepers freelancers lawyers affiliates influencers marketers], software for [agencies resellers
    msps consultants creators publishers accountants bookkeepers freelancers lawyers affiliates], used by [agencies resellers msps consultants creators publishers accountants], built for [agencies resellers msps consultants creators publishers accountants]`,
};

/** Called so without being of the role. */
export const NO_ROLE = `[federal government state local public credit travel insurance news real-estate staffing recruiting recruitment employment law-enforcement intelligence collection defense military
  civilian rating transit regulatory] [agency agencies], government and private agencies, agency mission, agency missions, real estate agency, law enforcement agency, art studio, yoga studio, fitness studio, film studio, recording studio, visual studio, game studio, games studio, android studio,
  photo studio, dance studio, movie studio, music studio, boutique studio, studio apartment, legal advisor, robo advisor, financial advisor, investment advisor, wealth advisor, blog post, blog posts, dns provider, identity provider, health provider,
  healthcare provider, care provider, payment service provider, cloud service provider, health care provider, insurance provider, data provider, software agency, api management, product team, engineering team, development tools`;
