// Where things are: what was built, what the peers were installed into, and who runs them.
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const here = import.meta.dirname;
export const root = resolve(here, "../../..");
const cache = process.env.MUSTER_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(process.env.HOME, ".cache"), "muster");
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
/** What `.ci/need bench` installs. */
export const bench = join(cache, "tools/bench");
export const peers = join(bench, "node_modules");
export const python = join(bench, "python/bin/python");
export const site = process.env.MUSTER_SITE_DIR ?? join(root, "target/site");
export const muster = join(target, "release/muster");
/** Makes files, and reads them natively. */
export const files = join(target, "release/examples/files");
/** The readers without a browser around them. */
export const wasm = join(target, "wasm32-unknown-unknown/wasm-release/examples/tabular_wasm.wasm");

export const requirePeer = createRequire(join(bench, "package.json"));
const { chromium } = createRequire(join(root, "end2end/package.json"))("@playwright/test");

/** A browser of its own: what one run leaves behind is no burden for the next. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.MUSTER_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
  });
}
