/** Digits in running text, however they are written: in any script, in circles, as codes of an address or of markup. */

/** One digit. Several have one place where one sign, or one run of codes, stands for them. */
export interface Digit {
  value: string; // "0" to "9"
  /** Which of the texts it is in. */
  text: number;
  /** Its place in the text as it stands. */
  start: number;
  end: number;
  /** Its place among the signs that the text stands for: "%20" is one. */
  at: number;
  /** It follows the digit before with nothing between. */
  joined: boolean;
  /** Between it and the digit before lie at most a few signs of one text, and no letter: "01632, 960 - 001". */
  close: boolean;
}

/** Digits of one number may stand so far apart, with no letter between. */
const CLOSE = 4;

/** A digit, or what may begin a sign written as codes: "%32%20", "&nbsp;", "\u0032". */
const TOKEN = /\d+|[\p{Nd}\p{No}]|(?:%(?:25)*[0-9A-Fa-f]{2})+|&|\\+(?:[Uu][0-9A-Fa-f]{4})?/gu;
/** A code of markup: "&nbsp;", "&#50;", "&amp;#x32;". */
const ENTITY = /&(?:amp;)*(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]+);/iy;
const HAS_DIGIT = /[\p{Nd}\p{No}]/u;
const LETTER = /\p{L}/u;

/** The digits of some texts that follow each other, such as the turns of a call. Takes time in proportion to their length. */
export function digitsOf(texts: readonly string[]): Digit[] {
  const digits: Digit[] = [];
  for (const [text, written] of texts.entries()) if (HAS_DIGIT.test(written)) addDigits(digits, written, text);
  return digits;
}

function addDigits(digits: Digit[], written: string, text: number): void {
  let [read, at, gap, letters] = [0, 0, Number.POSITIVE_INFINITY, false];
  const pass = (signs: string) => {
    at += signs.length;
    gap += signs.length;
    letters ||= gap <= CLOSE && LETTER.test(signs);
  };
  const add = (value: string, start: number, end: number) => {
    digits.push({ value, text, start, end, at, joined: gap === 0, close: gap <= CLOSE && !letters });
    [gap, letters] = [0, false];
  };
  for (const { token, start } of tokensIn(written)) {
    if (start > read) pass(written.slice(read, start));
    read = start + token.length;
    if (isPlain(token)) {
      for (let i = start; i < read; i++, at++) add(written[i] as string, i, i + 1);
      continue;
    }
    for (const sign of decoded(token)) {
      const values = HAS_DIGIT.test(sign) ? valuesOf(sign) : '';
      if (values === '') pass(sign);
      else {
        for (const value of values) add(value, start, read);
        at++;
      }
    }
  }
}

function* tokensIn(written: string): Generator<{ token: string; start: number }> {
  let read = 0;
  for (const { 0: found, index: start } of written.matchAll(TOKEN)) {
    if (start < read) continue;
    ENTITY.lastIndex = start;
    const token = found === '&' ? (ENTITY.exec(written)?.[0] ?? found) : found;
    yield { token, start };
    read = start + token.length;
  }
}

const isPlain = (token: string): boolean => token >= '0' && token < ':';

function decoded(token: string): string {
  if (token.startsWith('%')) return Buffer.from(token.replaceAll(/%(?:25)*/g, ''), 'hex').toString('utf8');
  if (token.startsWith('\\'))
    return token.endsWith('\\') ? token : String.fromCharCode(Number.parseInt(token.slice(-4), 16));
  if (!token.startsWith('&')) return token;
  const code = /#(x?)([0-9a-f]+);$/i.exec(token);
  // Named ones are never digits, and those that stand in numbers are spaces and marks.
  const point = code ? Number.parseInt(code[2] ?? '', code[1] ? 16 : 10) : 0x20;
  return point <= 0x10ffff ? String.fromCodePoint(point) : ' ';
}

/** First of ten signs in a row for 1 to 10 that have no other form: circled ones on black and without serifs. */
const CIRCLED = [0x2776, 0x2780, 0x278a, 0x24f5];
const CIRCLED_ZEROS = [0x24ff, 0x1f10b, 0x1f10c];

/** The digits that one sign stands for; none for a fraction. */
function valuesOf(sign: string): string {
  const plain = sign.normalize('NFKC');
  if (/^\D*\d+\D*$/.test(plain)) return plain.replace(/\D/g, '');
  const code = sign.codePointAt(0) ?? 0;
  if (CIRCLED_ZEROS.includes(code)) return '0';
  const first = CIRCLED.find((each) => code >= each && code < each + 10);
  if (first !== undefined) return String(code - first + 1);
  if (!/^\p{Nd}$/u.test(plain)) return '';
  // Digits of a script stand in rows of ten from its zero on.
  const point = plain.codePointAt(0) ?? 0;
  let zero = point;
  while (point - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String(point - zero);
}
