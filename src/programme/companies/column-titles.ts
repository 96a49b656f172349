/**
 * Titles of columns by what they mean, best first; of two columns for one field the better title wins. Compared by their letters and digits
 * alone, without accents and case. English first, then German, French, Spanish, Italian and Dutch; what CRMs call their columns in these
 * languages is among them (HubSpot, Salesforce, Pipedrive). A title of people's columns counts only beside an e-mail address.
 */
export const COLUMN_TITLES = {
  domain: `domain, company domain, domain name, web domain, website domain, account domain, company domain name, primary domain;
    Domäne, Firmendomain, Domainname, Domain-Name des Unternehmens; domaine, nom de domaine, domaine web, nom de domaine de l’entreprise;
    dominio, nombre de dominio, dominio web, dominio de la empresa, nombre de dominio de la empresa; nome di dominio, dominio aziendale,
    nome di dominio dell’azienda; domein, domeinnaam, domeinnaam van het bedrijf`,
  website: `website, website url, company website, account website, company website url, homepage, homepage url, web address, web site,
    webpage, web page, internet address; Webseite, Internetadresse, Internetseite, Webadresse, Webauftritt, Internetauftritt, Firmenwebsite,
    Firmenwebseite, Homepage-URL, Website-URL, Internet; site internet, site web, adresse web, adresse internet, page web, url du site,
    url du site web, adresse du site, site de l’entreprise; página web, sitio web, dirección web, url del sitio web, sitio, página;
    sito web, sito internet, indirizzo web, pagina web, url del sito web, sito, sito aziendale; webadres, internetadres, webpagina,
    website-url, webstek; url, company url, web, site, weburl, link`,
  name: `company name, company, account name, account, organisation, organization, organisation name, organization name, business,
    business name, firm, firm name, name of company, legal name, company legal name, associated company, primary company; Firma, Firmenname,
    Unternehmen, Unternehmensname, Name der Firma, Name des Unternehmens, Firmenbezeichnung, Betrieb, Name 1, Accountname, Organisationsname;
    nom de l’entreprise, nom de la société, entreprise, société, raison sociale, dénomination sociale, dénomination, nom du compte, compte,
    nom de l’organisation, nom entreprise, nom société, établissement, compagnie; nombre de la empresa, empresa, nombre empresa, razón social,
    compañía, nombre de la compañía, sociedad, nombre de la cuenta, cuenta, organización, nombre comercial, nombre de la organización; azienda,
    nome azienda, nome dell’azienda, ragione sociale, società, nome società, impresa, ditta, denominazione, nome account,
    organizzazione, nome dell’impresa; bedrijf, bedrijfsnaam, naam bedrijf, naam van het bedrijf, organisatie, organisatienaam,
    naam organisatie, firmanaam, onderneming, handelsnaam, accountnaam; name, naam, nombre, nom, nome`,
  oneLiner: `one liner, tagline, short description, slogan, headline, summary, pitch; Kurzbeschreibung; description courte, accroche;
    descripción corta, eslogan; descrizione breve; korte omschrijving, korte beschrijving`,
  description: `description, company description, long description, about, about us, overview, details, bio, what they do; Beschreibung,
    Unternehmensbeschreibung, Firmenbeschreibung, Über uns, Tätigkeit; description de l’entreprise, présentation, descriptif, à propos;
    descripción, descripción de la empresa; descrizione, descrizione azienda; omschrijving, beschrijving, bedrijfsomschrijving`,
  industries: `industries, industry, company industry, sectors, sector, vertical, verticals, category, categories, business sector,
    line of business; Branche, Branchen, Wirtschaftszweig, Industrie, Sektor, Tätigkeitsbereich, Geschäftsfeld, Kategorie; secteur d’activité,
    secteur, secteurs, activité, domaine d’activité, industrie, catégorie; sector de actividad, industria, actividad, rubro, giro, ramo,
    categoría; settore, settore di attività, settori, attività, categoria; bedrijfstak, industrietak, categorie`,
  tags: `tags, tag, keywords, keyword, topics, labels, specialties, specialities, technologies; Schlagworte, Schlagwörter, Stichworte,
    Stichwörter, Themen; mots-clés, étiquettes; etiquetas, palabras clave; parole chiave, etichette; trefwoorden`,
  teamSize: `team size, employees, employee count, number of employees, num employees, no of employees, nr of employees, company size,
    headcount, head count, total employees, full time employees, estimated num employees, estimated employees, staff, people, size, fte; Mitarbeiterzahl, Mitarbeiter, Anzahl Mitarbeiter,
    Anzahl der Mitarbeiter, Mitarbeiteranzahl, Zahl der Mitarbeiter, Mitarbeitende, Anzahl Mitarbeitende, Anzahl der Mitarbeitenden,
    Mitarbeiterinnen und Mitarbeiter, Beschäftigte, Anzahl Beschäftigte, Beschäftigtenzahl, Unternehmensgröße, Firmengröße, Personal;
    effectif, effectifs, nombre d’employés, nombre de salariés, nb employés, nb d’employés, nb salariés, nb de salariés, employés, salariés,
    collaborateurs, nombre de collaborateurs, taille de l’entreprise, taille; nº de empleados, n° de empleados, número de empleados,
    núm. de empleados, núm. empleados, num empleados, nº empleados, nro de empleados, cantidad de empleados, empleados, plantilla,
    trabajadores, número de trabajadores, nº de trabajadores, tamaño de la empresa, tamaño; dipendenti, numero dipendenti,
    numero di dipendenti, numero dei dipendenti, n. dipendenti, nr dipendenti, n° dipendenti, addetti, numero addetti, numero di addetti,
    organico, dimensione azienda, dimensioni; aantal medewerkers, medewerkers, aantal werknemers, werknemers, personeel, personeelsleden,
    aantal personeelsleden, aantal fte, bedrijfsgrootte, bedrijfsomvang`,
  sizeBand: `size band, size range, employee range, employees range, employee band, employee size range, company size range, headcount range;
    Größenklasse, Mitarbeiterklasse; tranche d’effectif, tranche d’effectifs, tranche effectif; rango de empleados, tramo de empleados;
    fascia dipendenti, classe di addetti, classe dipendenti; grootteklasse`,
  locations: `locations, location, hq, headquarters, headquarter, hq location, company location, registered office, head office, address,
    offices; Standort, Standorte, Firmensitz, Hauptsitz, Sitz, Adresse, Anschrift; siège, siège social, localisation, lieu; sede,
    sede central, sede social, ubicación, domicilio, dirección; sede legale, sede principale, ubicazione, indirizzo; vestiging, hoofdkantoor,
    locatie, adres`,
  city: `city, hq city, company city, billing city, town, city/town, town/city, city/town/village/locality of address, city of address,
    locality; Ort, Stadt, Rechnungsort, Wohnort, Gemeinde, Ortschaft; ville, commune, localité, ville de facturation; ciudad, localidad,
    población, municipio, ciudad de facturación; città, comune, località, città di fatturazione; plaats, stad, woonplaats, vestigingsplaats,
    gemeente, factuurplaats, plaatsnaam`,
  region: `state, state/region, region, province, county, company state, billing state, state/province, state/county of address,
    region of address, state of address; Bundesland, Kanton, Bundesland/Region, Bundesland/Kanton; région, département, état/région;
    provincia, comunidad autónoma, región, estado, estado/región, departamento; regione, provincia/regione, stato/regione; provincie, regio,
    staat/regio`,
  country: `country, hq country, company country, billing country, country/region, country of address, country name, country code, country iso;
    Land, Staat, Land/Region, Rechnungsland, Länderkürzel; pays, pays/région, pays de facturation; país, país/región, país de facturación;
    paese, nazione, paese/area geografica, paese/regione, paese di fatturazione; land/regio, factuurland; stato`,
  founded: `founded, year founded, founded year, founding year, founded in, founding, founded date, established, year established;
    Gründungsjahr, gegründet, Gründung, Gründungsdatum; année de création, année de fondation, fondée en, fondé en, création de l’entreprise;
    año de fundación, fundada en, fundación, año fundación, año de creación; anno di fondazione, fondata nel, anno fondazione,
    anno di costituzione; oprichtingsjaar, opgericht, opgericht in, jaar van oprichting`,
  status: 'status, company status, operating status',
  aliases: `aliases, alias, also known as, aka, other names, former names, former name, formerly known as, dba, trading as, trade name;
    weitere Namen, früherer Name, auch bekannt als; autres noms, nom commercial, ancien nom; otros nombres; altri nomi; andere namen`,
  id: `id, company id, record id, account id; Datensatz-ID, Kundennummer; id de registro; id record; record-id`,
  minSize: 'minimum size',
  maxSize: 'maximum size',
  companyEmail: `company email, company e-mail, company email address, general email, business email, office email, info email, email, e-mail,
    email address, e-mail address, e mail, mail, mail address; E-Mail-Adresse, Mailadresse, Firmen-E-Mail; courriel, adresse e-mail,
    adresse email, adresse mail, adresse électronique, adresse de messagerie; correo electrónico, correo, dirección de correo,
    dirección de correo electrónico, email de contacto; posta elettronica, indirizzo e-mail, indirizzo email, indirizzo di posta elettronica;
    e-mailadres, mailadres, emailadres`,
  contactEmail: `contact email, contact e-mail, contact email address, work email, email of contact, primary email, person email, email work;
    E-Mail Ansprechpartner, Kontakt-E-Mail, E-Mail des Ansprechpartners; e-mail du contact, email du contact, courriel du contact; correo de contacto,
    correo del contacto, email del contacto; email del contatto, email referente, e-mail del referente; e-mail contactpersoon,
    e-mailadres contactpersoon, email contactpersoon`,
  firstName: 'first name, given name, forename; Vorname; prénom; nombre de pila; voornaam; nombre, nome',
  lastName:
    'last name, surname, family name; Nachname, Familienname, Zuname; nom de famille, nom; apellidos, apellido; cognome; achternaam, familienaam',
  contactName: `contact name, contact, contact person, full name, contact full name, person, primary contact, main contact;
    Ansprechpartner, Ansprechpartnerin, Ansprechperson, Kontakt, Kontaktperson, Kontaktname, Vor- und Nachname; personne de contact,
    interlocuteur, nom du contact, nom complet, nom et prénom; contacto, persona de contacto, nombre del contacto, nombre completo,
    nombre y apellidos; referente, contatto, persona di riferimento, nome e cognome, nominativo, nome completo; contactpersoon,
    naam contactpersoon, volledige naam; name, naam`,
  role: `job title, contact title, contact role, role, position, title, job role, function; Funktion, Rolle, Stellenbezeichnung,
    Berufsbezeichnung, Jobtitel, Titel; fonction, poste, rôle, intitulé du poste; cargo, puesto, rol, función; ruolo, mansione, posizione,
    funzione, carica, qualifica; functie, functietitel, rol`,
  contactCountry: `contact country, country of contact, person country, mailing country; Land des Kontakts; pays du contact; país del contacto;
    paese del contatto; land contactpersoon`,
  contactSource: `source, contact source, lead source, original source, source of contact, email source; Quelle, Herkunft, Kontaktquelle,
    Leadquelle; origine, provenance, source du contact; fuente, origen, procedencia; fonte, provenienza; bron, herkomst`,
} as const;

