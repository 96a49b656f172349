/** Domains at which anybody can have a mailbox: silence for one of them would close strangers. */
const FREE_MAIL = new Set(
  (
    'gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com yahoo.co.uk yahoo.de yahoo.fr yahoo.es ymail.com aol.com ' +
    'icloud.com me.com mac.com proton.me protonmail.com pm.me gmx.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de mail.com ' +
    'orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it tiscali.it wp.pl o2.pl onet.pl interia.pl seznam.cz mail.ru ' +
    'yandex.ru yandex.com qq.com 163.com 126.com zoho.com fastmail.com hey.com tutanota.com btinternet.com comcast.net rogers.com'
  ).split(' '),
);

export function isFreeMail(domain: string): boolean {
  return FREE_MAIL.has(domain.toLowerCase());
}
