import type { State } from '../days/state.ts';
import { hasDigest } from '../tenant-config.ts';
import { callPath } from './paths.ts';
import type { Report } from './report.ts';
import type { AboutPage, NotFoundPage } from './view.ts';

/** What the figures mean, and what was not counted. */
export function aboutPage(report: Report, state: State): AboutPage {
  const { config, known } = report;
  const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1);
  const byCall = (a: { callId: string; text: string }, b: { callId: string; text: string }) =>
    a.callId === b.callId ? (a.text < b.text ? -1 : 1) : a.callId < b.callId ? -1 : 1;
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
    refused: known.flatMap(({ refused }) => refused ?? []).sort(byKey),
    remarks: known
      .flatMap(({ remarks }) => remarks ?? [])
      .sort(byCall)
      .map((remark) => ({ ...remark, href: callPath(remark.callId) })),
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
