//! The memory of the worker, grown at once.

use std::hint::black_box;

/// It is not grown by more at once: a tab has little more to give.
const MOST: usize = 1 << 30;

/// Makes room for so many bytes before they are wanted. In wasm memory grows by 64 KiB a time, and each time costs about
/// what reading them does: browsers count it and look for garbage. What is never written to takes no memory, so a guess
/// that is too large does no harm, and where there is not so much, memory grows as it would have.
pub fn expect(bytes: u64) {
    if cfg!(target_arch = "wasm32") {
        let mut block = Vec::<u8>::new();
        if block.try_reserve_exact(usize::try_from(bytes).map_or(MOST, |bytes| bytes.min(MOST))).is_ok() {
            // Without a look at it the compiler would leave it out.
            black_box(block.as_ptr());
        }
    }
}
