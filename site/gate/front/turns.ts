import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

type Take = (req: IncomingMessage, res: ServerResponse) => void;

interface Connection {
  waiting: { req: IncomingMessage; res: ServerResponse }[];
  isBusy: boolean;
  /** Nothing more is read: it ends with the answers that are due. */
  isOver: boolean;
  /** Said after them. */
  last?: () => void;
}

/** Requests of one connection without an answer, the one under way included. No browser and no proxy of today sends a second. */
const MOST = 32;

/**
 * One request of a connection at a time, so that whoever sends thousands at once waits for each like everybody else, and the work
 * ends when the connection does. Beyond a number of them the connection is read no further, and closed.
 * @param take called when its turn has come
 * @returns `take` for requests; `atLast` for what is said when those before it have been answered, and ends the connection
 * @param dropped called for requests that nobody answers: those of a client that is gone, and the first beyond the number
 */
export function inTurn(
  take: Take,
  dropped: (req: IncomingMessage) => void,
  most: number = MOST,
): { take: Take; atLast(socket: Socket, last: () => void): void } {
  const connections = new WeakMap<Socket, Connection>();
  const of = (socket: Socket): Connection => {
    const connection = connections.get(socket) ?? { waiting: [], isBusy: false, isOver: false };
    connections.set(socket, connection);
    return connection;
  };

  function next(socket: Socket, connection: Connection): void {
    const { waiting } = connection;
    connection.isBusy = false;
    if (socket.destroyed || socket.writableEnded) {
      for (const { req } of waiting.splice(0)) dropped(req);
      return;
    }
    const turn = waiting.shift();
    if (turn) start(turn.req, turn.res, connection);
    else if (connection.last) connection.last();
    else if (connection.isOver) socket.destroySoon();
  }

  function start(req: IncomingMessage, res: ServerResponse, connection: Connection): void {
    const { socket } = req;
    connection.isBusy = true;
    take(req, res);
    // Node emits it when the answer has left, and when nobody is there any more to take it; whoever counts what left is first.
    res.once('close', () => next(socket, connection));
  }

  function readNoMore(socket: Socket, connection: Connection): void {
    connection.isOver = true;
    // Node reads on by itself when it is done with a request.
    socket.pause().on('resume', () => socket.pause());
  }

  return {
    take(req, res) {
      const { socket } = req;
      const connection = of(socket);
      // What came in one packet is parsed to its end, whatever has become of the connection.
      if (connection.isOver) return;
      if (!connection.isBusy) return start(req, res, connection);
      if (connection.waiting.length + 1 < most) return void connection.waiting.push({ req, res });
      readNoMore(socket, connection);
      dropped(req);
    },
    atLast(socket, last) {
      const connection = of(socket);
      if (!connection.isBusy) return last();
      // Otherwise it would be taken for the answer to an earlier one.
      connection.last ??= last;
      if (!connection.isOver) readNoMore(socket, connection);
    },
  };
}
