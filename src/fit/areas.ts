/** A field of business software or services. `signs` show that a company works in it, `hints` only suggest it.
 *  `partners` are the areas whose companies are useful to someone who sells this, the most useful first: not symmetric.
 *  Area ids, space-separated. */
export type Area = { name: string; signs: string[]; hints: string[]; partners: string };

/** Written from general knowledge of the field: correct a line here and every score follows. Phrases match whole words, in any
 *  number (agency = agencies), case and hyphenation. */
export const AREAS = {
  'customer-data': area(
    'customer data',
    'customer data platform, cdp, identity resolution, unified customer profile, customer profile, customer event, tag management, customer 360, first party data',
    'customer data',
    'marketing-automation product-analytics experimentation advertising crm customer-support surveys data-infrastructure business-intelligence sales e-commerce content-management',
  ),
  'product-analytics': area(
    'product and web analytics',
    'product analytics, web analytics, website analytics, event analytics, user analytics, mobile analytics, session replay, session recording, heatmap, funnel analysis, user behavior, behavioral analytics, marketing analytics',
    'analytics',
    'customer-data marketing-automation customer-support data-infrastructure crm surveys business-intelligence e-commerce advertising communications sales content-management',
  ),
  experimentation: area(
    'experimentation and personalisation',
    'a/b testing, a/b test, feature flag, feature flagging, feature management, experimentation, personalization, personalisation, conversion rate optimization, recommendation engine',
    'experiment, optimization',
    'product-analytics customer-data data-infrastructure e-commerce content-management marketing-automation observability',
  ),
  'business-intelligence': area(
    'business intelligence',
    'business intelligence, data visualization, dashboard, reporting tool, self-service analytics, embedded analytics, data analytics',
    'analytics, reporting, bi, insight',
    'data-infrastructure crm finance e-commerce customer-data integration machine-learning consulting',
  ),
  'data-infrastructure': area(
    'data infrastructure',
    'data warehouse, data lake, lakehouse, data pipeline, etl, elt, reverse etl, data integration, data catalog, data engineering, database, vector database, stream processing, event streaming, data quality, data platform, data observability, big data, timeseries database, graph database',
    'sql, data science, query',
    'business-intelligence machine-learning cloud-platform customer-data observability security integration consulting',
  ),
  'machine-learning': area(
    'machine learning and AI infrastructure',
    'mlops, ml ops, llm, large language model, model training, ai agent, vector search, machine learning platform, inference, fine tuning, data labeling, llmops',
    'machine learning, generative ai, artificial intelligence, ai',
    'data-infrastructure cloud-platform observability integration security developer-tools',
  ),
  crm: area(
    'CRM',
    'crm, customer relationship management, sales pipeline, deal management, contact management',
    'sales team',
    'marketing-automation sales customer-support communications finance integration surveys e-commerce compliance business-intelligence',
  ),
  sales: area(
    'sales software',
    'sales engagement, sales enablement, sales automation, lead generation, prospecting, sales intelligence, revenue intelligence, data enrichment, enrichment, outbound, cold email, revenue operations, quoting, conversation intelligence',
    'sales, lead',
    'crm marketing-automation communications customer-data integration compliance collaboration',
  ),
  'marketing-automation': area(
    'marketing automation',
    'marketing automation, email marketing, push notification, customer engagement, lifecycle marketing, sms marketing, email automation, customer messaging, loyalty program, marketing platform, marketing campaign, messaging platform, in-app message, email campaign',
    'marketing, campaign, engagement',
    'crm customer-data e-commerce product-analytics advertising content-management surveys sales agency',
  ),
  advertising: area(
    'advertising and attribution',
    'advertising, ad platform, ad network, attribution, retargeting, demand side platform, mobile measurement, deep linking, referral program, affiliate marketing, paid media, influencer marketing, ad campaign',
    'ads, advertiser, publisher',
    'customer-data product-analytics e-commerce marketing-automation agency media business-intelligence',
  ),
  'customer-support': area(
    'customer support and success',
    'help desk, helpdesk, customer support, customer service, live chat, livechat, chatbot, ticketing, customer success, contact center, call center, conversational ai',
    'support team, support agent',
    'crm communications collaboration surveys integration product-analytics e-commerce machine-learning',
  ),
  surveys: area(
    'surveys and feedback',
    'survey, customer feedback, user feedback, nps, user research, voice of the customer, form builder, customer experience, market research',
    'feedback, research',
    'crm customer-data product-analytics marketing-automation customer-support business-intelligence',
  ),
  communications: area(
    'communications',
    'video conferencing, voice api, messaging api, email api, sms api, telephony, phone system, chat api, unified communications, voip, transactional email, sms, video call, email delivery',
    'messaging, email, calls',
    'crm customer-support marketing-automation sales integration collaboration',
  ),
  collaboration: area(
    'collaboration and project work',
    'project management, team collaboration, task management, knowledge base, knowledge management, document management, collaboration tool, issue tracking, note taking, notetaking, calendar, scheduling, file sharing, file storage, whiteboard, design tool',
    'productivity, collaboration, workspace, document',
    'integration communications crm developer-tools compliance customer-support hr identity',
  ),
  'content-management': area(
    'content management',
    'cms, headless cms, content management, digital experience, digital asset management, website builder, site builder, static site, content platform, web content',
    'content, website',
    'e-commerce marketing-automation experimentation product-analytics agency cloud-platform customer-data',
  ),
  'e-commerce': area(
    'e-commerce',
    'e-commerce, ecommerce, online store, shopping cart, storefront, shopify, merchandising, order management, online retailer, product catalog',
    'shopping, marketplace, merchant, checkout',
    'payments logistics marketing-automation customer-data customer-support advertising finance experimentation content-management agency',
  ),
  payments: area(
    'payments and billing',
    'payment, payment processing, payment gateway, subscription billing, billing, invoicing, subscription management, payment platform, payouts',
    'subscription, checkout, transaction',
    'e-commerce finance security crm integration banking',
  ),
  finance: area(
    'accounting and finance',
    'accounting, bookkeeping, expense management, accounts payable, accounts receivable, spend management, erp, financial planning, procurement, tax, corporate card, fp&a',
    'finance team, invoice',
    'payments banking hr crm e-commerce integration business-intelligence advisory',
  ),
  banking: area(
    'banking and lending',
    'neobank, banking as a service, lending, business banking, treasury, credit underwriting, open banking, loan, credit score',
    'banking, credit, fintech',
    'finance payments identity compliance security integration',
  ),
  hr: area(
    'HR and recruiting',
    'human resources, hris, payroll, recruiting, recruitment, applicant tracking, ats, talent acquisition, employee benefits, people operations, performance management, hr platform, hr software, workforce management, employee engagement',
    'hr, hiring, talent, employee',
    'finance collaboration identity education compliance integration communications',
  ),
  identity: area(
    'identity and access',
    'authentication, single sign on, sso, identity management, identity provider, access management, passwordless, identity verification, user management, password manager, auth',
    'identity, login',
    'security cloud-platform developer-tools collaboration hr compliance integration',
  ),
  security: area(
    'security',
    'cybersecurity, cyber security, threat detection, vulnerability management, vulnerability, siem, endpoint security, penetration testing, application security, cloud security, network security, fraud detection, devsecops, data security, data loss prevention, security platform, secrets management',
    'security, threat, fraud',
    'identity compliance cloud-platform observability developer-tools incident-management managed-services consulting networking',
  ),
  compliance: area(
    'compliance and legal',
    'soc 2, gdpr, compliance automation, regulatory compliance, contract management, e-signature, digital signature, electronic signature, legal software, data privacy, consent management, governance, audit',
    'compliance, privacy, legal',
    'security identity hr finance crm advisory collaboration',
  ),
  observability: area(
    'observability and monitoring',
    'observability, application performance, performance monitoring, apm, log management, tracing, distributed tracing, error tracking, uptime, infrastructure monitoring, real user monitoring, telemetry, opentelemetry, server monitoring, network monitoring, synthetic monitoring',
    'monitoring, logs, metrics, debugging',
    'incident-management cloud-platform data-infrastructure developer-tools networking security cost-management experimentation machine-learning collaboration identity',
  ),
  'incident-management': area(
    'incident management',
    'incident management, incident response, on call, alerting, status page, it service management, itsm, runbook, root cause, site reliability, aiops, chaos engineering',
    'incident, outage, alert',
    'observability collaboration communications cloud-platform developer-tools security',
  ),
  'developer-tools': area(
    'developer tools',
    'ci/cd, continuous integration, continuous delivery, developer tool, code review, version control, software testing, test automation, load testing, devops, developer platform, code quality, sdk, internal tools, software delivery, release management, gitops',
    'developer, testing, coding, deployment',
    'cloud-platform observability security incident-management collaboration experimentation identity data-infrastructure',
  ),
  'cloud-platform': area(
    'cloud platforms and infrastructure',
    'cloud hosting, platform as a service, paas, serverless, kubernetes, container, container orchestration, infrastructure as code, edge computing, cdn, virtual machine, cloud native, cloud storage, cloud infrastructure, cloud provider, hybrid cloud, multi cloud, bare metal',
    'cloud, infrastructure, hosting, server, cluster, storage, runtime',
    'observability security developer-tools data-infrastructure networking cost-management identity managed-services consulting incident-management',
  ),
  networking: area(
    'networking and APIs',
    'service mesh, api gateway, api management, load balancer, load balancing, service proxy, proxy, ingress, sd-wan, dns, vpn, content delivery network, message broker, service discovery',
    'network, traffic, api',
    'observability cloud-platform security developer-tools identity',
  ),
  integration: area(
    'integration and automation',
    'integration platform, ipaas, workflow automation, unified api, no-code, low-code, rpa, robotic process automation, api integration, business process automation, data sync, product integration, process automation',
    'integration, automation, workflow, connector',
    'crm hr finance customer-support marketing-automation sales collaboration e-commerce communications payments compliance data-infrastructure machine-learning',
  ),
  'cost-management': area(
    'cloud cost management',
    'cloud cost, finops, cost optimization, cloud spend, cost management, resource optimization',
    'cost saving',
    'cloud-platform observability data-infrastructure managed-services consulting',
  ),
  logistics: area(
    'logistics and supply chain',
    'supply chain, shipping, fulfillment, inventory management, warehouse management, freight, last mile, logistics',
    'delivery, warehouse, inventory',
    'e-commerce finance payments business-intelligence integration',
  ),
  education: area(
    'learning',
    'elearning, online course, learning management, lms, training platform, corporate training, employee training, online learning',
    'education, course, training',
    'hr communications content-management collaboration',
  ),
  health: area(
    'health software',
    'electronic health record, ehr, telehealth, telemedicine, practice management, medical record, healthcare it, digital health',
    'healthcare, patient, clinic',
    'payments communications compliance identity integration',
  ),
  property: area(
    'property software',
    'property management, real estate, proptech, construction management',
    'construction, housing',
    'payments crm finance compliance',
  ),
  blockchain: area(
    'blockchain',
    'blockchain, web3, crypto wallet, defi, smart contract, cryptocurrency, stablecoin, nft',
    'crypto, token',
    'security identity payments developer-tools compliance',
  ),
  consulting: area(
    'consulting',
    'consulting, consultancy, consultant, professional services, system integrator, systems integrator, implementation services, implementation partner, advisory services, digital transformation, it services, cloud migration, migration services, staff augmentation',
    'consultation',
    'cloud-platform security data-infrastructure crm developer-tools',
  ),
  'managed-services': area(
    'managed services',
    'managed service, managed services provider, msp, managed cloud, managed hosting, managed kubernetes, managed security, managed infrastructure, managed it',
    'outsourcing, it support, enterprise support',
    'cloud-platform security observability cost-management identity',
  ),
  resale: area(
    'resale and distribution',
    'reseller, value added reseller, distributor, solution provider, solutions provider, licensing partner, cloud marketplace, procurement services',
    'distribution, dealer',
    'security cloud-platform communications collaboration',
  ),
  'software-services': area(
    'software development services',
    'software development company, software development agency, custom software, software consultancy, web development, mobile development, app development, software house, development agency, software engineering services',
    'bespoke, engineering team',
    'cloud-platform developer-tools content-management e-commerce',
  ),
  agency: area(
    'agency work',
    'digital agency, marketing agency, creative agency, design agency, web agency, design studio, advertising agency, seo agency, branding, ux design, digital studio, web design, digital product agency, growth agency',
    'agency, studio, client',
    'marketing-automation content-management e-commerce advertising crm product-analytics',
  ),
  'training-services': area(
    'training services',
    'training provider, instructor led, certification training, workshop, bootcamp, technical training, coaching',
    'training, certification',
    'developer-tools cloud-platform',
  ),
  media: area(
    'media and content',
    'newsletter, podcast, blog, media company, online magazine, publication, publisher, content creator, creator economy, influencer, youtube channel, news site, product review, comparison site',
    'content, creator, audience, media',
    'advertising marketing-automation content-management',
  ),
  community: area(
    'communities and events',
    'online community, conference, meetup, trade association, professional network, accelerator, developer community, event organizer',
    'forum, community, foundation, membership, event',
    'media marketing-automation communications',
  ),
  advisory: area(
    'professional advice',
    'accounting firm, law firm, advisor, adviser, tax advisor, venture capital, business advisory, auditor, assessor, assessment and audit services, fractional cfo, investor, third party assessment',
    'advice, advisory',
    'finance compliance security hr',
  ),
} satisfies Record<string, Area>;
export type AreaId = keyof typeof AREAS;

/** Checks the ids in `partners` when the module loads, so that a slip in the table cannot go unnoticed. */
export const PARTNER_AREAS: ReadonlyMap<AreaId, readonly AreaId[]> = new Map(
  areaIds().map((id) => [id, AREAS[id].partners.split(' ').map(areaId)] as const),
);

export function areaIds(): AreaId[] {
  return Object.keys(AREAS) as AreaId[]; // Object.keys forgets the key type
}

function areaId(text: string): AreaId {
  const id = areaIds().find((known) => known === text);
  if (!id) throw new Error(`no area is called “${text}”`);
  return id;
}

function area(name: string, signs: string, hints: string, partners: string): Area {
  return { name, signs: signs.split(', '), hints: hints.split(', '), partners };
}
