import { sep } from 'node:path';

/**
 * `astro dev` only: pages get their view models from files that `npm run demo` has written, and are reloaded when a view
 * model or a chart changes.
 * @param {{ views: string, charts: string }} folders absolute paths
 */
export function devView({ views, charts }) {
  return {
    name: 'cci-dev-view',
    hooks: {
      'astro:config:setup': ({ command, addMiddleware }) => {
        if (command !== 'dev') return;
        process.env.CCI_DEV_VIEWS = views;
        addMiddleware({ order: 'pre', entrypoint: new URL('./view-from-file.ts', import.meta.url) });
      },
      'astro:server:setup': ({ server }) => {
        server.watcher.add(views);
        server.watcher.on('change', (file) => {
          if ([views, charts].some((folder) => file.startsWith(folder + sep))) server.hot.send({ type: 'full-reload' });
        });
      },
    },
  };
}
