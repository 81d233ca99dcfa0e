/**
 * Everything that a text may say: as it stands, and with its codes read, layer by layer: entities of HTML, escapes of JSON, percent
 * signs of addresses; without its tags, as something that was said may be marked in the middle; of a mail also its encoded parts.
 */
export function readingsOf(text: string): string[] {
  const readings = new Set<string>();
  const add = (each: string) => {
    for (const bare of new Set([each, withoutTags(each)])) for (const read of layersOf(bare)) readings.add(read);
  };
  add(text);
  for (const read of [...readings]) if (MAIL.test(read)) for (const part of mailTexts(read)) add(part);
  return [...readings];
}

/** JSON in an attribute of HTML, with an address in it, has three. */
const MOST_LAYERS = 4;

function* layersOf(text: string): Generator<string> {
  let read = text;
  for (let layer = 0; layer <= MOST_LAYERS; layer++) {
    yield read;
    const next = decoded(read);
    if (next === read) return;
    read = next;
  }
}

const NAMED: { [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const ESCAPED: { [sign: string]: string } = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** With each code read once. */
function decoded(text: string): string {
  const plain = text.includes('&')
    ? text.replace(/&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});/gi, (code) => entity(code.slice(1, -1)) ?? code)
    : text;
  const read = plain.includes('\\')
    ? plain.replace(/\\(?:u[0-9a-f]{4}|["\\/bfnrt])/gi, (code) =>
        code.length > 2
          ? String.fromCharCode(Number.parseInt(code.slice(2), 16))
          : (ESCAPED[code.slice(1)] ?? code.slice(1)),
      )
    : plain;
  return read.includes('%') ? read.replace(/(?:%[0-9a-f]{2})+/gi, (codes) => bytesOf(codes.replaceAll('%', ''))) : read;
}

const bytesOf = (hex: string): string => Buffer.from(hex, 'hex').toString('utf8');

function entity(name: string): string | undefined {
  if (!name.startsWith('#')) return NAMED[name.toLowerCase()];
  const point = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
}

const withoutTags = (text: string): string => (text.includes('</') ? text.replace(/<[^<>]*>/g, '') : text);

/** What a mail says of its encodings, or uses of them. */
const MAIL = /content-transfer-encoding:|=\?[\w-]+\?[bq]\?/i;
const ENCODED_WORD = /=\?[\w-]+\?([qb])\?([^?\s]*)\?=/gi;

/** What a mail's transfer encodings stand for: its parts, and words in its head. */
function* mailTexts(text: string): Generator<string> {
  if (/=(?:\r?\n|[0-9A-F]{2})/.test(text)) yield quotedPrintable(text.replace(/=\r?\n/g, ''));
  for (const [, kind, body = ''] of text.matchAll(ENCODED_WORD))
    yield kind?.toLowerCase() === 'b' ? base64(body) : quotedPrintable(body.replaceAll('_', ' '));
  yield* base64Parts(text);
}

const LEAST_BASE64 = 24;

/** Lines of base64 that follow each other, and what is long enough to be some within a line. */
function* base64Parts(text: string): Generator<string> {
  let part = '';
  for (const line of [...text.split(/\r?\n/), '']) {
    if (/^[A-Za-z0-9+/]+={0,2}$/.test(line)) {
      part += line;
      continue;
    }
    if (part !== '') yield base64(part);
    part = '';
    for (const run of line.split(/[^A-Za-z0-9+/_-]+/)) if (run.length >= LEAST_BASE64) yield base64(run);
  }
}

/** Signs that are not encoded stay as they are. */
const quotedPrintable = (text: string): string =>
  text.replace(/(?:=[0-9A-F]{2})+/gi, (codes) => bytesOf(codes.replaceAll('=', '')));

/** Nothing where it is no text: much that looks like base64 is a hash, or a picture. */
function base64(run: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(run, 'base64'));
  } catch {
    return '';
  }
}
