import type { AboutPage, CalibrationPage, ComparePage, NotFoundPage, SearchPage } from '#shared/view.ts';
import type { State } from '../days/state.ts';
import { outsideNames } from '../masking/outside-names.ts';
import { hasDigest } from '../tenants/config.ts';
import { MOST_TOLD } from './first-of.ts';
import type { Report } from './report.ts';
import { missingText, unreadText } from './sheet-columns.ts';
import { targetTexts } from './target-lines.ts';
import type { Notes } from './tell.ts';
import { unknownRuleText } from './unknown-rules.ts';
import { waitingView } from './waiting.ts';

/** What the figures mean, and what was not counted. */
export function aboutPage(report: Report, state: State, { refused, remarks }: Notes): AboutPage {
  const { config, known } = report;
  return {
    kind: 'about',
    path: '/about/',
    title: 'About these figures',
    site: report.site,
    passMarkFrom: config.passMarkFrom,
    configured: config.configured,
    criticalRules: config.criticalRules,
    ...(config.targets && { targets: targetTexts(config) }),
    ...(config.phrases.length > 0 && { phrases: phraseTexts(report) }),
    shortestCallSeconds: config.shortestCallSeconds > 0 ? config.shortestCallSeconds : undefined,
    agentDomains: config.agentDomains,
    masking: config.masking,
    digest: hasDigest(config),
    refused,
    remarks,
    ignored: cut(ignoredNames(report, state).slice(0, MOST_TOLD), state.ignored.length),
    columns: columnLines(report),
    unknownRules: unknownRuleLines(report),
    ...(state.waiting && { waiting: waitingView(state.waiting, config) }),
    qaWithoutCall: known.kinds['qa without call'] ?? 0,
    trust: report.trust,
  };
}

/** Masked ones in the order of what is shown, which tells nothing of what is not. */
const ignoredNames = ({ config }: Report, { ignored }: State): string[] =>
  config.masking ? ignored.map(outsideNames(config)).sort() : ignored;

const name = (text: string): string => `“${text}”`;

function phraseTexts({ config, dimensions }: Report): string[] {
  const said = new Set(dimensions.find(({ id }) => id === 'phrase')?.values);
  return config.phrases.map((phrase) => {
    const wordings = `${phrase.name}: ${phrase.any.map(name).join(', ')}`;
    return said.has(phrase.name) ? wordings : `${wordings} (in no call so far)`;
  });
}

function columnLines({ sheetColumns, missingColumns }: Report): AboutPage['columns'] {
  const lines = [
    ...missingColumns.map((missing) => missingText(missing, name)),
    ...sheetColumns.map((sheet) => unreadText(sheet, name)),
  ];
  return cut(lines.slice(0, MOST_TOLD), lines.length);
}

function unknownRuleLines({ unknownRules }: Report): AboutPage['unknownRules'] {
  const first = unknownRules.slice(0, MOST_TOLD);
  return cut(
    first.map((unknown) => unknownRuleText(unknown, name)),
    unknownRules.length,
  );
}

const cut = (lines: string[], all: number) => ({ lines, more: all - lines.length });

export const calibrationPage = ({ site, trust }: Report): CalibrationPage => ({
  ...{ kind: 'calibration', path: '/calibration/', title: 'Calibration', site, trust },
});

export const searchPage = ({ site, trust }: Report): SearchPage => ({
  ...{ kind: 'search', path: '/search/', title: 'Search transcripts', site, trust },
});

export const comparePage = ({ site, trust }: Report): ComparePage => ({
  ...{ kind: 'compare', path: '/compare/', title: 'Compare', site, trust },
});

export const notFoundPage = (report: Report): NotFoundPage => ({
  kind: 'not-found',
  path: '/404.html',
  title: 'Not found',
  site: report.site,
});
