import type { Edit } from './copy.ts';

/** Bugs that the attack suite itself plants, to show that it sees a leak and that one layer is enough. */

/** The organization may be named in the query. */
export const ORGANIZATION_FROM_QUERY: Edit[] = [
  {
    file: 'site/gate/answers/site.ts',
    find: 'const { tenant } = admission;',
    replace:
      "const tenant = { ...admission.tenant, organization: (new URLSearchParams(gate.target.split('?')[1]).get('org') ?? admission.tenant.organization) as OrganizationId };",
  },
];

/** The middleware lets everybody go on. */
export const NO_MIDDLEWARE: Edit[] = [
  {
    file: 'site/gate/middleware.ts',
    find: '  noteWho(admission, gate);\n',
    replace: '  noteWho(admission, gate);\n  if (page !== "") return next();\n',
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
