import { type ChildProcess, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';

/** How a page is looked at. */
export interface Look {
  scheme: 'light' | 'dark';
  width: number;
  height: number;
}

/** Sends one WebDriver command: with a path over HTTP, with a name over Marionette. Both give the command's value. */
export type Send = (command: keyof typeof COMMANDS, parameters?: object, element?: string) => Promise<unknown>;

/** The commands that are used: method and path of WebDriver, name of Marionette. */
export const COMMANDS = {
  go: ['POST', 'url', 'WebDriver:Navigate'],
  back: ['POST', 'back', 'WebDriver:Back'],
  run: ['POST', 'execute/sync', 'WebDriver:ExecuteScript'],
  click: ['POST', 'element/ID/click', 'WebDriver:ElementClick'],
  type: ['POST', 'element/ID/value', 'WebDriver:ElementSendKeys'],
  size: ['POST', 'window/rect', 'WebDriver:SetWindowRect'],
  shoot: ['GET', 'screenshot', 'WebDriver:TakeScreenshot'],
  forget: ['DELETE', 'cookie', 'WebDriver:DeleteAllCookies'],
} as const;

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** A real browser, driven. */
export interface Browser {
  go(url: string): Promise<void>;
  back(): Promise<void>;
  /** Run a function's body in the page. */
  run<T>(body: string, ...args: unknown[]): Promise<T>;
  /** Click what an expression gives, as a person does. @throws where it gives nothing */
  click(expression: string): Promise<void>;
  type(expression: string, text: string): Promise<void>;
  shoot(file: string): Promise<void>;
  /** Delete all cookies. */
  forget(): Promise<void>;
  /** Why nothing can be asked of a page that is reached by “Back” and by way of another origin; undefined where it can. */
  isLostAfterBack?: string;
  quit(): Promise<void>;
}

export async function driven(send: Send, look: Look, quit: () => Promise<void>): Promise<Browser> {
  const run = <T>(body: string, ...args: unknown[]) => send('run', { script: body, args }) as Promise<T>;
  const find = async (expression: string): Promise<string> => {
    const found = await run<{ [key: string]: string } | null>(`return (${expression}) ?? null`);
    if (found?.[ELEMENT] === undefined) throw new Error(`nothing to click: ${expression}`);
    return found[ELEMENT];
  };
  await send('size', { x: 0, y: 0, width: look.width, height: look.height });
  return {
    run,
    quit,
    go: async (url) => void (await send('go', { url })),
    back: async () => void (await send('back')),
    click: async (expression) => void (await send('click', {}, await find(expression))),
    type: async (expression, text) => void (await send('type', { text }, await find(expression))),
    shoot: async (file) => writeFile(file, Buffer.from((await send('shoot', { full: false })) as string, 'base64')),
    forget: async () => void (await send('forget')),
  };
}

/** Start a program; its end is waited for when it is stopped. */
export function program(command: string, args: string[], env: NodeJS.ProcessEnv = {}) {
  const child: ChildProcess = spawn(command, args, { stdio: 'ignore', env: { ...process.env, ...env } });
  const ended = new Promise<void>((done) => {
    child.once('exit', () => done());
    child.once('error', () => done());
  });
  return {
    async stop() {
      child.kill();
      await ended;
    },
  };
}
