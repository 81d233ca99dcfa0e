import type { OpenContext, RecordingProvider } from '../ports.ts';

/**
 * Where an organization's recordings come from, as its configuration says. Each kind is loaded only where it is used.
 * @throws {PipelineError} `configuration` where an address, a pattern or a secret is missing or wrong
 */
export async function openProvider(context: OpenContext): Promise<RecordingProvider> {
  switch (context.config.provider.kind) {
    case 'folder':
      return (await import('./folder/folder.ts')).openFolder(context);
    case 'oak':
      return (await import('./oak/oak.ts')).openOak(context);
    case '3cx':
      return (await import('./threecx/threecx.ts')).openThreecx(context);
  }
}
