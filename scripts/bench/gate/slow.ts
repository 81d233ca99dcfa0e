import { connect, type Socket } from 'node:net';

/** Connections that keep a server busy with next to nothing. */
export interface SlowClients {
  /** How many are connected. */
  open(): number;
  close(): void;
}

/**
 * Half of them send a header that never ends, a byte a second; the others ask for a large file and do not read it.
 * @param head a whole request for that file
 */
export function startSlowClients(port: number, count: number, head: string): SlowClients {
  const sockets: Socket[] = [];
  for (let i = 0; i < count; i++) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    if (i % 2 === 0) socket.write('GET / HTTP/1.1\r\nX-Slow: ');
    else {
      socket.pause();
      socket.write(head);
    }
    sockets.push(socket);
  }
  const timer = setInterval(() => {
    for (const [i, socket] of sockets.entries()) if (i % 2 === 0 && socket.writable) socket.write('x');
  }, 1000);
  return {
    open: () => sockets.filter((socket) => !socket.destroyed && !socket.connecting).length,
    close() {
      clearInterval(timer);
      for (const socket of sockets) socket.destroy();
    },
  };
}
