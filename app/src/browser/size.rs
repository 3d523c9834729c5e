//! The sizes of what is drawn.

use leptos::prelude::request_animation_frame;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{Element, HtmlElement, ResizeObserver};

/// Watches the sizes of elements, until it is dropped.
pub struct SizeWatch {
    observer: ResizeObserver,
    _changed: Closure<dyn Fn()>,
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Calls back before the next frame whenever one of these elements has another size, and once at the beginning, when they
/// are laid out.
pub fn watch_sizes<'a>(
    elements: impl IntoIterator<Item = &'a HtmlElement>,
    changed: impl Fn() + Copy + 'static,
) -> Option<SizeWatch> {
    // What is measured is written, which is not for the middle of a layout.
    let changed = Closure::<dyn Fn()>::new(move || request_animation_frame(changed));
    let observer = ResizeObserver::new(changed.as_ref().unchecked_ref()).ok()?;
    elements.into_iter().for_each(|element| observer.observe(element));
    Some(SizeWatch { observer, _changed: changed })
}

/// Sets one property of an element's style.
pub fn set_style(element: &HtmlElement, property: &str, value: &str) {
    let _ = element.style().set_property(property, value);
}

/// The height of the first child, in whole pixels.
pub fn first_child_height(element: &Element) -> Option<u32> {
    let height = element.first_element_child()?.get_bounding_client_rect().height();
    // Saturates; no row is that high.
    Some(height.round() as u32)
}
