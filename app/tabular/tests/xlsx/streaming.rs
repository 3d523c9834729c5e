//! Nothing is read before it is asked for.

use crate::package::{Part, rows};
use crate::shown::open;
use tabular::cell::Cell;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn the_first_rows_need_neither_the_other_rows_nor_the_other_texts() {
    let numbers = 0..200_000;
    let many: String =
        numbers.clone().map(|n| format!(r#"<row><c t="s"><v>{n}</v></c><c><v>{n}</v></c></row>"#)).collect();
    let texts: String = numbers.map(|n| format!("<si><t>person {n}</t></si>")).collect();
    let package = rows(&many).with("xl/sharedStrings.xml", format!("<sst>{texts}</sst>"));
    // The last kilobyte of both is missing: who reads to the end will notice.
    let cut = |part: &mut Part| part.packed.truncate(part.packed.len() - 1000);
    let package = package.changed("xl/sharedStrings.xml", cut).changed("xl/worksheets/sheet1.xml", cut);
    let mut rows = open(&package);
    assert_eq!(rows.progress().total, 0);
    for n in 0..20 {
        let row = rows.next().expect("a row").expect("read");
        assert_eq!(row.cells[0], Cell::Text(format!("person {n}")));
    }
    let progress = rows.progress();
    assert!(progress.read > 0 && progress.read < progress.total / 50, "{progress:?}");
    let errors: Vec<_> = rows.by_ref().filter_map(Result::err).collect();
    assert_eq!(errors.len(), 1, "one error, and then no more rows: {errors:?}");
    assert!(rows.next().is_none());
}

#[test]
fn progress_ends_at_the_total() {
    let mut rows = open(&rows("<row><c><v>1</v></c></row>"));
    assert_eq!(rows.by_ref().count(), 1);
    let progress = rows.progress();
    assert!(progress.total > 0);
    assert_eq!(progress.read, progress.total);
}
