import type { Phrases } from '../writing.ts';

const quoted = (text: string) => `«${text}»`;

/** “y” is “e” before the sound of an i, not before “hia”, “hie” and “hio”. */
const and = (before: string, name: string) => `${before} ${/^(?:h?[ií](?![aeo])|y(?![aeiou]))/iu.test(name) ? 'e' : 'y'} ${name}`;

const SAID_OF_THEM: Phrases['reason']['line'] = [
  (_, quote) => `De su empresa tengo anotado: ${quote}. Por eso les escribo.`,
  (_, quote) => `${quote}: así lo tengo anotado, y de ahí mi mensaje.`,
];

export const SPANISH: Phrases = {
  quoted,
  greeting: { plain: (name) => `Buenos días, ${name}:`, warm: (name) => `Hola, ${name}:`, formal: (name) => `Buenos días, ${name}:` },
  closing: { plain: 'Un saludo,', warm: 'Un saludo cordial,', formal: 'Atentamente,' },
  subject: {
    technology: (own, them) => `${and(own, them)}: ¿una integración?`,
    reseller: (own) => `¿${own} en su catálogo?`,
    affiliate: (own) => `¿${own} para su público?`,
    referral: (own, them) => `${and(own, them)}: ¿una recomendación?`,
    agency: (own) => `¿${own} en sus proyectos?`,
    consultant: (own) => `¿${own} para sus clientes?`,
    'co-marketing': (own, them) => `${and(own, them)}: ¿hacemos algo juntos?`,
  },
  reason: {
    line: SAID_OF_THEM,
    text: SAID_OF_THEM,
    field: [(them, quote) => `${them} figura en ${quote}, y por eso les escribo.`],
    place: [(them, quote) => `${and(`Busco socios por la zona de ${quote},`, them)} está ahí.`],
    founded: [(them, year) => `${them} existe desde ${year}, y prefiero preguntar a quien conoce el oficio.`],
  },
  addition: {
    line: (them, quote) => `Donde veo la relación es en esta línea sobre ${them}: ${quote}.`,
    text: (them, quote) => `Me había dejado esto sobre ${them}: ${quote}.`,
    field: (them, quote) => `Me había dejado una cosa: ${them} figura en ${quote}, y también por eso pregunto.`,
    place: (them, quote) => `${them} está en ${quote}, así que dígame una hora que convenga ahí y me adapto.`,
    founded: (them, year) => `${them} existe desde ${year}, así que su opinión me serviría aunque fuera un no.`,
  },
  onTheirSite: (quote) => `En su web se lee: ${quote}. Por eso les escribo.`,
  shares: (ours) => `Nosotros también trabajamos con ${ours}.`,
  intro: (sender, own) => `Soy ${sender}, de ${own}.`,
  offer: (sells, customers) => `Lo que hacemos: ${quoted(sells)}.${customers === null ? '' : ` Quién lo compra: ${quoted(customers)}.`}`,
  begins: {
    sells: 'Ofrecemos',
    customers: 'Nuestros clientes son',
    they: 'Podrían',
    gain: 'Para ustedes:',
    firstStep: 'Para empezar:',
  },
  ifSame: (customers, they) => `Si trabajan con ${customers}, podrían ${they}.`,
  ideaIs: 'Mi idea:',
  ideaIfSame: 'Mi idea, si tratan con la misma gente:',
  idea: {
    technology: (own, them) => `que ${and(own, them)} funcionen juntos, para que quien use los dos no tenga que conectarlos a mano.`,
    reseller: (own, them) => `que ${them} ofrezca ${own} a sus propios clientes.`,
    affiliate: (own, them) => `que ${them} recomiende ${own} a su público donde encaje, en condiciones que antes pongamos por escrito.`,
    referral: () => 'que nos presente cuando un cliente suyo necesite lo que hacemos, y al revés.',
    agency: (own, them) => `que ${them} use ${own} en proyectos de clientes donde encaje.`,
    consultant: (own, them) => `que ${them} asesore a sus clientes sobre ${own} y lo ponga en marcha con ellos.`,
    'co-marketing': () => 'una pieza conjunta, como una guía o un seminario web, para su público y el nuestro.',
  },
  gain: {
    technology: () =>
      'Sus usuarios sacarían más partido a lo que ya tienen, los nuestros también, y cada uno sería una razón más para elegir al otro.',
    reseller: () =>
      'Tendrían algo más que ofrecer a quienes ya confían en ustedes, con nuestro equipo a su lado antes y después de la venta; nosotros podríamos conocer a clientes a los que no llegamos solos.',
    affiliate: () => 'Su público encontraría algo que le sirve, y nosotros podríamos conocer a gente que viene por una recomendación.',
    referral: () => 'Tendrían a quién enviar a quienes le pregunten, y los dos podríamos conocer a clientes que llegan recomendados.',
    agency: (own) =>
      `Su equipo tendría menos que construir a mano y podría preguntar directamente a nuestros ingenieros; nosotros veríamos ${own} puesto en marcha por gente que conoce al cliente.`,
    consultant: () =>
      'Tendrían un tema más sobre el que asesorar, con trato directo con nuestros ingenieros; nuestros clientes tendrían ayuda cerca.',
    'co-marketing': () => 'Nos repartiríamos el trabajo, y cada uno podría llegar a donde el otro ya es conocido.',
  },
  humble: 'Si me equivoco, dígamelo.',
  ask: {
    plain: '¿Tendrían 20 minutos para hablarlo en las próximas dos semanas? Basta con una respuesta breve.',
    warm: '¿Lo hablamos 20 minutos en las próximas dos semanas? Un simple sí o no me ayuda en cualquier caso.',
    formal: '¿Puedo proponerle una llamada de 20 minutos en las próximas dos semanas? Basta con una respuesta breve.',
  },
  askShort: '¿Tendrían 20 minutos para hablarlo?',
  topic: {
    technology: (own, them) => `conectar ${and(own, them)}`,
    reseller: (own, them) => `${own} en la oferta de ${them}`,
    affiliate: (own, them) => `${own} para el público de ${them}`,
    referral: () => 'recomendaciones entre sus clientes y los nuestros',
    agency: (own) => `usar ${own} en sus proyectos de clientes`,
    consultant: (own) => `asesorar a sus clientes sobre ${own}`,
    'co-marketing': () => 'una pieza conjunta para los dos públicos',
  },
  before: (topic) => `Mi último mensaje trataba de esto: ${topic}.`,
  last: (topic) => `Una última línea sobre esto: ${topic}.`,
  smallStep: {
    technology: 'Para que sea sencillo, podríamos empezar con un cliente que use los dos, y dejarlo ahí si no ayuda.',
    reseller: 'Para que sea sencillo, podríamos empezar con un cliente suyo, y dejarlo ahí si no ayuda.',
    affiliate: 'Para que sea sencillo, podríamos empezar con una mención, y dejarlo ahí si no interesa a nadie.',
    referral: 'Para que sea sencillo, podríamos empezar con una presentación por cada lado, y ver cómo va.',
    agency: 'Para que sea sencillo, podríamos empezar con un proyecto, y dejarlo ahí si no ayuda.',
    consultant: 'Para que sea sencillo, podríamos empezar con un cliente, y dejarlo ahí si no ayuda.',
    'co-marketing': 'Para que sea sencillo, podríamos empezar con un artículo corto, y ver quién lo lee.',
  },
  askAgain: {
    plain: '¿Le vendrían bien 20 minutos la semana que viene?',
    warm: '¿Le vendrían bien 20 minutos la semana que viene? Cualquier otro momento también me va bien.',
    formal: '¿Le vendría bien una llamada de 20 minutos la semana que viene?',
  },
  askWho: (them) => `¿Hay alguien en ${them} a quien convenga más preguntar?`,
  release: 'Un «no» también es una buena respuesta; no volveré a escribir sobre esto.',
  thanks: { plain: 'Gracias por su respuesta.', warm: 'Gracias, me alegra leerle.', formal: 'Muchas gracias por su respuesta.' },
  understood: {
    interested: 'Si le entiendo bien, le gustaría saber más.',
    later: 'Si le entiendo bien, ahora no es el momento.',
    no: 'Si le entiendo bien, esto no es para usted, y lo dejo aquí.',
    'wrong-person': 'Si le entiendo bien, de esto se ocupa otra persona.',
    away: 'Si lo entiendo bien, ahora está fuera.',
    other: 'Quiero asegurarme de entenderle bien.',
  },
  asked: (question) => `Su pregunta: ${question}`,
  askedNext: 'Recibirá nuestra respuesta por escrito.',
  proposed: (time) => `Su propuesta: ${time}`,
  proposedNext: 'Alguien de nuestro equipo le confirmará el momento.',
  pointed: (who) => `${who} me dio su nombre.`,
  nextIn: (month) => `Queda anotado para ${month}: volveré a escribirle entonces, no antes.`,
  nextTo: (name) => `Escribiré entonces a ${name} y diré que la indicación es suya. ¿Hay algo que deba saber antes?`,
  next: {
    interested: '¿Qué dos momentos de las próximas dos semanas le vendrían bien para 20 minutos? Enviaré una invitación para uno de ellos.',
    later: '¿Cuándo puedo volver a preguntar? Basta con que me diga el mes.',
    no: 'Si algún día cambia, en esta dirección me encuentra.',
    'wrong-person': '¿A quién puedo preguntar entonces?',
    away: 'Volveré sobre ello cuando esté de vuelta. Si mientras tanto otra persona debiera saberlo, dígame a quién preguntar.',
    other: '¿Sería lo más fácil hablarlo en una llamada de 20 minutos?',
  },
};
