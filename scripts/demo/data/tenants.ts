import { dental } from './dental.ts';
import { energy } from './energy.ts';
import type { DemoTenant } from './model.ts';

/** Somebody who can sign in to the demo. */
export interface DemoPerson {
  userId: string; // e.g., "user_2demoRuthAshby01"
  name: string;
  email: string;
  /** Organizations they are a member of; may be none. */
  orgs: string[]; // e.g., ["org_2demoHarbourEnergy0001"]
}

/** The tenants whose data is written, whole. */
export const tenants: readonly DemoTenant[] = [energy, dental];

const people: DemoPerson[] = [
  {
    userId: 'user_2demoRuthAshby01',
    name: 'Ruth Ashby',
    email: 'ruth.ashby@harbour-energy.example',
    orgs: [energy.org],
  },
  {
    userId: 'user_2demoCarlaWhitman02',
    name: 'Carla Whitman',
    email: 'carla.whitman@brightsmile.example',
    orgs: [dental.org],
  },
  {
    userId: 'user_2demoSimonVale03',
    name: 'Simon Vale',
    email: 'simon.vale@both.example',
    orgs: [energy.org, dental.org],
  },
  { userId: 'user_2demoNoraQuist04', name: 'Nora Quist', email: 'nora.quist@nowhere.example', orgs: [] },
];

/** Everybody who can sign in, also the person who belongs to no organization. */
export const demoPeople: readonly DemoPerson[] = people;

/** The organizations, each with its members. */
export const demoTenants: readonly { org: string; name: string; persons: DemoPerson[] }[] = tenants.map(
  ({ org, name }) => ({
    org,
    name,
    persons: people.filter(({ orgs }) => orgs.includes(org)),
  }),
);
