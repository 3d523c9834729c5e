// The worker that reads files: the same Rust as the page, in a module of its own that is loaded when it is wanted.
import start from "/pkg/file-worker.js";

// Whatever ends it, mostly a lack of memory, ends what waits for it as well.
const died = () => self.postMessage('"Died"');
self.addEventListener("unhandledrejection", died);
self.addEventListener("error", died);

// Questions that come before the module runs are kept, and asked then.
const early = [];
self.onmessage = (event) => early.push(event);
start({ module_or_path: "/pkg/file-worker.wasm" }).then(() => early.forEach((event) => self.onmessage(event)), died);
