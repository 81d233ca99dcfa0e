// Plain JavaScript, as what Node reads TypeScript with takes longer to load than a short command does all it has to.
import { keepCompiled } from './lib/compile-cache.mjs';

keepCompiled();
const { runCommand } = await import('./cli.ts');
await runCommand(process.argv.slice(2));
