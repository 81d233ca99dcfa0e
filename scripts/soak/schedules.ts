import { type Check, must } from './lib/check.ts';
import { runTests } from './lib/command.ts';

export const check: Check = {
  does: 'changes of one object in a folder: all pairs of them stopped before each call, 3,000 random schedules',
  async run() {
    process.env.CCI_SCHEDULES ??= '3000';
    const status = await runTests('generator/store/file-changes.test.ts');
    must(status === 0, 'a change was lost, or two had one ETag; see above');
  },
};
