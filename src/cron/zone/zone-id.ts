/** What an id means in Java: an offset in minutes (with the id that Java shows for it), or an IANA zone. */
export type ZoneId =
  | { readonly kind: 'offset'; readonly shown: string; readonly minutes: number }
  | { readonly kind: 'iana'; readonly name: string }
  | { readonly kind: 'unknown' };

/** `GMT`, a sign, and hours with or without minutes: `+5`, `+0530`, `+05:30`. */
const OFFSET = /^GMT([+-])(?:(\d{0,2}):(\d\d)|(\d{1,2})|(\d{1,2})(\d\d))$/;

/** A word of an IANA name as it is spelled. Java minds the case, the runtime does not. */
const WORD = /^(?:(?:[A-Z][a-z]+)+|[A-Z]{1,3}(?:\d{1,2}(?:[A-Z]{3})?)?|\d{1,2}|of|es|au|CHAT|DumontDUrville|SystemV)$/;

/** The ids from before IANA's that Java still knows; some mean other places than people expect today. */
const OLD_IDS: Readonly<Record<string, string>> = {
  ACT: 'Australia/Darwin',
  AET: 'Australia/Sydney',
  AGT: 'America/Argentina/Buenos_Aires',
  ART: 'Africa/Cairo',
  AST: 'America/Anchorage',
  BET: 'America/Sao_Paulo',
  BST: 'Asia/Dhaka',
  CAT: 'Africa/Harare',
  CNT: 'America/St_Johns',
  CST: 'America/Chicago',
  CTT: 'Asia/Shanghai',
  EAT: 'Africa/Addis_Ababa',
  ECT: 'Europe/Paris',
  EST: 'Etc/GMT+5',
  HST: 'Etc/GMT+10',
  IET: 'America/Indiana/Indianapolis',
  IST: 'Asia/Kolkata',
  JST: 'Asia/Tokyo',
  MIT: 'Pacific/Apia',
  MST: 'Etc/GMT+7',
  NET: 'Asia/Yerevan',
  NST: 'Pacific/Auckland',
  PLT: 'Asia/Karachi',
  PNT: 'America/Phoenix',
  PRT: 'America/Puerto_Rico',
  PST: 'America/Los_Angeles',
  SST: 'Pacific/Guadalcanal',
  VST: 'Asia/Ho_Chi_Minh',
};

/** Java leaves out this one of IANA's. */
const NOT_IN_JAVA = 'ROC';

/** Reads an id as `java.util.TimeZone` does. Whether an IANA zone of that name exists is for the caller to find out. */
export function readZoneId(id: string): ZoneId {
  const offset = OFFSET.exec(id);
  if (offset !== null) return readOffset(offset);
  const old = Object.hasOwn(OLD_IDS, id) ? OLD_IDS[id] : undefined;
  if (old !== undefined) return { kind: 'iana', name: old };
  return id !== NOT_IN_JAVA && isSpelledRight(id) ? { kind: 'iana', name: id } : { kind: 'unknown' };
}

const isSpelledRight = (id: string): boolean => id.split(/[/_+-]/).every((word) => WORD.test(word));

function readOffset([, sign = '', colonHours, colonMinutes, onlyHours, plainHours, plainMinutes]: string[]): ZoneId {
  const hours = Number(colonHours ?? onlyHours ?? plainHours);
  const minutes = Number(colonMinutes ?? plainMinutes ?? 0);
  if (hours > 23 || minutes > 59) return { kind: 'unknown' };
  const shown = `GMT${sign}${twoDigits(hours)}:${twoDigits(minutes)}`;
  return { kind: 'offset', shown, minutes: (sign === '-' ? -1 : 1) * (hours * 60 + minutes) };
}

const twoDigits = (number: number): string => String(number).padStart(2, '0');
