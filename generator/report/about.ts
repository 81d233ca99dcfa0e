import type { State } from '../days/state.ts';
import { hasDigest } from '../tenant-config.ts';
import { callPath } from './paths.ts';
import type { Report } from './report.ts';
import type { AboutPage, NotFoundPage } from './view.ts';

/** A sheet with a decimal comma has a remark on every call. */
const MAX_REMARKS = 1000;

/** What the figures mean, and what was not counted. */
export function aboutPage(report: Report, state: State): AboutPage {
  const { config, known } = report;
  return {
    kind: 'about',
    path: '/about/',
    title: 'About these figures',
    site: report.site,
    passMarkFrom: config.passMarkFrom,
    configured: config.configured,
    criticalRules: config.criticalRules,
    shortestCallSeconds: config.shortestCallSeconds > 0 ? config.shortestCallSeconds : undefined,
    agentDomains: config.agentDomains,
    masking: config.masking,
    digest: hasDigest(config),
    refused: report.refused,
    remarks: report.remarks.slice(0, MAX_REMARKS).map((remark) => ({ ...remark, href: callPath(remark.callId) })),
    remarkCount: report.remarks.length,
    ignored: state.ignored,
    qaWithoutCall: known.filter(({ kind }) => kind === 'qa without call').length,
    trust: report.trust,
  };
}

export const notFoundPage = (report: Report): NotFoundPage => ({
  kind: 'not-found',
  path: '/404.html',
  title: 'Not found',
  site: report.site,
});
