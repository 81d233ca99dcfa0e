import { type Printable, say } from '../../lib/printable.ts';
import { SETTINGS, type Setting, type SettingName, type Settings } from '../../settings.ts';
import { type Finding, ok, warning, wrong } from './finding.ts';

/** What commands need, by what they are for. */
const NEEDED: readonly { what: string; names: readonly SettingName[]; begunBy: readonly SettingName[] }[] = [
  { what: 'build', names: ['results', 'config', 'reports'], begunBy: [] },
  { what: 'digest', names: ['config', 'reports', 'mailUrl', 'mailFrom'], begunBy: ['mailUrl', 'mailFrom'] },
  {
    what: 'serve',
    names: ['reports', 'siteUrl', 'publishableKey', 'secretKey', 'jwtKey'],
    begunBy: ['publishableKey', 'secretKey', 'jwtKey'],
  },
];

/** Settings for themselves and against each other. @param problems what is wrong with single variables */
export function checkSettings(settings: Settings, problems: readonly Printable[]): Finding[] {
  const findings = problems.map((problem) => wrong('settings', problem));
  // One that is wrong has been told of, and is not missing.
  const isTold = (name: SettingName) => problems.some((problem) => problem.startsWith(`${variableOf(name)}:`));
  const works: string[] = [];
  for (const { what, names, begunBy } of NEEDED) {
    const isWanted = begunBy.length === 0 || begunBy.some((name) => settings[name] !== undefined || isTold(name));
    if (!isWanted) continue;
    // In development mode the gate has an address of its own, and asks Clerk for the key.
    const own: readonly SettingName[] = what === 'serve' && settings.development ? ['siteUrl', 'jwtKey'] : [];
    const missing = names.filter((name) => settings[name] === undefined && !own.includes(name));
    const untold = missing.filter((name) => !isTold(name));
    if (missing.length === 0) works.push(what);
    if (untold.length > 0)
      findings.push(
        wrong(
          'settings',
          say`${what} cannot run: ${untold.map(wayOf)} ${untold.length > 1 ? 'are' : 'is'} missing. Set what is missing.`,
        ),
      );
  }
  if (works.length > 0) findings.push(ok('settings', say`What ${works.join(' and ')} needs is set.`));
  return [...findings, ...againstEachOther(settings)];
}

function againstEachOther(settings: Settings): Finding[] {
  const { results, config, reports, mailUrl, siteUrl, unsubscribeKey, unsubscribeMail } = settings;
  const findings: Finding[] = [];
  const other = reports === results ? 'CCI_RESULTS_URL' : reports === config ? 'CCI_CONFIG_URL' : undefined;
  if (reports !== undefined && other !== undefined)
    findings.push(
      wrong(
        'settings',
        say`CCI_REPORTS_URL and ${other} are the same place. Give the reports a store of their own, which the pipeline does not use.`,
      ),
    );
  if (mailUrl === undefined) return findings;
  if (siteUrl === undefined)
    findings.push(warning('settings', say`CCI_SITE_URL is not set, so digests have no links to the sites. Set it.`));
  const isByGate = unsubscribeKey !== undefined && siteUrl?.startsWith('https:') === true;
  if (!isByGate && unsubscribeMail === undefined)
    findings.push(
      warning(
        'settings',
        say`Digests have no way to unsubscribe. Set CCI_UNSUBSCRIBE_KEY with an https CCI_SITE_URL, or CCI_UNSUBSCRIBE_MAIL.`,
      ),
    );
  return findings;
}

const setting = (name: SettingName): Setting => SETTINGS[name];
const variableOf = (name: SettingName): string => setting(name).variable ?? '';

function wayOf(name: SettingName): string {
  const { flag, variable } = setting(name);
  return flag === undefined ? (variable ?? '') : `--${flag} (${variable})`;
}
