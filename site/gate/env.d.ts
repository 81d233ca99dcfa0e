/// <reference types="@clerk/astro/env" />

declare namespace App {
  interface Locals {
    /** What the front hands on with each request. */
    gate: import('./context.ts').GateRequest;
    /** Clerk reads its environment here before it looks at the process's own. */
    runtime: { env: { [name: string]: string | undefined } };
  }
}
