/** Astro adapter: the report pages as a bundle that exports `createApp`, for a program that renders them itself. */
export function bundle() {
  return {
    name: 'cci-report-bundle',
    hooks: {
      'astro:config:done': ({ setAdapter }) => {
        setAdapter({
          name: 'cci-report-bundle',
          entrypointResolution: 'auto',
          serverEntrypoint: new URL('./entry.mjs', import.meta.url),
          adapterFeatures: { buildOutput: 'server' },
          supportedAstroFeatures: { serverOutput: 'stable', sharpImageService: 'unsupported' },
        });
      },
    },
  };
}
