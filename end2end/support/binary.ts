// Where cargo left a binary of the debug build: `make test-browser` says.
import { resolve } from "node:path";

export function binary(name: string): string {
  const target = process.env.CARGO_TARGET_DIR;
  if (!target) throw new Error("CARGO_TARGET_DIR is not set: run make test-browser");
  return resolve(target, "debug", name);
}
