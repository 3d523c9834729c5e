// Where cargo left a binary of the debug build.
import { resolve } from "node:path";
import { homedir } from "node:os";

export function binary(name: string): string {
  const cache = process.env.XDG_CACHE_HOME ?? resolve(homedir(), ".cache");
  const target = process.env.CARGO_TARGET_DIR ?? resolve(cache, "muster/target");
  return resolve(target, "debug", name);
}
