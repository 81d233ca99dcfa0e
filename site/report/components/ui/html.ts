/** Markup that is written as it stands; only `html` makes it. */
class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What a template may hold: text and numbers, which are escaped; markup of other templates; nothing. */
type Value = string | number | Html | readonly Value[] | false | null | undefined;

const ESCAPED = /[&<>"']/;
const ENTITIES: { [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string =>
  ESCAPED.test(text) ? text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string) : text;

/** A template's own parts with its spaces and lines as one space each, as Astro writes its templates. */
const compressed = new WeakMap<TemplateStringsArray, readonly string[]>();

/**
 * A template of a part that a page has hundreds of, such as a turn: each part that Astro puts together costs an object, and here
 * none. As there, all that is not markup of another template is escaped, in text as in attributes, which need their quotes.
 */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  let own = compressed.get(parts);
  if (!own) {
    own = parts.map((part) => part.replace(/\s+/g, ' '));
    compressed.set(parts, own);
  }
  let text = own[0] as string;
  for (let i = 0; i < values.length; i++) text += textOf(values[i]) + (own[i + 1] as string);
  return new Html(text);
}

function textOf(value: Value): string {
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  if (value instanceof Html) return value.text;
  if (!value) return '';
  let text = '';
  for (const each of value) text += textOf(each);
  return text;
}
