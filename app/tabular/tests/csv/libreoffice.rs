//! Texts that LibreOffice wrote: see `tests/files/README.md`.

use crate::support::read_detected;
use expect_test::expect;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn utf8_with_commas() {
    expect![[r#"
        1: username|last_name|joined|share|active|result|badge|number
        2: ada|Müller-Lüdenscheidt|04.03.2021|12.5%|TRUE|#DIV/0!|007|12345678901234567890
        3: zoë|Œuvré & Søn €|1999-12-31 23:45|100%|FALSE|#N/A|007|0049 170 1
        4: hidden|Versteckt|2000-02-29|50%|TRUE|2|08|1
        5: olga|Иванова, 田中|01/02/1904|-5%|TRUE|quote " and\n line|1e5|2
        6: erik|over two||||||
    "#]]
    .assert_eq(&read_detected(include_bytes!("../files/people-utf8.csv")));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn windows_1252_with_semicolons() {
    // What this encoding has no character for, LibreOffice had written as question marks.
    expect![[r#"
        1: username|last_name|joined|share|active|result|badge|number
        2: ada|Müller-Lüdenscheidt|04.03.2021|12.5%|TRUE|#DIV/0!|007|12345678901234567890
        3: zoë|Œuvré & Søn €|1999-12-31 23:45|100%|FALSE|#N/A|007|0049 170 1
        4: hidden|Versteckt|2000-02-29|50%|TRUE|2|08|1
        5: olga|???????, ??|01/02/1904|-5%|TRUE|quote " and\n line|1e5|2
        6: erik|over two||||||
    "#]]
    .assert_eq(&read_detected(include_bytes!("../files/people-windows.csv")));
}
