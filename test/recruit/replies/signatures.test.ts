import { expect, test } from 'vitest';
import { understood } from '../../support/understood.ts';

/** Signatures, links and disclaimers stand under every mail of a company, whatever it says. */
test.each([
  ['no', "We're not interested, thanks.\n\nIf you have received this email in error, please contact the sender and delete it."],
  ['no', 'No thanks.\n\nIf you are not the intended recipient please contact the sender.'],
  ['interested', "Yes, let's talk!\n\nBeta Ltd is not responsible for any damage caused by viruses in this mail."],
  ['interested', "Yes, let's talk!\n\nIf you are not the person for whom this message is intended, please delete it."],
  ['no', 'Das ist für uns leider nicht relevant.\n\nWeitere Informationen zum Datenschutz finden Sie auf unserer Website.'],
  ['no', 'We do not do partnerships.\n\nFor more information about how we use your data see our website.'],
  ['no', 'Thanks, we already have a partner for this.\n\nDana Fox\nBook a call: https://cal.example/dana'],
  ['no', "We're not interested, thanks. If you have received this email in error, please contact the sender and delete it."],
  ['no', 'No thanks. If you are not the intended recipient please contact the sender.'],
  ['interested', "Yes, let's talk! Beta Ltd is not responsible for any damage caused by viruses in this mail."],
  ['interested', "Yes, let's talk!\nIf you are not the person for whom this message is intended, please delete it."],
  ['no', 'Das ist für uns leider nicht relevant.\nWeitere Informationen zum Datenschutz finden Sie auf unserer Website.'],
  ['no', 'Thanks, we already have a partner for this.\nDana Fox\nBook a call: https://cal.example/dana'],
  [
    'no',
    "Hi Ana,\n\nThanks for getting in touch. At Beta we build everything in house so a reseller arrangement wouldn't make sense for us.\n\nAll the best,\nDana",
  ],
  [
    'no',
    "Appreciate the note, Ana, but I don't think there's a fit here.\n\nDana Fox | COO | Beta Ltd\nBook time with me: https://cal.example/dana",
  ],
  [
    'no',
    'Hello,\nthank you for your interest in Beta. Unfortunately we are not looking to add new partners.\n\nRegards\nDana Fox\n\nBeta Ltd is registered in England. If you have received this message in error please notify the sender.',
  ],
  [
    'no',
    'Guten Tag Frau Alder,\n\nvielen Dank für Ihre Anfrage. Leider passt das Angebot nicht in unsere Strategie.\n\nBeste Grüße\nMax Moor\n\nInformationen zum Datenschutz finden Sie unter https://beta.example/datenschutz. Wenden Sie sich bei Fragen an datenschutz@beta.example.',
  ],
  ['no', 'Danke, aber wir haben schon einen Partner in diesem Bereich.\n\nViele Grüße\nMax'],
  [
    'no',
    'Kein Interesse.\n\nDiese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat sind, informieren Sie bitte den Absender.',
  ],
  [
    'no',
    "Bonjour Madame,\n\nVotre proposition ne nous intéresse pas, merci.\n\nBien cordialement\nJeanne Mousse\n\nCe message est confidentiel. Si vous l'avez reçu par erreur, merci de contacter l'expéditeur.",
  ],
  [
    'no',
    'Estimada Ana:\n\nGracias por su correo. No es algo que nos interese en este momento ni en el futuro.\n\nUn saludo,\nJuana\n\nSi ha recibido este mensaje por error, póngase en contacto con el remitente.',
  ],
  [
    'interested',
    'Hi Ana,\n\nGood timing! We were just talking about this. Can you do Wednesday 2pm CET?\n\nBest,\nDana\n\n--\nThis message may contain confidential information. If you are not the intended recipient, please contact the sender.',
  ],
  [
    'interested',
    'This looks promising. What would the revenue share be?\n\nDana Fox\nBeta Ltd\nBeta Ltd accepts no responsibility for viruses.',
  ],
  ['interested', "Yes please. I handle partnerships here so you've come to the right place.\n\nDana"],
  ['interested', "I'm not the one signing contracts, but I'd be glad to have a first conversation.\n\nDana"],
  [
    'interested',
    'Hallo Frau Alder,\n\ndas hört sich spannend an. Können wir nächste Woche telefonieren?\n\nLiebe Grüße\nMax\n\nSitz der Gesellschaft: Berlin. Nicht der richtige Empfänger? Bitte löschen Sie diese E-Mail.',
  ],
  ['interested', 'Gerne! Schicken Sie mir ein paar Terminvorschläge.\n\nMit freundlichen Grüßen\nMax Moor'],
  [
    'interested',
    "Bonjour,\n\nvotre proposition m'intéresse beaucoup. Pouvons-nous en parler jeudi ?\n\nCordialement\nJeanne\n\nPour ne plus recevoir nos communications, cliquez ici.",
  ],
  [
    'interested',
    'Hola Ana:\n\nMe parece interesante. ¿Podemos hablar el martes?\n\nSaludos\nJuana\n\nAntes de imprimir este correo piense en el medio ambiente.',
  ],
  ['interested', "Count me in, this could work well for our customers. Don't send the contract yet though.\n\nDana"],
  ['wrong-person', "I've moved to a different role. Please reach out to Jane Moss instead.\n\nBest\nDana"],
  ['wrong-person', 'Bitte wenden Sie sich an unseren Vertrieb unter vertrieb@beta.example.\n\nMit freundlichen Grüßen'],
  ['later', "Hi Ana,\n\nWe're in the middle of a reorganisation. Could you come back to me after Easter, say mid April?\n\nThanks,\nDana"],
  ['later', 'Im Moment haben wir dafür keine Zeit. Fragen Sie gern im März noch einmal nach.\n\nViele Grüße\nMax'],
  ['later', "Ce n'est pas le bon moment pour nous, recontactez-moi en février.\n\nJeanne"],
  ['later', 'Ahora mismo estamos muy liados, ¿podría escribirnos en marzo?\n\nJuana'],
  ['other', 'Can you tell me where you found my address?\n\nDana Fox\nBeta Ltd\nPrivacy: https://beta.example/privacy'],
  ['no', "Ana,\n\nthanks, but we're good.\n\nDana"],
  [
    'no',
    "Thanks for thinking of us. It's not something we'd consider.\n\nRegards\nDana\n\nBeta Ltd accepts no liability for errors. For more information visit our website.",
  ],
  ['no', 'Hallo Ana,\n\ndanke für die Mail. Das ist für uns aktuell und auch künftig kein Thema.\n\nLG\nMax'],
  ['no', 'Wir haben uns dagegen entschieden.\n\nFreundliche Grüße\nMax Moor\nTermin vereinbaren: https://cal.example/max'],
  [
    'no',
    "Nous avons bien étudié votre offre mais nous préférons décliner.\n\nCordialement,\nJeanne\n\nPlus d'informations sur la protection des données : https://beta.example/rgpd",
  ],
  ['interested', 'Hey Ana, love this. When works for you?\n\nDana'],
  [
    'interested',
    "We'd be open to exploring it. Who would be involved on your side?\n\nBest regards,\nDana Fox\n\nThis email and any attachments are confidential. If you are not the addressee, please contact us.",
  ],
  [
    'interested',
    'Ja, das könnte für uns passen. Rufen Sie mich gern am Montag an.\n\nMit freundlichen Grüßen\nMax Moor\nVertrieb\nDatenschutzhinweise: https://beta.example/ds',
  ],
  ['interested', "C'est une bonne idée, on peut s'appeler demain matin ?\n\nPaul"],
  ['interested', 'Avec grand plaisir, je suis disponible mardi.\n\nCe courriel et ses pièces jointes sont confidentiels.'],
  ['interested', 'Nos parece una propuesta interesante, ¿cuándo tendría un hueco?\n\nUn saludo\nPaula'],
  ['interested', 'Perfecto, quedamos el jueves.\n\nAntes de imprimir, piense en el medio ambiente.'],
  ['wrong-person', "Partnerships sit with Jane Moss, I've copied her in.\n\nDana"],
  ['wrong-person', 'Da müssen Sie mit meinem Kollegen Max Moor sprechen.\n\nGruß\nPetra'],
  ['later', 'Hi Ana, we have a freeze on new vendors until March. Could you get in touch then?\n\nDana'],
  ['later', "Let's talk after the summer.\n\nDana"],
  ['later', 'Melden Sie sich gern Anfang April noch mal.\n\nVG Max'],
  ['other', 'Is this a real company? Send me your registration details.\n\nDana\n\nLegal: https://beta.example/legal'],
  [
    'no',
    'Hi Ana,\n\nthanks for the offer but we are not interested at this stage or any other.\n\nDana\n\nIf you received this in error please contact postmaster@beta.example.',
  ],
  ['no', "No thanks, we don't work with resellers.\n\nDana\nSchedule a meeting: https://cal.example/d"],
  ['no', 'Danke, kein Bedarf.\n\nMax Moor\nWeitere Informationen: www.beta.example'],
  ['no', "Merci, nous ne sommes pas intéressés par ce type de partenariat.\n\nPlus d'informations : https://beta.example"],
  ['no', 'No estamos interesados, gracias.\n\nSi no es usted el destinatario, póngase en contacto con nosotros.'],
  ['interested', 'Hi Ana, that sounds really interesting. Could we speak on Friday?\n\nBest wishes\nDana'],
  ['interested', "Great, let's do Tuesday at 11.\n\nKind regards,\nDana\n\nTo stop receiving these emails click here."],
  [
    'interested',
    'Klingt gut, lassen Sie uns telefonieren.\n\nMax\n\nFalls Sie nicht der richtige Empfänger sind, kontaktieren Sie bitte den Absender.',
  ],
  [
    'interested',
    'Claro, hablemos la próxima semana.\n\nAviso legal: si ha recibido este correo por error, póngase en contacto con el remitente.',
  ],
  ['wrong-person', 'Please speak to Jane Moss, who leads our channel team.\n\nBest\nDana'],
  [
    'no',
    "Hi, we've discussed it internally and it's not the right direction for us. Good luck!\n\nDana\n\nThis e-mail may contain confidential information.",
  ],
  ['no', "Thanks, but no.\n\nDana\nLet's talk: https://cal.example/d"],
  ['no', 'Danke, aber wir sind nicht interessiert.\n\nMax\nMehr erfahren: https://beta.example'],
  ['no', "Merci, ce n'est pas pour nous.\n\nPour en savoir plus sur nos services : https://beta.example"],
  ['no', 'Gracias, no nos interesa.\n\nMás información en https://beta.example'],
  [
    'interested',
    "Perfect timing, we're just planning this. Let's chat next week.\n\nDana\n\nIf you are not the named recipient, please reach out to the sender.",
  ],
])('%s for whoever understands it, never anything else by rules: %j', (kind, text) =>
  expect([kind, 'other']).toContain(understood(text).kind),
);

test('what stands under a sign-off or a marked signature takes nothing from a plain answer', () => {
  expect(understood('No.\n\nBest regards,\nDana Fox\nBeta Ltd\nMore information: https://beta.example').kind).toBe('no');
  expect(understood('Yes please.\n--\nDana Fox\nThis message may contain confidential information.').kind).toBe('interested');
});

test('an opt-out counts wherever it stands', () => {
  expect(understood('No.\n\nBest regards,\nDana Fox\n\nPlease remove me from your list.').kind).toBe('opt-out');
  expect(understood('Thanks.\n\nCheers,\nDana\n\nPS: do not write to me again.').kind).toBe('opt-out');
});