/** Words in front of a title that only say whose it is: “Organization - Name”, “company.domain”. */
export const OWNERS = `company, organization, organisation, account, firm, business, properties, attributes, fields, data, record, item, node,
  profile, firmographics, unternehmen, firma, entreprise, empresa, azienda, bedrijf, organisatie`;

/** Words in front of a part of an address: “Billing City”, “hq.country”. */
export const PLACES = `billing, shipping, mailing, hq, headquarters, headquarter, location, address, office, main, primary, billing address,
  main office, primary address, postal address, registered office, geo`;

/** Words in front of what is said of a person. */
export const PERSONS =
  'person, contact, primary contact, main contact, lead, kontakt, ansprechpartner, contacto, referente, contactpersoon';

/** Titles that read like one of ours and mean another thing: what Pipedrive counts are our contacts there, its labels our own notes. */
export const NOT_OURS = 'organization people, organization labels, organisation people, organisation labels';

/** Behind or in front of a size: the column holds one end of a range. */
export const LEAST = 'min, minimum, from, von, ab, de, da, van, desde, mini';
export const MOST = 'max, maximum, to, bis, à, a, tot, hasta, maxi';

/** What JSON calls the words of a thing that has an id beside them. */
export const LABELS = ['name', 'label', 'value', 'title', 'text', 'displayName'] as const;
