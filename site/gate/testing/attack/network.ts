import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';

/**
 * Stop this process from opening any connection, and keep what it tried: every way out of Node ends in one of these. Must run
 * before anything else is loaded, since modules may keep functions for themselves.
 * @returns what was tried, in order; it grows. e.g., ["connect api.clerk.com:443"]
 */
export function blockNetwork(): string[] {
  const tried: string[] = [];
  const refuse = (what: string) => {
    tried.push(what);
    return Object.assign(new Error(`no network in this process: ${what}`), { code: 'ENETUNREACH' });
  };
  // Of `fetch`, `http`, `https`, `http2` and `tls` too: all of them connect a socket.
  net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
    const error = refuse(`connect ${addressOf(args)}`);
    process.nextTick(() => this.destroy(error));
    return this;
  } as typeof net.Socket.prototype.connect;
  dgram.Socket.prototype.send = (() => {
    throw refuse('send a datagram');
  }) as typeof dgram.Socket.prototype.send;
  for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6', 'reverse'] as const) {
    const asked = dns[name] as (...args: unknown[]) => void;
    dns[name] = ((...args: unknown[]) => {
      // Listening looks its own address up, which asks nobody.
      if (net.isIP(String(args[0])) > 0) return asked(...args);
      const error = refuse(`${name} ${args[0]}`);
      process.nextTick(() => (args.at(-1) as (error: Error) => void)(error));
    }) as never;
    dns.promises[name] = (async (host: unknown) => {
      throw refuse(`${name} ${host}`);
    }) as never;
  }
  return tried;
}

function addressOf(args: unknown[]): string {
  const options = (Array.isArray(args[0]) ? args[0][0] : args[0]) as { host?: string; port?: number; path?: string };
  return typeof options === 'object' ? `${options.host ?? options.path}:${options.port ?? ''}` : String(options);
}
