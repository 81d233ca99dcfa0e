import type { Phrase, SiteView } from '#shared/view.ts';
import { accentsOf, textOn } from '../../report/brand.ts';
import type { TenantConfig } from '../../tenants/config.ts';
import type { DigestKind } from '../../tenants/digest-config.ts';
import { PERIODS } from '../schedule/issue.ts';
import type { Links } from './links.ts';
import { clean, type DigestView } from './view.ts';

/** What every digest of an organization and kind has. */
export function frameOf(
  site: SiteView,
  { brand }: TenantConfig,
  kind: DigestKind,
): Pick<DigestView, 'accent' | 'name' | 'initial' | 'figuresTitle' | 'figuresHeading' | 'often'> {
  const { light, dark } = accentsOf(brand.accent);
  const title = `The ${PERIODS[kind]} in figures`;
  return {
    accent: { light, onLight: textOn(light), dark, onDark: textOn(dark) },
    name: site.name,
    initial: Array.from(site.name)[0]?.toLocaleUpperCase(site.locale) ?? '',
    figuresTitle: title,
    figuresHeading: title.toUpperCase(),
    often: `You get this once a ${PERIODS[kind]}.`,
  };
}

/** The sentence that opens the mail. */
export function leadOf(phrase: Phrase, links: Links): Pick<DigestView, 'lead' | 'leadText'> {
  const lead = phrase.map((part) =>
    typeof part === 'string'
      ? { text: inline(part), strong: false, href: null }
      : {
          text: inline(part.text),
          strong: part.strong === true,
          href: part.href === undefined ? null : links(part.href),
        },
  );
  return { lead, leadText: lead.map(({ text }) => text).join('') };
}

/** As `clean`, but the spaces at the ends part one piece of the sentence from the next. */
const inline = (text: string): string =>
  text === ''
    ? ''
    : text.trim() === ''
      ? ' '
      : `${/^\s/.test(text) ? ' ' : ''}${clean(text)}${/\s$/.test(text) ? ' ' : ''}`;

/** What a mail program shows beside the subject. @param when in words */
export function preheader(site: SiteView, when: string, toHear: number): string {
  const hear = toHear > 0 ? `: ${toHear} ${toHear === 1 ? 'call needs' : 'calls need'} attention` : '';
  return `${site.name}, ${when}${hear}`;
}
