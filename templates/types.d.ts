declare module 'mjml' {
  interface Options {
    /** File that includes are relative to. */
    filePath?: string;
    ignoreIncludes?: boolean;
    validationLevel?: 'strict' | 'soft' | 'skip';
    /** Web fonts by name; `{}`: none, and no request for any. */
    fonts?: { [name: string]: string };
    minify?: boolean;
    minifyOptions?: { [option: string]: unknown };
    keepComments?: boolean;
  }

  /** @throws with `validationLevel: 'strict'` where anything is not valid MJML. */
  export default function mjml(source: string, options?: Options): Promise<{ html: string; errors: object[] }>;
}
