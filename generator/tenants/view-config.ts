import { z } from 'zod';
import { custom, text } from './spec-parts.ts';

/** More are no help to who looks for one. */
const MOST = 50;
/** What stands in for the site's own address. */
const HERE = 'https://site.invalid';

/** Saved views in `report-config.json`: a page of the site with what it is asked for, under a name. */
export const Views = z
  .array(
    z.strictObject({
      name: text(80).describe('Name of the view, as readers find it.'),
      href: z
        .string()
        .max(2000)
        .superRefine(custom(hrefProblem))
        .describe('Its address on the site, from the first slash on, such as /calls/?qa=failed.'),
    }),
  )
  .max(MOST);

/**
 * Only a page of the site, written as a browser writes it: then nobody can read it in two ways. Pages end in a slash; what does not is
 * the gate's own, or a file.
 */
function hrefProblem(href: string): string | undefined {
  const { origin, pathname, search } = URL.parse(href, HERE) ?? {};
  if (origin === HERE && `${pathname}${search}` === href && pathname?.endsWith('/') && !pathname.includes('//'))
    return undefined;
  return 'is not a page of the site: copy it from the address bar, from the first slash after the host on, without "#", such as /calls/?qa=failed';
}

/** Whether a view's address has the number or address of another party. */
export const namesParty = ({ href }: { href: string }): boolean =>
  URL.parse(href, HERE)?.searchParams.has('party') === true;
