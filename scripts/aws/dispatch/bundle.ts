import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** The function as one file of CommonJS, as Lambda names code in a template `index.js`. AWS' clients come with its Node. */
export function functionCode(): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(import.meta.dirname, 'handler.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    external: ['@aws-sdk/*'],
    minifyWhitespace: true,
    minifySyntax: true,
    charset: 'utf8',
    legalComments: 'none',
    // The names of files in it would be those of this machine.
    absWorkingDir: import.meta.dirname,
  });
  return outputFiles[0]?.text ?? '';
}
