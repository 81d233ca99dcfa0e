import type { Json } from '../model.ts';

/** A key of the tenant's configuration as a label: "next_steps" is "Next steps". */
export function labelOf(key: string): string {
  const words = key
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_\s-]+/g, ' ')
    .trim();
  if (words === '') return key;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a model wrote, one line for each item of a list; an object is "Label: value; Label: value". No lines: nothing said. */
export function linesOf(value: Json): string[] {
  if (value === null || value === '') return [];
  if (Array.isArray(value)) return value.map(inline).filter((line) => line !== '');
  if (typeof value === 'object') return Object.entries(value).map(([key, item]) => `${labelOf(key)}: ${inline(item)}`);
  return [inline(value)];
}

function inline(value: Json): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return String(value).replace('-', '−');
  if (typeof value === 'string') return value.trim();
  if (Array.isArray(value)) return value.map(inline).filter(Boolean).join(', ');
  const parts = Object.entries(value).map(([key, item]) => [labelOf(key), inline(item)]);
  return parts
    .filter(([, text]) => text !== '')
    .map(([key, text]) => `${key}: ${text}`)
    .join('; ');
}
