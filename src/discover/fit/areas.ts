import type { SegmentId } from './segments.ts';

/** A field of business software or services. `signs` show that a company works in it, `hints` only suggest it; `buyers` are the
 *  teams that usually buy such a thing. */
export type Area = { buyers: SegmentId[]; signs: string[]; hints: string[] };

/** Written from general knowledge of the trade: correct a line here and every score follows. Phrases match whole words, in any number
 *  (agency = agencies), case and hyphenation. */
export const AREAS = {
  // Data
  'customer-data': area(
    'data-teams marketers product-teams developers',
    'customer data platform, cdp, identity resolution, unified customer profile, customer profile, customer event, tag management, tag manager, customer 360, first party data, audience segmentation, customer data infrastructure, consumer identity',
    'customer data, audience',
  ),
  'product-analytics': area(
    'product-teams marketers developers',
    'product analytics, web analytics, website analytics, mobile analytics, app analytics, event analytics, user analytics, session replay, session recording, heatmap, funnel analysis, user behavior, behavioral analytics, digital analytics, marketing analytics, customer analytics, retention analysis, clickstream',
    'analytics',
  ),
  experimentation: area(
    'product-teams marketers developers',
    'a/b testing, a/b test, feature flag, feature flagging, feature management, experimentation, experimentation platform, personalization, personalisation, conversion rate optimization, conversion optimization, recommendation engine, multivariate testing, remote config, product tour, user onboarding',
    'experiment, recommendation',
  ),
  'business-intelligence': area(
    'data-teams finance-teams',
    'business intelligence, data visualization, dashboard, reporting tool, self-service analytics, embedded analytics, bi tool, data exploration, data notebook, kpi, spreadsheet',
    'analytics, reporting, insight, data analytics',
  ),
  databases: area(
    'data-teams developers operations',
    'database, data warehouse, data lake, lakehouse, timeseries database, time series database, graph database, document database, relational database, nosql, postgres, mysql, sql engine, data lakehouse, in-memory, caching, query engine, distributed sql, object storage, key-value store, data store',
    'sql, storage, query, big data',
  ),
  'data-pipelines': area(
    'data-teams developers',
    'data pipeline, etl, elt, reverse etl, data integration, data catalog, data engineering, stream processing, event streaming, data quality, data observability, data transformation, data orchestration, data ingestion, change data capture, data replication, data lineage, message queue, event driven, data mesh, streaming data, data migration, move data, moves data, extract and load, data discovery, metadata, data activation, data connector',
    'data platform, data infrastructure, big data',
  ),
  // Machine learning
  'ai-models': area(
    'developers data-teams',
    'large language model, language model, foundation model, llm provider, model inference, inference, gpu cloud, gpu, model hosting, open source model, model api, embedding model, speech to text, text to speech, conversational ai, image generation, computer vision, fine tuning, ai accelerator, generative model, natural language processing, voice ai, speech recognition, multimodal',
    'llm, generative ai, machine learning, artificial intelligence',
  ),
  'ai-development': area(
    'developers data-teams',
    'mlops, ml ops, llmops, llm framework, ai application, applications with large language models, applications powered by large language models, building ai agents, ai agent platform, machine learning platform, agent framework, llm application, ai agent framework, prompt engineering, prompt management, llm evaluation, model monitoring, model training, data labeling, annotation, experiment tracking, rag, retrieval augmented generation, ai gateway, feature store, ai infrastructure, llm observability, ai evaluation, agent memory, ml platform, data science platform, model deployment',
    'llm, machine learning, ai agent, data science, model pipeline',
  ),
  search: area(
    'developers data-teams',
    'vector database, vector search, search engine, semantic search, site search, search api, enterprise search, full text search, vector store, similarity search, search platform, hybrid search',
    'search, retrieval, knowledge graph',
  ),
  'web-data': area(
    'developers data-teams',
    'web scraping, web crawling, web data, scraper, document processing, document parsing, ocr, data extraction, document extraction, browser automation, headless browser, proxy network, pdf, intelligent document processing, data api, alternative data',
    'crawler, extract',
  ),
  // Selling and marketing
  crm: area(
    'sales-teams marketers support-teams',
    'crm, customer relationship management, sales pipeline, deal management, contact management, client relationship, customer relationship, lead management',
    'sales team, contact',
  ),
  sales: area(
    'sales-teams',
    'sales engagement, sales enablement, sales automation, lead generation, prospecting, sales intelligence, revenue intelligence, data enrichment, enrichment, outbound, cold email, revenue operations, sales coaching, conversation intelligence, sales outreach, b2b data, account based marketing, lead scoring, sales development, cpq, sales commission, proposal software, buyer intent, partner relationship management, deal room, go-to-market',
    'sales, lead, revenue',
  ),
  'marketing-automation': area(
    'marketers',
    'marketing automation, email marketing, push notification, customer engagement, lifecycle marketing, sms marketing, email automation, customer messaging, marketing platform, marketing campaign, in-app message, email campaign, newsletter software, marketing cloud, customer engagement platform, cross channel, omnichannel marketing, mobile marketing, web push, email platform, mailing list, customer journey, landing page, marketing software, lead capture',
    'marketing, campaign, engagement, newsletter, email',
  ),
  loyalty: area(
    'marketers retail',
    'loyalty program, loyalty, referral marketing, referral program, rewards program, affiliate marketing, customer advocacy, ambassador, gift card, affiliate tracking, partner marketing, product reviews, user generated content, reputation management',
    'reward, referral, review, incentive',
  ),
  advertising: area(
    'marketers',
    'advertising, ad platform, ad network, attribution, retargeting, demand side platform, mobile measurement, deep linking, paid media, influencer marketing, ad campaign, ad tech, adtech, programmatic, conversion tracking, media buying, ad spend, marketing attribution, ad server, search ads, ad exchange, marketing measurement, ad optimization, conversion api',
    'ads, ad, advertiser, publisher, conversion',
  ),
  'social-media': area(
    'marketers',
    'social media management, social network, social media, social listening, social media marketing, social media scheduling, messenger, short video, video sharing, creator platform, community platform, social platform',
    'social, creator, influencer',
  ),
  seo: area(
    'marketers',
    'seo, search engine optimization, content marketing, keyword research, backlink, copywriting, ai writing, content generation, content creation, answer engine optimization',
    'content, writing, keyword',
  ),
  'customer-support': area(
    'support-teams product-teams',
    'help desk, helpdesk, customer support, customer service, live chat, livechat, chatbot, ticketing, customer success, contact center, call center, support ticket, customer communication, customer messaging platform, shared inbox, self-service support, support automation, churn',
    'support team, support agent, ticket, chat',
  ),
  surveys: area(
    'product-teams marketers',
    'survey, customer feedback, user feedback, nps, user research, voice of the customer, form builder, online form, customer experience, market research, product feedback, experience management, user testing, quiz, feedback management',
    'feedback, research, form',
  ),
  communications: area(
    'developers support-teams sales-teams operations',
    'voice api, messaging api, email api, sms api, telephony, phone system, chat api, unified communications, voip, transactional email, sms, cloud communication, email delivery, business phone, whatsapp, email service, text message, call tracking, cpaas, notification infrastructure, phone number, dialer, fax',
    'messaging, email, call, voice, notification, phone',
  ),
  meetings: area(
    'sales-teams marketers hr-teams',
    'video conferencing, video call, video meeting, webinar, virtual event, event management, event platform, scheduling, appointment scheduling, calendar, meeting notes, online meeting, meeting assistant, ticketing platform, online booking, notetaker',
    'meeting, event, appointment, video',
  ),
  // Working together
  collaboration: area(
    'product-teams developers operations',
    'project management, team collaboration, task management, collaboration tool, issue tracking, team chat, work management, whiteboard, productivity tool, team communication, to-do list, kanban, issue tracker, product management, product roadmap, time tracking, project tracking, productivity software, workspace, okr, team messaging, intranet',
    'productivity, collaboration, task, project',
  ),
  knowledge: area(
    'support-teams developers operations legal-teams',
    'knowledge base, knowledge management, document management, file sharing, file storage, note taking, wiki, documentation, cloud storage, file sync, enterprise content management, document collaboration, technical documentation, notes app, api documentation, records management',
    'document, files, notes, knowledge',
  ),
  design: area(
    'product-teams marketers',
    'design tool, prototyping, graphic design, video editing, photo editing, digital asset management, design system, image editing, animation, 3d, media management, image optimization, video platform, video hosting, video api, video streaming, presentation, creative tool, image processing, podcast hosting',
    'design, image, creative, photo',
  ),
  // Web and commerce
  'content-management': area(
    'marketers developers',
    'cms, headless cms, content management, digital experience, website builder, site builder, content platform, web content, blog platform, content editing, content modeling, structured content, git-based cms, publishing platform, digital experience platform',
    'content, website, publishing',
  ),
  'web-frameworks': area(
    'developers',
    'static site, static site generator, web framework, javascript framework, frontend framework, jamstack, web hosting, frontend, ui framework, component library, backend as a service, web platform, app framework, server side rendering, vue, react, nuxt, next.js, wordpress, mobile framework, ui component',
    'javascript, website, web app, hosting, typescript',
  ),
  localization: area(
    'marketers product-teams developers',
    'localization, localisation, translation, translation management, multilingual, internationalization, i18n, machine translation, subtitles, interpreter',
    'language',
  ),
  'e-commerce': area(
    'retail marketers',
    'e-commerce, ecommerce, online store, shopping cart, storefront, shopify, merchandising, order management, online retailer, product catalog, e-commerce platform, headless commerce, commerce platform, product information management, marketplace platform, point of sale, pos, retail technology, online shop, woocommerce, dropshipping',
    'shopping, marketplace, merchant, checkout, retail',
  ),
  payments: area(
    'finance-teams developers retail',
    'payment, payment processing, payment gateway, subscription billing, billing, invoicing, subscription management, payment platform, payouts, payment processor, recurring billing, usage based billing, payment api, payment infrastructure, buy now pay later, card issuing, money transfer, digital wallet, payment method, remittance, point of sale payment, merchant account',
    'subscription, checkout, transaction, card, money',
  ),
  // Back office
  accounting: area(
    'finance-teams small-business',
    'accounting, bookkeeping, expense management, accounts payable, accounts receivable, spend management, financial planning, accounting software, sales tax, tax, corporate card, fp&a, financial reporting, financial close, expense report, revenue recognition, financial operation, budgeting, treasury management, cap table, equity management, general ledger',
    'finance team, invoice, finance, expense',
  ),
  erp: area(
    'enterprise finance-teams manufacturing',
    'erp, enterprise resource planning, procurement, enterprise software, business management software, supplier management, sourcing, purchasing, vendor management, saas management, contract lifecycle, business suite, inventory software',
    'operations, supplier',
  ),
  banking: area(
    'financial-services startups',
    'neobank, bank account, banking as a service, lending, business banking, credit underwriting, open banking, loan, credit score, mortgage, wealth management, investment platform, brokerage, trading platform, financial data, stock trading, asset management, embedded finance, core banking, bank data, credit card, personal finance, venture debt, digital bank, capital markets',
    'banking, credit, fintech, investing, bank',
  ),
  insurance: area(
    'financial-services',
    'insurance, insurtech, insurer, claims processing, underwriting, insurance broker, policyholder, insurance agency',
    'policy, claim',
  ),
  hr: area(
    'hr-teams',
    'human resources, hris, payroll, works council, employee representative, labour law, labor law, employment law, personnel, employee benefits, people operations, performance management, hr platform, hr software, workforce management, employee engagement, employee onboarding, employer of record, hcm, human capital management, time off, employee experience, benefits administration, people management, global payroll, compensation management, shift scheduling, hr tech, staff scheduling, time tracking, attendance, pension',
    'hr, employee, workforce, benefits',
  ),
  recruiting: area(
    'hr-teams',
    'recruiting, recruitment, applicant tracking, ats, talent acquisition, hiring platform, job board, background check, candidate sourcing, technical interview, candidate screening, job marketplace, talent platform, hiring software, interview, recruiting software, talent marketplace, job seeker',
    'hiring, talent, candidate, job',
  ),
  legal: area(
    'legal-teams sales-teams',
    'contract management, lawyer, e-signature, digital signature, electronic signature, legal software, legal tech, law practice, contract lifecycle management, contract review, esignature, legal document, patent, case management, document signing, legaltech, legal service, litigation, ediscovery, e-discovery, legal team, attorney',
    'legal, contract, law',
  ),
  compliance: area(
    'legal-teams security-teams',
    'soc 2, gdpr, compliance automation, regulatory compliance, data privacy, consent management, audit, hipaa, iso 27001, governance risk, grc, cookie consent, privacy management, data governance, risk management, fedramp, third party risk, kyc, aml, anti money laundering, policy management, regtech',
    'compliance, privacy, governance, regulation, risk',
  ),
  logistics: area(
    'logistics retail',
    'supply chain, shipping, fulfillment, inventory management, warehouse management, freight, last mile, logistics, shipping software, delivery management, trucking, 3pl, order fulfillment, returns management, customs clearance, customs broker, warehouse robot, warehouse automation, parcel, courier',
    'delivery, inventory, carrier',
  ),
  // Running software
  identity: area(
    'security-teams developers operations',
    'authentication, single sign on, sso, identity management, identity provider, access management, passwordless, identity verification, user management, password manager, authorization, multi factor authentication, identity governance, privileged access, directory service, identity platform, zero trust, access control, permission',
    'identity, login, auth, credential',
  ),
  security: area(
    'security-teams operations enterprise',
    'cybersecurity, cyber security, threat detection, vulnerability management, vulnerability, siem, endpoint security, penetration testing, application security, cloud security, network security, fraud detection, fraud prevention, data security, data loss prevention, security platform, secrets management, bug bounty, security testing, container security, threat intelligence, email security, malware, encryption, firewall, intrusion detection, security operation, ransomware, phishing, attack surface, security awareness, bot detection, security scanner, runtime security, supply chain security, api security, security posture, devsecops',
    'security, threat, fraud, attack, secure',
  ),
  observability: area(
    'operations developers',
    'observability, application performance, performance monitoring, apm, log management, tracing, distributed tracing, error tracking, uptime, infrastructure monitoring, real user monitoring, telemetry, opentelemetry, server monitoring, network monitoring, synthetic monitoring, log analytics, crash reporting, error monitoring, monitoring platform, application monitoring, metrics, profiling, uptime monitoring, database monitoring, prometheus',
    'monitoring, logs, debugging, trace, instrumentation',
  ),
  'incident-management': area(
    'operations developers',
    'incident management, incident response, on call, alerting, status page, it service management, itsm, runbook, root cause, site reliability, aiops, chaos engineering, service desk, it operations, event correlation, reliability, resilience testing, asset management software, it asset management',
    'incident, outage, alert, downtime',
  ),
  'developer-tools': area(
    'developers',
    'ci/cd, continuous integration, continuous delivery, code review, version control, devops, code quality, internal tools, software delivery, release management, gitops, ide, code editor, coding assistant, code search, build tool, source code, developer productivity, development environment, deployment automation, continuous deployment, package manager, git hosting, internal developer platform, app builder, ai coding, developer experience, platform engineering',
    'developer, developer tool, developer platform, coding, deployment, code, sdk',
  ),
  testing: area(
    'developers product-teams',
    'software testing, test automation, load testing, test management, quality assurance, performance testing, mobile testing, browser testing, automated testing, end-to-end testing, api testing, bug tracking, regression testing, visual testing, qa, bug reporting',
    'testing, test, bug',
  ),
  'cloud-platform': area(
    'operations developers enterprise',
    'cloud hosting, platform as a service, paas, serverless, infrastructure as code, edge computing, cdn, virtual machine, cloud infrastructure, cloud provider, hybrid cloud, multi cloud, bare metal, public cloud, private cloud, cloud computing, infrastructure as a service, iaas, vps, dedicated server, data center, cloud platform, cloud management, edge cloud, infrastructure automation, virtualization, cloud service provider, operating system, linux, sovereign cloud, supercomputing',
    'cloud, infrastructure, hosting, server, hardware, compute',
  ),
  'cloud-native': area(
    'operations developers',
    'kubernetes, container, container orchestration, service mesh, container runtime, container registry, microservice, helm, docker, kubernetes management, kubernetes platform, k8s, container platform, istio, envoy, kubernetes cluster, containerd',
    'cluster, runtime, cloud native',
  ),
  networking: area(
    'operations enterprise',
    'load balancer, load balancing, sd-wan, dns, vpn, content delivery network, service discovery, network management, network automation, ingress, network equipment, software defined networking, telecommunication, telecom, 5g, internet service provider, ddos protection, switching, router, wireless, network operator, mobile network, network infrastructure',
    'network, traffic, connectivity',
  ),
  apis: area(
    'developers',
    'api gateway, api management, api platform, graphql, api development, api testing, webhook, unified api, embedded integration, api integration, product integration, api design, api first, api client, grpc, integration infrastructure, api marketplace, api developer',
    'api, endpoint',
  ),
  integration: area(
    'operations sales-teams marketers',
    'integration platform, ipaas, workflow automation, no-code, low-code, rpa, robotic process automation, business process automation, data sync, process automation, automation platform, workflow engine, business process management, no code app, workflow orchestration, task automation, bpm',
    'integration, automation, workflow, connector',
  ),
  'cost-management': area(
    'operations finance-teams',
    'cloud cost, finops, cost optimization, cloud spend, cost management, resource optimization, cloud financial, kubernetes cost, cloud bill',
    'cost saving, spend',
  ),
  storage: area(
    'operations enterprise',
    'backup, disaster recovery, data protection, data storage, storage platform, cloud backup, software defined storage, block storage, file system, persistent storage, data recovery, storage system, archiving',
    'storage, recovery, replication',
  ),
  devices: area(
    'operations manufacturing',
    'iot, internet of things, device management, mobile device management, mdm, sensor, embedded system, endpoint management, edge device, connected device, smart home, remote access, remote desktop, firmware, wearable, smart device',
    'device, hardware',
  ),
  // Branches with software of their own
  health: area(
    'healthcare',
    'dental, dentist, dental practice, medical practice, patient recall, pharmacy, nursing, veterinary, electronic health record, ehr, telehealth, telemedicine, practice management, medical record, healthcare it, digital health, patient engagement, healthcare provider, mental health, clinical, health tech, medical device, primary care, patient care, healthcare, medical imaging, healthcare service, care delivery',
    'patient, clinic, doctor, wellness, therapy, medical',
  ),
  biotech: area(
    'healthcare',
    'biotech, drug discovery, therapeutics, pharma, genomics, diagnostics, clinical trial, gene therapy, laboratory, protein, synthetic biology, life science, cell therapy, dna, biology',
    'lab, cancer, scientist, disease',
  ),
  education: area(
    'education hr-teams',
    'elearning, online course, learning management, lms, training platform, corporate training, employee training, online learning, edtech, online education, tutoring, learning platform, online school, student information, course creation, coding school, language learning, higher education, k-12',
    'education, course, student, school, teacher, learning',
  ),
  property: area(
    'real-estate',
    'property management, real estate, proptech, home buying, rental, real estate agent, building management, housing, co-living, coworking, mortgage broker, facility management, landlord, property manager',
    'tenant, realtor',
  ),
  construction: area(
    'real-estate trades',
    'construction, construction management, general contractor, subcontractor, building material, job site, bid management, takeoff, quantity surveyor, architect, architecture firm, civil engineering, bim, building project, construction project, home builder',
    'contractor, builder, estimating',
  ),
  'field-service': area(
    'trades small-business',
    'field service, field service management, technician, technician dispatch, hvac, plumber, plumbing, electrician, home service, pest control, appliance repair, maintenance work order, landscaping, cleaning service, cleaning company, roofing, elevator maintenance, trades business',
    'dispatch, repair, maintenance',
  ),
  hospitality: area(
    'hospitality',
    'hotel, restaurant, hospitality, food delivery, vacation rental, restaurant software, catering, guest experience, hotelier, property management system, channel manager, restaurant pos',
    'guest, menu, kitchen',
  ),
  travel: area(
    'hospitality consumers',
    'travel, airline, travel booking, tourism, flight, business travel, booking platform, tour operator, travel agency, corporate travel, trip planning, itinerary',
    'trip, traveler, traveller, vacation',
  ),
  industry: area(
    'manufacturing',
    'manufacturing, robotics, robot, industrial automation, 3d printing, semiconductor, aerospace, drone, factory, satellite, industrial iot, chip, space, machine builder, warehouse robotics, mobile robot, shop floor, predictive maintenance, manufacturing execution, engineering software, cad, battery, defense, materials',
    'hardware, industrial, machine',
  ),
  vehicles: area(
    'logistics consumers',
    'autonomous vehicle, electric vehicle, automotive, car dealership, telematics, fleet management, car rental, vehicle inspection, auto repair, ev charging, self-driving, motorcycle, car insurance',
    'vehicle, car, driver, fleet',
  ),
  fitness: area(
    'consumers',
    'gym, fitness studio, fitness, fitness app, personal trainer, yoga, sports club, sports team, wellness studio, athlete',
    'workout, coach, sport',
  ),
  agriculture: area(
    'consumers',
    'agriculture, farming, agtech, crop, farmer, livestock, irrigation, farm management, greenhouse',
    'farm, soil, harvest',
  ),
  climate: area(
    'energy',
    'renewable energy, solar, energy, carbon, climate, sustainability, energy management, carbon accounting, clean energy, utility, climatetech, esg, recycling, energy storage, electricity, emission',
    'green, power, grid',
  ),
  food: area(
    'consumers',
    'food production, beverage, grocery, food tech, consumer goods, apparel, beauty, fashion, pet care, consumer product, cosmetics, furniture',
    'food, brand, consumer',
  ),
  government: area(
    'government',
    'govtech, government software, public safety, civic tech, law enforcement, government agency, public sector, federal government, emergency management, federal agency, citizen service, smart city, grant management, defense contractor',
    'government, federal, municipal, agency mission',
  ),
  games: area(
    'consumers media',
    'gaming, video game, game studio, esports, game development, mobile game, virtual reality, augmented reality, metaverse, music streaming, dating app, fantasy sports, entertainment, game engine, live streaming',
    'game, player, fan, music',
  ),
  blockchain: area(
    'developers financial-services',
    'blockchain, web3, crypto wallet, defi, smart contract, cryptocurrency, stablecoin, nft, decentralized exchange, dapp, ethereum, onchain, on-chain, bitcoin, crypto exchange, layer 2, tokenization, decentralized, dao, digital asset, rollup, oracle network, cross-chain, rpc node, account abstraction, solana',
    'crypto, token, wallet',
  ),
  nonprofit: area(
    'nonprofit',
    'fundraising, donation, donation management, charities, nonprofit software, donor management, membership management, charity, volunteer management, association management, crowdfunding, donor, church',
    'nonprofit, member, volunteer',
  ),
  // Services and audiences
  consulting: area(
    'enterprise',
    'consulting, consultancy, consultant, professional services, system integrator, systems integrator, implementation services, implementation partner, advisory services, digital transformation, it services, cloud migration, migration services, technology consulting, it consulting, cloud consulting, devops consulting, consulting firm, consulting company, management consulting, consulting services, support and training, engineering services, cloud services company, technology services',
    'consultation, expertise, transformation, expert, help companies',
  ),
  'managed-services': area(
    'enterprise small-business',
    'managed service, managed services provider, managed service provider, msp, managed cloud, managed hosting, managed kubernetes, managed security, managed infrastructure, managed it, outsourced it, it outsourcing, it support services, remote hands, application hosting, managed application',
    'outsourcing, it support, enterprise support, 24/7 support',
  ),
  resale: area(
    'enterprise small-business',
    'reseller, value added reseller, distributor, solution provider, solutions provider, licensing partner, cloud marketplace, procurement services, software distribution, it solutions, it distributor, technology solutions, cloud broker',
    'distribution, dealer, channel',
  ),
  'software-services': area(
    'startups enterprise',
    'software development company, software development agency, custom software, software consultancy, web development, mobile development, app development, software house, development agency, software engineering services, development studio, software development services, application development, custom software development, web application development, dedicated team, nearshore, offshore development, software agency, development shop, product development company, software engineering company, custom development, development team, software studio',
    'bespoke, engineering team, software development, web apps, mobile apps, outsource',
  ),
  agency: area(
    'marketers',
    'digital agency, marketing agency, creative agency, design agency, web agency, design studio, advertising agency, seo agency, branding, ux design, digital studio, web design, digital product agency, growth agency, full service agency, digital marketing agency, interactive agency, media agency, digital product studio, design firm, ux agency, design consultancy, pr agency, public relations',
    'agency, studio, client',
  ),
  training: area(
    'hr-teams developers',
    'training provider, instructor led, certification training, workshop, bootcamp, technical training, coaching, training company, training courses, training services, corporate trainer',
    'training, certification, trainer',
  ),
  media: area(
    'consumers',
    'newsletter, podcast, blog, media company, online magazine, publication, content creator, creator economy, influencer, youtube channel, news site, comparison site, digital media, journalism, news platform, book publishing, review site',
    'content, creator, audience, media, news',
  ),
  community: area(
    'developers startups',
    'online community, conference, meetup, trade association, professional network, accelerator, developer community, event organizer, industry association, user group, non-profit foundation, standards body, consortium, research institute, university',
    'forum, community, foundation, membership',
  ),
  advisory: area(
    'small-business enterprise',
    'accounting firm, law firm, tax advisor, venture capital, business advisory, auditor, assessor, 3pao, assessment and audit services, fractional cfo, investor, third party assessment, certification body, compliance assessment, audit firm, cpa firm, independent assessor, attestation',
    'advice, advisory, advisor, assessment',
  ),
  staffing: area(
    'hr-teams startups',
    'staffing, staff augmentation, freelancer marketplace, talent network, freelance platform, remote developer, contractor management, hire developers, virtual assistant, staffing agency, vetted talent, executive search, outsourcing company, bpo',
    'freelancer, contractor, talent',
  ),
} satisfies Record<string, Area>;
export type AreaId = keyof typeof AREAS;
export const AREA_IDS = Object.keys(AREAS) as AreaId[]; // Object.keys forgets the key type

/** Fields that say for which trade something is made, not what it does. */
export const BRANCHES: ReadonlySet<AreaId> = new Set<AreaId>([
  'health',
  'biotech',
  'education',
  'property',
  'construction',
  'field-service',
  'hospitality',
  'travel',
  'industry',
  'vehicles',
  'fitness',
  'agriculture',
  'climate',
  'food',
  'government',
  'games',
  'blockchain',
  'nonprofit',
  'insurance',
]);

function area(buyers: string, signs: string, hints: string): Area {
  // Each word is checked against the list of segments by a test, which the type of a split string cannot do.
  return { buyers: buyers.split(' ') as SegmentId[], signs: signs.split(', '), hints: hints.split(', ') };
}
