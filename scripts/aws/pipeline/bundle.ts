import { dirname, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { FUNCTIONS } from '../../../generator/pipeline/aws/names.ts';
import { ROOT } from '../../../generator/render/version.ts';

/** The functions as they are uploaded. */
export interface FunctionCode {
  /** Name → bytes: one file for each function, and parts that several load. */
  files: { [name: string]: Uint8Array };
  /** Bytes that each function reads when it starts: its file, with the parts that it always loads. An engine is read where it is named. */
  atStart: { [name: string]: number };
}

/** Of zod's messages in fifty languages one is used. */
const ONE_LANGUAGE: Plugin = {
  name: 'one-language',
  setup({ onResolve }) {
    onResolve({ filter: /locales\/index\.js$/ }, ({ path, resolveDir }) =>
      /[/\\]zod[/\\]/.test(resolveDir) ? { path: join(resolveDir, dirname(path), 'en.js') } : undefined,
    );
  },
};

/** All functions with AWS' clients, of the versions that are tested, as modules of Node 24. */
export async function functionCode(): Promise<FunctionCode> {
  const { outputFiles, metafile } = await build({
    entryPoints: FUNCTIONS.map((name) => join(ROOT, 'generator/pipeline/lambda', `${name}.ts`)),
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    outdir: join(ROOT, 'out'),
    outExtension: { '.js': '.mjs' },
    // Some packages are CommonJS and ask for modules of Node.
    banner: { js: "import{createRequire as needs}from'node:module';const require=needs(import.meta.url);" },
    plugins: [ONE_LANGUAGE],
    absWorkingDir: ROOT,
    logLevel: 'error',
  });
  const files = Object.fromEntries(
    outputFiles.map(({ path, contents }) => [path.slice(dirname(path).length + 1), contents]),
  );
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, each]) => [path.slice('out/'.length), each]));
  const bytesOf = (name: string, seen: Set<string>): number => {
    const output = outputs.get(name);
    if (!output || seen.has(name)) return 0;
    seen.add(name);
    const loaded = output.imports.filter(({ kind }) => kind === 'import-statement');
    return loaded.reduce((sum, { path }) => sum + bytesOf(path.slice('out/'.length), seen), output.bytes);
  };
  return { files, atStart: Object.fromEntries(FUNCTIONS.map((name) => [name, bytesOf(`${name}.mjs`, new Set())])) };
}
