import { messageOf, Unavailable, UserError } from './errors.ts';
import { type Printable, say } from './printable.ts';

/** Why Node could do nothing with a file, and what to do. `passing`: no setting is wrong, and a later run may work. */
interface Reason {
  codes: readonly string[];
  why: string;
  todo: string;
  passing?: true;
}

/** One table: code of the operating system → sentence. */
const REASONS: readonly Reason[] = [
  {
    codes: ['EACCES', 'EPERM'],
    why: 'this user has no right to do that there',
    todo: 'Give the right to the user who runs the command, or name another folder.',
  },
  {
    codes: ['EROFS'],
    why: 'the file system is read-only',
    todo: 'Mount it so that it can be written, or name another folder.',
  },
  {
    codes: ['ENOSPC', 'EDQUOT'],
    why: 'the disk or its quota is full',
    todo: 'Free some space, then run the command again.',
    passing: true,
  },
  {
    codes: ['ENOTDIR', 'EEXIST', 'ENOTEMPTY', 'EISDIR'],
    why: 'a file is where a folder is needed, or a folder where a file is',
    todo: 'Name another folder, or move away what is in its place.',
  },
  { codes: ['ENOENT'], why: 'it is not there, or no longer', todo: 'Check its name, then run the command again.' },
  { codes: ['ENAMETOOLONG'], why: 'its name is too long for the file system', todo: 'Name a shorter folder.' },
  { codes: ['ELOOP'], why: 'symbolic links lead in a circle', todo: 'Name the folder itself.' },
  { codes: ['EFBIG'], why: 'it would be larger than a file may be', todo: 'Raise the limit (ulimit -f).' },
  {
    codes: ['EMFILE', 'ENFILE'],
    why: 'too many files are open',
    todo: 'Raise the limit (ulimit -n), then run the command again.',
    passing: true,
  },
  {
    codes: ['EIO', 'ESTALE', 'ENODEV', 'ENXIO', 'ETIMEDOUT', 'EHOSTDOWN', 'EREMOTEIO', 'ENOTCONN'],
    why: 'the disk, or the network to it, fails',
    todo: 'Check it, then run the command again.',
    passing: true,
  },
  {
    codes: ['EBUSY', 'ETXTBSY', 'EAGAIN', 'EDEADLK', 'ENOLCK'],
    why: 'another program holds it',
    todo: 'Run the command again.',
    passing: true,
  },
];

/**
 * The error to throw on for one of Node's file system: in a sentence where there is one for it. Others come back as they are.
 * @param doing e.g., "write acme/pointer.json in file:/srv/reports"
 */
function explainFileError(error: unknown, doing: Printable): unknown {
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  if (!(error instanceof Error) || code === undefined || syscall === undefined) return error;
  const reason = REASONS.find(({ codes }) => codes.includes(code));
  if (!reason) return new Error(`Cannot ${doing}: ${messageOf(error)}`, { cause: error });
  const sentence = say`Cannot ${doing}: ${reason.why} (${code}). ${reason.todo}`;
  return new (reason.passing ? Unavailable : UserError)([sentence], { cause: error });
}

/** Does work with files, and throws what `explainFileError` makes of what it throws. */
export async function withFiles<T>(doing: Printable, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explainFileError(error, doing);
  }
}
