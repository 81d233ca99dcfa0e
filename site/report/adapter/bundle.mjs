import { cpSync, existsSync } from 'node:fs';

/** Astro adapter: the report pages as a bundle that exports `createApp`, for a program that renders them itself. */
export function bundle() {
  let folders;
  return {
    name: 'cci-report-bundle',
    hooks: {
      'astro:config:done': ({ config, setAdapter }) => {
        folders = config.build;
        setAdapter({
          name: 'cci-report-bundle',
          entrypointResolution: 'auto',
          serverEntrypoint: new URL('./entry.mjs', import.meta.url),
          adapterFeatures: { buildOutput: 'server' },
          supportedAstroFeatures: { serverOutput: 'stable', sharpImageService: 'unsupported' },
        });
      },
      // Astro leaves what a script by `?worker&url` loads later beside the server's own code.
      'astro:build:done': () => {
        const parts = new URL(`${folders.assets}/`, folders.server);
        if (existsSync(parts)) cpSync(parts, new URL(`${folders.assets}/`, folders.client), { recursive: true });
      },
    },
  };
}
