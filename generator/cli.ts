import { keepCompiled } from './lib/compile-cache.ts';

// As little as can be stands before this: what a file imports by name is read before its first line runs.
keepCompiled();
const { runCommand } = await import('./main.ts');
await runCommand(process.argv.slice(2));
