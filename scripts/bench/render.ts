import { type Bench, machine } from './report.ts';

/** Rendering alone, side by side with other generators. */
export const bench: Bench = async () => ({
  title: 'Rendering call pages',
  command: 'npm run bench render',
  machine: machine(),
  notes: [],
  tables: [],
  goals: [],
});
