import { mailboxProblem } from '../lib/mail-address.ts';
import { zoneProblem } from '../lib/time-zones.ts';
import { nameOfTenant, plainAddress, port, repository, siteOrApi, siteUrl } from './checks.ts';
import type { Setting } from './setting.ts';

/** What sets an installation up, shows a site before it is published, and checks both. */
export const SETUP = {
  initSite: {
    flag: 'site',
    value: 'ADDRESS',
    about: 'for init: the address of the report sites (CCI_SITE_URL)',
    check: siteUrl,
  },
  initFrom: {
    flag: 'from',
    value: 'SENDER',
    about: 'for init: the sender of digests, as Name <address> (CCI_MAIL_FROM)',
    check: mailboxProblem,
  },
  name: {
    flag: 'name',
    value: 'NAME',
    about: 'for tenant add: the organization’s name on its pages',
    check: nameOfTenant,
  },
  zone: {
    flag: 'zone',
    value: 'ZONE',
    about: 'for tenant add: the time zone in which the organization’s days begin and end, such as Europe/London',
    check: zoneProblem,
  },
  recipient: {
    flag: 'recipient',
    value: 'ADDRESS',
    multiple: true,
    about: 'for tenant add: who gets the daily digest; can be repeated',
    check: plainAddress,
  },
  yes: { flag: 'yes', about: 'ask nothing, and take what is proposed' },
  file: {
    operand: true,
    value: 'FILE',
    about:
      'the file to check: report-config.json, qa-config.json, ai-config.json or pipeline-config.json; - reads standard input',
  },
  previewPort: {
    flag: 'port',
    value: 'N',
    about: 'for preview: the port on this machine; by default any that is free',
    check: port,
  },
  tokenFile: {
    flag: 'token-file',
    value: 'FILE',
    about: 'a session token to check, as the cookie __session has it; - reads standard input',
  },
  githubToken: {
    variable: 'GITHUB_TOKEN',
    secret: true,
    about: 'token that may read names of variables and secrets of the repository',
  },
  githubRepository: {
    variable: 'GITHUB_REPOSITORY',
    about: 'the repository whose schedule builds the sites, as owner/name',
    check: repository,
  },
  githubApi: {
    variable: 'GITHUB_API_URL',
    default: 'https://api.github.com',
    about: 'where GitHub’s API is',
    check: siteOrApi,
  },
} satisfies { [name: string]: Setting };
