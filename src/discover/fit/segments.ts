/** Groups of customers, each with the phrases that name it: teams inside a company, branches, and sizes of company. */
export const SEGMENTS = {
  developers: segment('developer, software engineer, engineering team, engineer, programmer, product engineer, dev team, software team'),
  operations: segment(
    'devops, site reliability, sre, platform team, platform engineer, operations team, it operations, infrastructure team, it team, sysadmin',
  ),
  'security-teams': segment('security team, ciso, security operation, soc analyst, security engineer'),
  'data-teams': segment('data team, data scientist, data engineer, analyst, data analyst'),
  'product-teams': segment('product team, product manager, growth team, product led'),
  marketers: segment('marketer, marketing team, brand, growth marketer, cmo'),
  'sales-teams': segment('sales team, salespeople, sales rep, revenue team, go-to-market team, account executive'),
  'support-teams': segment('support team, customer success team, customer service team'),
  'hr-teams': segment(
    'hr team, hr department, hr manager, people team, recruiter, human resources, works council, employee representative',
  ),
  'finance-teams': segment('finance team, cfo, accountant, accounting team, bookkeeper, controller'),
  'legal-teams': segment('legal team, law firm, lawyer, attorney'),
  'software-companies': segment(
    'saas company, software company, tech company, b2b software, software vendor, ai company, technology company, digital business, digital product',
  ),
  startups: segment('startup, start-up, early stage, scale-up, scaleup, founder, y combinator company'),
  'small-business': segment('small business, smb, sme, small and medium, freelancer, solopreneur, local business, small company'),
  enterprise: segment(
    'enterprise, large company, large enterprise, fortune 500, global 2000, corporation, large organization, mid-market, mid-size, midsize',
  ),
  retail: segment('retail, retailer, e-commerce, ecommerce, merchant, online store, dtc, consumer brand, fashion'),
  healthcare: segment(
    'healthcare, hospital, health system, clinic, physician, doctor, patient, medical practice, health plan, dental, dentist, pharmacy, veterinarian',
  ),
  'financial-services': segment(
    'financial services, bank, fintech, insurance, insurer, credit union, wealth management, asset manager, financial institution, lender',
  ),
  media: segment('media, publisher, broadcaster, entertainment, streaming, news organization, gaming'),
  education: segment('school, university, education, student, teacher, college, higher education'),
  government: segment('government, public sector, federal agency, municipality, city government, state and local, govtech'),
  manufacturing: segment('manufacturer, manufacturing, factory, industrial, machine builder'),
  logistics: segment('logistics, carrier, freight, shipper, trucking, fleet, warehouse'),
  'real-estate': segment('real estate, property manager, landlord, construction, contractor, realtor, architect, builder'),
  trades: segment(
    'hvac, plumber, plumbing, electrician, pest control, repair company, home service, tradesperson, tradespeople, field technician, cleaning company, landscaper, roofer, subcontractor',
  ),
  hospitality: segment('restaurant, hotel, hospitality, travel, airline, tourism'),
  energy: segment('energy, utility, oil and gas, solar, renewable'),
  nonprofit: segment('nonprofit, non-profit, charity, ngo, foundation'),
  agencies: segment('agency, digital agency, marketing agency, consultant, consultancy'),
  consumers: segment('consumer, family, parent, gamer, shopper, traveler'),
} satisfies Record<string, Segment>;
export type SegmentId = keyof typeof SEGMENTS;
export type Segment = { signs: string[] };

function segment(signs: string): Segment {
  return { signs: signs.split(', ') };
}
