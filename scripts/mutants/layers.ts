import type { Edit } from './copy.ts';

/** Bugs that the attack suite itself plants, to show that it sees a leak and that one layer is enough. */

/** In effect only in a process that is started so: one build may hold several of them. @returns a condition for `when` */
export const armedAs = (name: string): string => `process.env.CCI_PLANTED === '${name}'`;

/** The organization may be named in the query. @param when the condition under which it is */
export const organizationFromQuery = (when = 'true'): Edit[] => [
  {
    file: 'site/gate/answers/site.ts',
    find: 'const { tenant } = admission;',
    replace: `const named = ${when} ? new URLSearchParams(gate.target.split('?')[1]).get('org') : null;
  const tenant = { ...admission.tenant, organization: (named ?? admission.tenant.organization) as OrganizationId };`,
  },
];

/** The middleware lets everybody go on. @param when the condition under which it does */
export const noMiddleware = (when = 'true'): Edit[] => [
  {
    file: 'site/gate/middleware.ts',
    find: '  noteWho(admission, gate);\n',
    replace: `  noteWho(admission, gate);\n  if (${when} && page !== "") return next();\n`,
  },
];

/** The endpoint takes whatever session comes to it. */
export const NO_ENDPOINT: Edit[] = [
  {
    file: 'site/gate/answers/site.ts',
    find: "if (admission.kind !== 'in') {",
    replace: "if (admission.kind !== 'in' && gate.line.status !== 0) {",
  },
  {
    file: 'site/gate/answers/site.ts',
    find: 'const { tenant } = admission;',
    replace:
      "const tenant = admission.kind === 'in' ? admission.tenant : ({ organization: 'org_1', organizationName: '', user: { id: '' } } as unknown as Tenant);",
  },
];
