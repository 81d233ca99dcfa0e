/** What a page shows and in what order, without what its markup is: the same for pages that differ in spaces alone. */
export function shownText(html: string): string {
  const body = html.slice(html.indexOf('<body'));
  return (
    body
      .replace(/<[^>]*>/g, ' ')
      .replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (entity, decimal, hex, name) =>
        name ? (NAMED[name] ?? entity) : String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16)),
      )
      .replace(/\s+/g, ' ')
      // Where one writes a space between two inline elements, another may not.
      .replace(/ (?=[,.:;?!)”’])|(?<=[“‘(]) /g, '')
      .trim()
  );
}

const NAMED: { [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
