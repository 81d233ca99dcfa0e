// Plain JavaScript, as what Node reads TypeScript with takes longer to load than a short command does all it has to.
const LEAST = 24;

// An older Node does not even link what comes next.
if (Number.parseInt(process.versions.node, 10) < LEAST) {
  console.error(`This needs Node ${LEAST} or newer; this is Node ${process.versions.node}, at ${process.execPath}.`);
  process.exit(2);
}
const { keepCompiled } = await import('./lib/compile-cache.mjs');

keepCompiled();
const { runCommand } = await import('./cli.ts');
await runCommand(process.argv.slice(2));
